import type { Context } from '../../kernel/context.ts'
import { Keyset, type ListQuery, type Sort } from '../../kernel/keyset.ts'
import { notFound } from '../../kernel/problem.ts'
import { type Row, type Sql, dynamic, join, sql } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { type DocumentKind, kinds, permissionFor } from '../../kinds.ts'
import type { ApprovalState } from './schema.ts'

const columns = {
  id: 'uuid',
  rule: 'text',
  role: 'text',
  documentKind: 'text',
  documentId: 'uuid',
  documentNumber: 'text?',
  documentVersion: 'int',
  party: 'text?',
  amount: 'numeric?',
  currency: 'text?',
  state: 'text',
  askedBy: 'text?',
  askedByName: 'text',
  askedAt: 'timestamptz',
  comment: 'text?',
  decidedByName: 'text?',
  decidedAt: 'timestamptz?',
  answer: 'text?',
} as const
type Stored = Row<typeof columns>

/**
 * An approval is of one version: of a draft that has another by now, neither the question nor the answer counts.
 * What was given stays given once the document counts.
 */
const state = sql`case
    when a.state = 'asked' and d.version is distinct from a.document_version then 'withdrawn'
    when a.state = 'given' and d.version is not null and d.version <> a.document_version then 'withdrawn'
    else a.state end`

const select = sql`
  select a.id, a.rule, a.role, a.document_kind, a.document_id, x.number as document_number, a.document_version,
    p.name as party, x.amount, x.currency, ${state} as state, a.asked_by, a.asked_by_name, a.asked_at, a.comment,
    a.decided_by_name, a.decided_at, a.answer`
const from = sql`
  from approvals a
    left join lateral (select version from drafts d
      where d.company_id = a.company_id and d.id = a.document_id limit 1) d on true
    left join lateral (select number, party_id, amount, currency from documents x
      where x.company_id = a.company_id and x.id = a.document_id limit 1) x on true
    left join parties p on p.company_id = a.company_id and p.id = x.party_id`

interface ApprovalFilters {
  readonly documentId?: string | undefined
  readonly state?: ApprovalState | undefined
  readonly forMe?: boolean | undefined
}

const sorts: Record<string, Sort> = { id: { column: sql`a.id`, type: 'uuid', notNull: true } }

export async function listApprovals(tx: Transaction, ctx: Context, query: ListQuery & ApprovalFilters) {
  const keyset = new Keyset(query, sorts, sql`a.id`, '-id')
  const rows = await tx.all(
    dynamic(
      { ...columns, cursorKey: 'text?' },
      sql`${select}, ${keyset.key} ${from} where ${filters(ctx, query)} ${keyset.after} ${keyset.order} ${keyset.limit}`,
    ),
    undefined,
  )
  const page = keyset.page(rows)
  return { ...page, items: page.items.map((row) => present(ctx, row)) }
}

/** Up to so many; a counter in the menu needs no more. */
const mostCounted = 100

export async function countApprovals(
  tx: Transaction,
  ctx: Context,
  query: ApprovalFilters,
): Promise<{ count: number; capped: boolean }> {
  const counted = dynamic(
    { count: 'int' },
    sql`select count(*)::int as count from (
      select 1 ${from} where ${filters(ctx, query)} limit ${mostCounted}) found`,
  )
  const { count } = await tx.one(counted, undefined)
  return { count, capped: count === mostCounted }
}

/** @throws 404 */
export async function loadApproval(tx: Transaction, ctx: Context, id: string) {
  const row = await tx.maybe(
    dynamic(columns, sql`${select} ${from} where ${filters(ctx, {})} and a.id = ${id}::uuid`),
    undefined,
  )
  if (row === null) throw notFound('approval')
  return present(ctx, row)
}

function filters(ctx: Context, { documentId, state: wanted, forMe }: ApprovalFilters): Sql {
  const seen = (Object.keys(kinds) as DocumentKind[]).filter((kind) =>
    ctx.permissions.has(permissionFor(kind, 'read')),
  )
  const parts = [sql`a.company_id = ${ctx.company.id}`, sql`a.document_kind = any(${seen}::text[])`]
  if (documentId !== undefined) parts.push(sql`a.document_id = ${documentId}::uuid`)
  // The first of the two finds what waits by its own index.
  if (wanted === 'asked') parts.push(sql`a.state = 'asked'`, sql`d.version = a.document_version`)
  else if (wanted !== undefined) parts.push(sql`${state} = ${wanted}`)
  if (forMe === true)
    parts.push(
      ctx.actor.type === 'user'
        ? sql`(${ctx.role} = 'owner' or a.role = ${ctx.role} and a.asked_by is distinct from ${ctx.actor.id})`
        : sql`false`,
    )
  return join(parts, ' and ')
}

function present(ctx: Context, row: Stored) {
  const { askedBy: _, ...shown } = row
  return {
    ...shown,
    state: row.state as ApprovalState,
    mayDecide: row.state === 'asked' && whyNotDecide(ctx, row) === null,
  }
}

/** Why the caller may not answer a question, in words; null: he may. */
export function whyNotDecide(
  ctx: Context,
  { role, askedBy }: { readonly role: string; readonly askedBy: string | null },
): string | null {
  if (ctx.actor.type !== 'user')
    return 'An approval is given by a person who is signed in, not by an API key or a rule.'
  // Of a company of one person nobody else could.
  if (ctx.role === 'owner') return null
  if (ctx.role !== role) return `Only someone with the role ${role}, or an owner, may answer this.`
  if (askedBy === ctx.actor.id)
    return `Nobody approves of what he asked for himself. Ask another with the role ${role}, or an owner.`
  return null
}
