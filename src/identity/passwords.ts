import { randomInt } from 'node:crypto'
import { hashPassword } from 'better-auth/crypto'
import { ruleBroken } from '../kernel/problem.ts'

export const shortestPassword = 10
export const longestPassword = 128

/** Without letters and digits that look alike, for it may be read out. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789'

/** Four groups of five: some 99 bits. */
export function makeOneTimePassword(): string {
  const group = (): string => Array.from({ length: 5 }, () => alphabet[randomInt(alphabet.length)]).join('')
  return Array.from({ length: 4 }, group).join('-')
}

/** @throws 422 when the password is too short or too long to be kept. */
export function checkPassword(password: string, pointer = '/password'): void {
  if (password.length >= shortestPassword && password.length <= longestPassword) return
  throw ruleBroken(
    'password-length',
    pointer,
    `A password has ${shortestPassword} to ${longestPassword} characters; this one has ${password.length}.`,
  )
}

/** The hash that the sign-in library compares with (scrypt, salted). */
export function passwordHash(password: string): Promise<string> {
  return hashPassword(password)
}
