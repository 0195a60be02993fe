import { fold } from '../kernel/fold.ts'

const longestSlug = 63

/** A short name for addresses, made from the name of a company; with a number behind it when it is taken. */
export function slugFor(name: string, taken: ReadonlySet<string>): string {
  const plain = fold(name)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, longestSlug - 5)
  // A name in a script without Latin letters has none.
  const base = plain === '' ? 'company' : plain
  if (!taken.has(base)) return base
  for (let n = 2; ; n++) if (!taken.has(`${base}-${n}`)) return `${base}-${n}`
}
