import { type Static, Type } from 'typebox'
import { Id, MomentOut, Version, literals, nullable, object, optional, oneLine } from '../../http/schemas.ts'
import { allPermissions, roles } from '../../permissions.ts'
import { longestPassword, shortestPassword } from '../passwords.ts'
import { longestName } from '../profile.ts'

export const Email = Type.String({ format: 'email', maxLength: 254 })
export const PersonName = oneLine(longestName, { minLength: 1 })
export const Password = Type.String({
  minLength: shortestPassword,
  maxLength: longestPassword,
  description: `${shortestPassword} to ${longestPassword} characters.`,
})

function permissionList(description: string) {
  return Type.Array(literals(allPermissions), {
    maxItems: allPermissions.length,
    uniqueItems: true,
    description,
  })
}

const membership = {
  role: literals(roles),
  partyId: nullable(
    Type.Unsafe<string>({ ...Id, description: 'For role customer only: whose documents the login sees.' }),
  ),
  granted: permissionList('Permissions beyond those of the role.'),
  denied: permissionList('Permissions of the role that this person does not have.'),
}

export const UserBody = object({
  email: Email,
  name: optional(PersonName),
  password: optional(Password),
  role: membership.role,
  partyId: optional(membership.partyId),
  granted: optional(membership.granted),
  denied: optional(membership.denied),
})
export type UserInput = Static<typeof UserBody>

export const UserPatch = Type.Partial(Type.Object(membership))
export type UserChanges = Static<typeof UserPatch>

export const UserParams = object({ id: Id })

export const UserOut = object({
  id: Id,
  email: Type.String(),
  name: Type.String(),
  role: Type.String(),
  partyId: nullable(Id),
  partyName: nullable(Type.String()),
  granted: Type.Array(Type.String()),
  denied: Type.Array(Type.String()),
  mustChangePassword: Type.Boolean({ description: 'Has a one-time password that is not replaced yet.' }),
  twoFactorEnabled: Type.Boolean(),
  lastSeenAt: nullable(
    Type.Unsafe<Date>({
      ...MomentOut,
      description:
        'By what was last heard of the sign-ins that still hold, to a day: nothing is written for it. Null: signed out everywhere, or never signed in.',
    }),
  ),
  version: Version,
  createdAt: MomentOut,
})

const oneTimePassword = nullable(
  Type.String({ description: 'Give it to the person; it is shown this once and must be replaced.' }),
)
export const NewUserOut = object({ ...UserOut.properties, oneTimePassword })

export const OneTimePasswordBody = object({
  resetTwoFactor: optional(
    Type.Boolean({ description: 'Take the second factor away as well, for a person who lost it.' }),
  ),
})
export const OneTimePasswordOut = object({ oneTimePassword: Type.String() })

export const userFilters = {
  role: optional(literals(roles)),
  partyId: optional(Id),
  email: optional(Type.String({ maxLength: 254 })),
}
