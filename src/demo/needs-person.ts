import type { Context } from '../kernel/context.ts'
import { Problem } from '../kernel/problem.ts'

/**
 * Companies belong to people; a key belongs to a company.
 * @throws 403
 */
export function requirePerson({ actor }: Context): void {
  if (actor.type === 'user') return
  throw new Problem(
    403,
    'needs-person',
    'An API key belongs to one company and cannot make or delete any. Sign in with a password.',
  )
}
