import { recordEvents } from '../../journal/events.ts'
import type { Context } from '../../kernel/context.ts'
import { tidy } from '../../kernel/guards.ts'
import { newId } from '../../kernel/ids.ts'
import { ruleBroken } from '../../kernel/problem.ts'
import { insertInto } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { type Permission, type Role, permissionsOf } from '../../permissions.ts'
import { permissionsOfKey, refuseMoreThanOwn } from '../effective-permissions.ts'
import { makeKey } from './key-text.ts'

export interface NewKey {
  readonly name: string
  readonly role: string
  readonly partyId?: string | null | undefined
  readonly permissions?: readonly string[] | null | undefined
  readonly expiresAt?: string | null | undefined
}

const insertKeys = insertInto('api_keys', [
  'companyId',
  'id',
  'name',
  'prefix',
  'hash',
  'role',
  'partyId',
  'permissions',
  'createdBy',
  'createdByName',
  'createdAt',
  'expiresAt',
])

/**
 * Makes a key of the company. It may do no more than whoever makes it, and belongs to the company: it
 * stays valid when that person leaves.
 * @returns the key itself, to be shown once; only its hash is kept.
 */
export function createApiKey(tx: Transaction, ctx: Context, input: NewKey): { id: string; key: string } {
  const fields = {
    name: tidy(input.name, '/name'),
    role: input.role,
    partyId: input.partyId ?? null,
    permissions: input.permissions ?? null,
    expiresAt: input.expiresAt ?? null,
  }
  check(ctx, fields)
  const { text, prefix, hash } = makeKey()
  const id = newId()
  tx.write(insertKeys, {
    rows: [
      {
        companyId: ctx.company.id,
        id,
        ...fields,
        prefix,
        hash,
        createdBy: ctx.actor.id,
        createdByName: ctx.actor.name,
        createdAt: ctx.now,
      },
    ],
  })
  recordEvents(tx, ctx, [
    { type: 'api-key.created', objectKind: 'api-key', objectId: id, after: { ...fields, prefix } },
  ])
  return { id, key: text }
}

function check(
  ctx: Context,
  fields: {
    readonly role: string
    readonly partyId: string | null
    readonly permissions: readonly string[] | null
    readonly expiresAt: string | null
  },
): void {
  if ((fields.role === 'customer') !== (fields.partyId !== null)) {
    throw ruleBroken(
      'party-of-key',
      '/partyId',
      'A key of role customer belongs to one party (partyId), a key of another role to none.',
    )
  }
  const ofRole = permissionsOf[fields.role as Role]
  const foreign = fields.permissions?.find((permission) => !ofRole.has(permission as Permission))
  if (foreign !== undefined) {
    throw ruleBroken(
      'permission-beyond-role',
      '/permissions',
      `${foreign} is not a permission of the role ${fields.role}. Choose a role that has it.`,
    )
  }
  if (fields.expiresAt !== null && new Date(fields.expiresAt) <= ctx.now) {
    throw ruleBroken('expired-already', '/expiresAt', 'A new key must expire in the future, or never (null).')
  }
  refuseMoreThanOwn(ctx, permissionsOfKey(fields), 'This key')
}
