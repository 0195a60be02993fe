import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

const form = /^zapas_([0-9a-f]{12})_[0-9a-f]{48}$/

/** A new key, `zapas_<prefix>_<secret>`. Only prefix and hash are kept; the text is shown once. */
export function makeKey(): { text: string; prefix: string; hash: string } {
  const prefix = randomBytes(6).toString('hex')
  const text = `zapas_${prefix}_${randomBytes(24).toString('hex')}`
  return { text, prefix, hash: hashKey(text) }
}

/** The part of a key that its row is found by; null when the text is no key. */
export function prefixOf(text: string): string | null {
  return form.exec(text)?.[1] ?? null
}

/** A random secret of 192 bits needs no slow hash: there is no list of likely ones to try. */
function hashKey(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** Compares in the same time whatever the difference is. */
export function isKey(text: string, hash: string): boolean {
  return timingSafeEqual(Buffer.from(hashKey(text), 'hex'), Buffer.from(hash, 'hex'))
}
