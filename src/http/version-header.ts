import { Problem } from '../kernel/problem.ts'

/**
 * The version that `If-Match` asks for; null without the header or for `*`, which any version matches.
 * @throws 400 when the header is not a version.
 */
export function readIfMatch(header: string | undefined): number | null {
  if (header === undefined || header.trim() === '*') return null
  const version = /^(?:W\/)?"?([1-9]\d{0,8})"?$/.exec(header.trim())?.[1]
  if (version === undefined) {
    throw new Problem(
      400,
      'bad-if-match',
      'If-Match holds the version of the object as its ETag gave it, such as "3".',
      { errors: [{ pointer: 'If-Match', message: 'must be one version in quotes, such as "3"' }] },
    )
  }
  return Number(version)
}

/** The ETag of an answer: its version, where it has one. */
export function etagOf(answer: unknown): string | null {
  if (typeof answer !== 'object' || answer === null) return null
  const { version } = answer as { version?: unknown }
  return typeof version === 'number' ? `"${version}"` : null
}
