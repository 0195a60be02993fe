import type { Role } from '../../src/permissions.ts'

/** Of this tab; `public/first-paint.js` reads it as well. */
const name = 'zapas-see-as'

/** The role as which this tab sees Zapas; null: as the person does. */
export function seenRole(): Role | null {
  try {
    return sessionStorage.getItem(name) as Role | null
  } catch {
    return null
  }
}

/** Sees Zapas as a role from now on, or (null) as oneself: all that is shown is asked for anew, from `address` on. */
export function seeAs(role: Role | null, address: string): void {
  if (role === null) sessionStorage.removeItem(name)
  else sessionStorage.setItem(name, role)
  location.assign(address)
}
