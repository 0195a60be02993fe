import { APIError } from 'better-auth/api'
import { searchText } from '../kernel/search.ts'

export const longestName = 100
/** What `oneLine` of src/http/schemas.ts refuses as well. */
const severalLines = /[\p{Cc}\u2028\u2029]/u

/**
 * What somebody changes of the own account, as it is kept. The sign-in library takes whatever it is sent.
 * @throws 400
 */
export function checkedProfile<T extends Record<string, unknown>>(user: T): T & { search?: string } {
  if (user.image !== undefined && user.image !== null)
    throw refused('image', 'Pictures of people are not kept.')
  if (!('name' in user)) return user
  const name = typeof user.name === 'string' ? user.name.trim() : ''
  if (name === '' || name.length > longestName || !name.isWellFormed() || severalLines.test(name))
    throw refused('name', `A name is one line of 1 to ${longestName} characters.`)
  return { ...user, name, search: searchText([name]) }
}

function refused(field: string, message: string): APIError {
  return new APIError('BAD_REQUEST', { code: 'INVALID_PROFILE', message, field })
}
