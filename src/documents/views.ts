import { Type, type Static } from 'typebox'
import { Id, MomentOut, Version, object, optional, oneLine, text } from '../http/schemas.ts'
import { refuseStale } from '../kernel/guards.ts'
import type { Context } from '../kernel/context.ts'
import { newId } from '../kernel/ids.ts'
import { conflict, notFound } from '../kernel/problem.ts'
import { insertInto, json, sql, statement } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'

/** Saved views of lists: what the web app keeps for a person. They are no business data and not audited. */

const Query = Type.Record(Type.String({ maxLength: 60 }), Type.Unknown(), {
  maxProperties: 50,
  description: 'Filters, sort order and columns as the list page uses them.',
})

export const ViewInput = object({
  list: text(60, { minLength: 1 }),
  name: oneLine(100, { minLength: 1 }),
  query: Query,
  shared: optional(Type.Boolean()),
})
export const ViewChange = object({
  name: optional(oneLine(100, { minLength: 1 })),
  query: optional(Query),
  shared: optional(Type.Boolean()),
})
export const ViewOut = object({
  id: Id,
  list: Type.String(),
  name: Type.String(),
  query: Type.Record(Type.String(), Type.Unknown()),
  shared: Type.Boolean(),
  mine: Type.Boolean({ description: 'Only the person who made a view can change it.' }),
  version: Version,
  createdAt: MomentOut,
})
type ViewOut = Static<typeof ViewOut>
export const ViewsQuery = Type.Object({ list: Type.Optional(text(60)) })

const columns = {
  id: 'uuid',
  userId: 'text',
  list: 'text',
  name: 'text',
  query: json<Record<string, unknown>>(),
  shared: 'bool',
  version: 'int',
  createdAt: 'timestamptz',
} as const
const fields = sql`v.id, v.user_id, v.list, v.name, v.query, v.shared, v.version, v.created_at`

const selectViews = statement(
  'select_views',
  columns,
  (p: { companyId: string; userId: string; list: string | null }) => sql`
    select ${fields} from saved_views v
    where v.company_id = ${p.companyId} and (v.user_id = ${p.userId} or v.shared) and (${p.list}::text is null or v.list = ${p.list}::text)
    order by v.list, v.name, v.id limit 500`,
)
const lockView = statement(
  'lock_view',
  columns,
  (p: { companyId: string; id: string }) =>
    sql`select ${fields} from saved_views v where v.company_id = ${p.companyId} and v.id = ${p.id} for update`,
)
const sameName = statement(
  'select_view_of_name',
  { id: 'uuid' },
  (p: { companyId: string; userId: string; list: string; name: string }) => sql`
    select id from saved_views where company_id = ${p.companyId} and user_id = ${p.userId} and list = ${p.list} and name = ${p.name}`,
)
const insertView = insertInto('saved_views', [
  'companyId',
  'id',
  'userId',
  'list',
  'name',
  'query',
  'shared',
  'version',
  'createdAt',
])
const updateView = statement(
  'update_view',
  columns,
  (p: { companyId: string; id: string; name: string; query: string; shared: boolean }) => sql`
    update saved_views v set name = ${p.name}, query = ${p.query}::jsonb, shared = ${p.shared}, version = v.version + 1
    where v.company_id = ${p.companyId} and v.id = ${p.id} returning ${fields}`,
)
const deleteRow = statement(
  'delete_view',
  {},
  (p: { companyId: string; id: string }) =>
    sql`delete from saved_views where company_id = ${p.companyId} and id = ${p.id}`,
)

function present({ userId, ...view }: { userId: string } & Omit<ViewOut, 'mine'>, ctx: Context): ViewOut {
  return { ...view, mine: userId === ctx.actor.id }
}

export async function listViews(tx: Transaction, ctx: Context, list: string | undefined) {
  const rows = await tx.all(selectViews, {
    companyId: ctx.company.id,
    userId: ctx.actor.id,
    list: list ?? null,
  })
  return { items: rows.map((row) => present(row, ctx)) }
}

export async function saveView(
  tx: Transaction,
  ctx: Context,
  input: Static<typeof ViewInput>,
): Promise<ViewOut> {
  const { list, name, query } = input
  const known = await tx.maybe(sameName, { companyId: ctx.company.id, userId: ctx.actor.id, list, name })
  if (known)
    throw conflict(
      'view-exists',
      `You have a view '${name}' of this list already. Change that one, or choose another name.`,
    )
  const view = {
    id: newId(),
    list,
    name,
    query,
    shared: input.shared ?? false,
    version: 1,
    createdAt: ctx.now,
  }
  tx.write(insertView, { rows: [{ companyId: ctx.company.id, userId: ctx.actor.id, ...view }] })
  return { ...view, mine: true }
}

export async function changeView(
  tx: Transaction,
  ctx: Context,
  id: string,
  change: Static<typeof ViewChange>,
  ifMatch: number | null,
): Promise<ViewOut> {
  const view = await tx.maybe(lockView, { companyId: ctx.company.id, id })
  if (!view || view.userId !== ctx.actor.id) throw notFound('view')
  refuseStale(view.version, ifMatch)
  const row = await tx.one(updateView, {
    companyId: ctx.company.id,
    id,
    name: change.name ?? view.name,
    query: JSON.stringify(change.query ?? view.query),
    shared: change.shared ?? view.shared,
  })
  return present(row, ctx)
}

export async function deleteView(tx: Transaction, ctx: Context, id: string): Promise<undefined> {
  const view = await tx.maybe(lockView, { companyId: ctx.company.id, id })
  if (!view || view.userId !== ctx.actor.id) throw notFound('view')
  tx.write(deleteRow, { companyId: ctx.company.id, id })
  return undefined
}
