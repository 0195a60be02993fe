import { type Static, Type } from 'typebox'
import {
  Id,
  MomentOut,
  MomentText,
  literals,
  nullable,
  object,
  optional,
  oneLine,
} from '../../http/schemas.ts'
import { allPermissions, roles } from '../../permissions.ts'

const key = {
  name: oneLine(100, { minLength: 1, description: 'What it is for, such as "web shop".' }),
  role: literals(roles),
  partyId: nullable(
    Type.Unsafe<string>({ ...Id, description: 'For role customer only: whose documents the key sees.' }),
  ),
  permissions: nullable(
    Type.Array(literals(allPermissions), {
      maxItems: allPermissions.length,
      uniqueItems: true,
      description: 'Of the role’s permissions only these. Null: all of them.',
    }),
  ),
}

export const KeyBody = object({
  name: key.name,
  role: key.role,
  partyId: optional(key.partyId),
  permissions: optional(key.permissions),
  expiresAt: optional(nullable(MomentText)),
})
export type KeyInput = Static<typeof KeyBody>

export const KeyOut = object({
  id: Id,
  ...key,
  prefix: Type.String({ description: 'The key begins with zapas_<prefix>_; the rest is not kept.' }),
  createdByName: Type.String(),
  createdAt: MomentOut,
  lastUsedAt: nullable(MomentOut),
  expiresAt: nullable(MomentOut),
  revokedAt: nullable(MomentOut),
  valid: Type.Boolean({ description: 'Neither revoked nor expired.' }),
})

export const NewKeyOut = object({
  ...KeyOut.properties,
  key: Type.String({
    description: 'The key itself. It is shown this once; send it as "Authorization: Bearer <key>".',
  }),
})

export const keyFilters = {
  valid: optional(Type.Boolean({ description: 'Left out: all.' })),
}
