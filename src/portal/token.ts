import { createHash, randomBytes } from 'node:crypto'

const form = /^[A-Za-z0-9_-]{43}$/

/** A new token of 256 random bits. Only its hash is kept; the text is shown once. */
export function makeToken(): { text: string; hash: string } {
  const text = randomBytes(32).toString('base64url')
  return { text, hash: hashToken(text) }
}

export function isToken(text: string): boolean {
  return form.test(text)
}

/** A random secret needs no slow hash: there is no list of likely ones to try. */
export function hashToken(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** The page that a token opens, below the address of the installation. */
export function pathOf(token: string): string {
  return `/p/${token}`
}
