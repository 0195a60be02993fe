import { randomBytes, randomInt, scrypt, timingSafeEqual } from 'node:crypto'
import { ruleBroken } from '../kernel/problem.ts'
import { whyCommon } from './common-passwords.ts'

export const shortestPassword = 10
export const longestPassword = 128

/** Without letters and digits that look alike, for it may be read out. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789'

/** Four groups of five: some 99 bits. */
export function makeOneTimePassword(): string {
  const group = (): string => Array.from({ length: 5 }, () => alphabet[randomInt(alphabet.length)]).join('')
  return Array.from({ length: 4 }, group).join('-')
}

/** An unused one-time password is no good after this. */
const oneTimePasswordHours = 72

export function endOfOneTimePassword(now: Date): Date {
  return new Date(now.getTime() + oneTimePasswordHours * 3_600_000)
}

/**
 * @param words of the context that it may not be made of: e-mail address, name.
 * @throws 422 when it is too short or too long to be kept, or among those that are tried first.
 */
export function checkPassword(password: string, words: readonly string[], pointer = '/password'): void {
  if (password.length < shortestPassword || password.length > longestPassword) {
    throw ruleBroken(
      'password-length',
      pointer,
      `A password has ${shortestPassword} to ${longestPassword} characters; this one has ${password.length}.`,
    )
  }
  const why = whyCommon(password, words)
  if (why === null) return
  throw ruleBroken(
    'password-too-common',
    pointer,
    `This password ${why}, so it is guessed early. Take several unrelated words, or let a password manager make one.`,
  )
}

interface Cost {
  readonly N: number
  readonly r: number
  readonly p: number
}

/** What OWASP asks of scrypt at 32 MiB. Some 0.2 s of one core; docs/security.md has the measurements. */
const presentCost: Cost = { N: 2 ** 15, r: 8, p: 3 }
/** Of hashes without a note of their cost, as they were made before. */
const formerCost: Cost = { N: 2 ** 14, r: 16, p: 1 }
const keyLength = 64

/** A salted hash that says how it was made: `scrypt:N:r:p:salt:key`. */
export async function passwordHash(password: string): Promise<string> {
  const salt = randomBytes(16).toString('hex')
  const key = await derive(password, salt, presentCost)
  return ['scrypt', presentCost.N, presentCost.r, presentCost.p, salt, key.toString('hex')].join(':')
}

/** Whether the hash was made of this password, at whatever cost. */
export async function isPassword(hash: string, password: string): Promise<boolean> {
  const known = readHash(hash)
  if (known === null) return false
  const key = await derive(password, known.salt, known.cost)
  return key.length === known.key.length && timingSafeEqual(key, known.key)
}

/** Whether two passwords give the same hash, typed as differently as they may be. */
export function isSamePassword(one: string, other: string): boolean {
  return normal(one) === normal(other)
}

/** The same letters, whether they are composed or not. */
function normal(password: string): string {
  return password.normalize('NFKC')
}

/** Whether the hash costs less to guess at than one of today. */
export function isOutdated(hash: string): boolean {
  const cost = readHash(hash)?.cost
  return cost?.N !== presentCost.N || cost.r !== presentCost.r || cost.p !== presentCost.p
}

function readHash(hash: string): { cost: Cost; salt: string; key: Buffer } | null {
  const parts = hash.split(':')
  if (parts.length === 2) return { cost: formerCost, salt: parts[0]!, key: Buffer.from(parts[1]!, 'hex') }
  if (parts.length !== 6 || parts[0] !== 'scrypt') return null
  const [N, r, p] = parts.slice(1, 4).map(Number) as [number, number, number]
  return { cost: { N, r, p }, salt: parts[4]!, key: Buffer.from(parts[5]!, 'hex') }
}

function derive(password: string, salt: string, { N, r, p }: Cost): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const options = { N, r, p, maxmem: 256 * N * r }
    scrypt(normal(password), salt, keyLength, options, (error, key) => {
      if (error) reject(error)
      else resolve(key)
    })
  })
}
