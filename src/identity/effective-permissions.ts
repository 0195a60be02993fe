import type { Context } from '../kernel/context.ts'
import { forbidden } from '../kernel/problem.ts'
import { type Permission, type Role, allPermissions, permissionsOf } from '../permissions.ts'
import { isSignedIn } from './signed-in.ts'

/** What a person may do: the role's permissions, with the exceptions made for this person. */
export function effectivePermissions(membership: {
  readonly role: string
  readonly granted: readonly string[]
  readonly denied: readonly string[]
}): ReadonlySet<Permission> {
  const permissions = new Set<Permission>(permissionsOf[membership.role as Role])
  for (const permission of membership.granted) permissions.add(permission as Permission)
  for (const permission of membership.denied) permissions.delete(permission as Permission)
  return permissions
}

/** What a key may do: its role's permissions, or those of them that it was limited to. */
export function permissionsOfKey(key: {
  readonly role: string
  readonly permissions: readonly string[] | null
}): ReadonlySet<Permission> {
  const all = permissionsOf[key.role as Role]
  if (key.permissions === null) return all
  return new Set(key.permissions.filter((each) => all.has(each as Permission)) as Permission[])
}

/** What the caller may do. The system may do everything. */
export function permissionsOfCaller(ctx: Context): ReadonlySet<Permission> {
  if (isSignedIn(ctx.actor)) return ctx.actor.permissions
  if (ctx.actor.type === 'system') return new Set(allPermissions)
  return permissionsOf[ctx.role as Role]
}

/**
 * Nobody gives away, or takes from others, more than they have themselves; or whoever may manage users
 * could make himself an owner.
 * @param what as in 'This role'.
 * @throws 403
 */
export function refuseMoreThanOwn(ctx: Context, permissions: ReadonlySet<Permission>, what: string): void {
  const own = permissionsOfCaller(ctx)
  const beyond = [...permissions].filter((permission) => !own.has(permission))
  if (beyond.length === 0) return
  const shown = beyond.slice(0, 3).join(', ') + (beyond.length > 3 ? ' and others' : '')
  throw forbidden(`${what} reaches further than your own permissions (${shown}). Ask an owner to do this.`)
}
