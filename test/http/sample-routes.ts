import { Type } from 'typebox'
import { type AnyRoute, route } from '../../src/http/route.ts'
import {
  DateText,
  DecimalOut,
  DecimalText,
  Id,
  IdParams,
  MomentText,
  Version,
  listQuery,
  literals,
  nullable,
  object,
  optional,
  page,
  text,
} from '../../src/http/schemas.ts'
import { newId } from '../../src/kernel/ids.ts'
import { Keyset } from '../../src/kernel/keyset.ts'
import { conflict, notFound, versionMismatch } from '../../src/kernel/problem.ts'
import { decimal } from '../../src/kernel/decimal.ts'
import { dynamic, sql, statement } from '../../src/kernel/sql.ts'
import { type Transaction, readBack } from '../../src/kernel/transaction.ts'

/** Endpoints of a made-up resource, kept in the table of taxes, to test the HTTP shell by itself. */

const Sample = object({ id: Id, name: Type.String(), rate: DecimalOut, version: Version })
const columns = { id: 'uuid', name: 'text', rate: 'numeric', version: 'int' } as const

const find = statement(
  'sample_find',
  columns,
  (p: { companyId: string; id: string }) =>
    sql`select id, name, rate, version from taxes where company_id = ${p.companyId}::uuid and id = ${p.id}::uuid`,
)
const lock = statement(
  'sample_lock',
  columns,
  (p: { companyId: string; id: string }) =>
    sql`select id, name, rate, version from taxes where company_id = ${p.companyId}::uuid and id = ${p.id}::uuid for update`,
)
const insert = statement(
  'sample_insert',
  {},
  (p: { companyId: string; id: string; name: string; rate: string; now: Date }) =>
    sql`insert into taxes (company_id, id, name, rate, category, search, created_at)
        values (${p.companyId}::uuid, ${p.id}::uuid, ${p.name}::text, ${p.rate}::numeric, 'S', '', ${p.now}::timestamptz)`,
)
const update = statement(
  'sample_update',
  {},
  (p: { companyId: string; id: string; name: string }) =>
    sql`update taxes set name = ${p.name}::text, version = version + 1
        where company_id = ${p.companyId}::uuid and id = ${p.id}::uuid`,
)
const remove = statement(
  'sample_delete',
  {},
  (p: { companyId: string; id: string }) =>
    sql`delete from taxes where company_id = ${p.companyId}::uuid and id = ${p.id}::uuid`,
)

/** How often the create operation ran, to see that a repeat does not change anything. */
export const runs = { create: 0, failing: false }

async function found(tx: Transaction, companyId: string, id: string, ifMatch: number | null) {
  const row = await tx.maybe(lock, { companyId, id })
  if (!row) throw notFound('sample')
  if (ifMatch !== null && ifMatch !== row.version) throw versionMismatch(row.version)
  return row
}

export const sampleRoutes: AnyRoute[] = [
  route({
    method: 'GET',
    path: '/samples',
    summary: 'List samples',
    tag: 'samples',
    permission: 'taxes:read',
    query: object({ ...listQuery, on: optional(DateText), archived: optional(Type.Boolean()) }),
    response: page(Sample),
    async handle(tx, { ctx, query }) {
      const keyset = new Keyset(query, { name: { column: sql`name`, type: 'text' } }, sql`id`, 'name')
      const rows = await tx.all(
        dynamic(
          { ...columns, cursorKey: 'text?' },
          sql`select id, name, rate, version, ${keyset.key} from taxes
              where company_id = ${ctx.company.id}::uuid ${keyset.after} ${keyset.order} ${keyset.limit}`,
        ),
        undefined,
      )
      return keyset.page(rows)
    },
  }),
  route({
    method: 'GET',
    path: '/samples/{id}',
    summary: 'One sample',
    tag: 'samples',
    permission: 'taxes:read',
    params: IdParams,
    response: Sample,
    async handle(tx, { ctx, params }) {
      const row = await tx.maybe(find, { companyId: ctx.company.id, id: params.id })
      if (!row) throw notFound('sample')
      return row
    },
  }),
  route({
    method: 'POST',
    path: '/samples',
    summary: 'Make a sample',
    tag: 'samples',
    permission: 'taxes:write',
    body: object({
      name: text(50, { minLength: 1 }),
      rate: optional(DecimalText),
      until: optional(nullable(MomentText)),
      side: optional(literals(['left', 'right'])),
      lines: optional(Type.Array(object({ quantity: nullable(DecimalText) }), { maxItems: 1000 })),
    }),
    response: Sample,
    status: 201,
    example: { body: { name: 'Sample' } },
    async handle(tx, { ctx, body }) {
      runs.create++
      const id = newId()
      const key = { companyId: ctx.company.id, id }
      // The first statement is a read, as in a real operation.
      await tx.maybe(find, key)
      if (runs.failing) throw conflict('sample-refused', 'Not now.')
      tx.write(insert, { ...key, name: body.name, rate: body.rate ?? '10', now: ctx.now })
      return readBack(() => tx.one(find, key))
    },
  }),
  route({
    method: 'PATCH',
    path: '/samples/{id}',
    summary: 'Change a sample',
    tag: 'samples',
    permission: 'taxes:write',
    params: IdParams,
    body: object({ name: text(50) }),
    response: Sample,
    async handle(tx, { ctx, params, body, ifMatch }) {
      const key = { companyId: ctx.company.id, id: params.id }
      await found(tx, key.companyId, key.id, ifMatch)
      tx.write(update, { ...key, name: body.name })
      return readBack(() => tx.one(find, key))
    },
  }),
  route({
    method: 'DELETE',
    path: '/samples/{id}',
    summary: 'Delete a sample',
    tag: 'samples',
    permission: 'taxes:write',
    params: IdParams,
    response: undefined,
    status: 204,
    async handle(tx, { ctx, params, ifMatch }) {
      await found(tx, ctx.company.id, params.id, ifMatch)
      tx.write(remove, { companyId: ctx.company.id, id: params.id })
    },
  }),
  route({
    method: 'POST',
    path: '/samples/{id}/rename',
    summary: 'Rename a sample to its opposite',
    tag: 'samples',
    permission: 'taxes:write',
    params: IdParams,
    body: object({ name: optional(text(50)) }),
    bodyOptional: true,
    previewable: true,
    response: Sample,
    async handle(tx, { ctx, params, body, ifMatch }) {
      const key = { companyId: ctx.company.id, id: params.id }
      const row = await found(tx, key.companyId, key.id, ifMatch)
      tx.write(update, { ...key, name: body?.name ?? Array.from(row.name).toReversed().join('') })
      return readBack(() => tx.one(find, key))
    },
  }),
  route({
    method: 'POST',
    path: '/samples/quote',
    summary: 'A POST that only reads',
    tag: 'samples',
    permission: 'member',
    body: object({ rate: DecimalText }),
    readOnly: true,
    response: object({ twice: DecimalOut }),
    async handle(_tx, { body }) {
      return { twice: decimal(body.rate).times(decimal(2)) }
    },
  }),
  route({
    method: 'GET',
    path: '/samples/public/greeting',
    summary: 'Open to strangers',
    tag: 'samples',
    permission: 'public',
    response: object({ hello: Type.String() }),
    async handle() {
      return { hello: 'world' }
    },
  }),
  route({
    method: 'GET',
    path: '/samples/faulty/{what}',
    summary: 'Goes wrong',
    tag: 'samples',
    permission: 'member',
    params: object({ what: literals(['throws', 'undescribed', 'divides', 'writes']) }),
    response: object({ ok: Type.Boolean() }),
    async handle(tx, { params, ctx }) {
      if (params.what === 'throws') throw new Error('secret of the server')
      if (params.what === 'undescribed') return { ok: 'yes', extra: 1 }
      if (params.what === 'divides') {
        await tx.one(dynamic({ n: 'int' }, sql`select (1 / ${0}::int)::int as n`), undefined)
      }
      tx.write(insert, { companyId: ctx.company.id, id: newId(), name: 'x', rate: '1', now: ctx.now })
      return { ok: true }
    },
  }),
]
