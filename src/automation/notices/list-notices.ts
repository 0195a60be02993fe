import { Keyset, type ListQuery, type Sort } from '../../kernel/keyset.ts'
import { dynamic, empty, sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'

const columns = {
  id: 'uuid',
  text: 'text',
  objectKind: 'text',
  objectId: 'uuid',
  objectNumber: 'text?',
  rule: 'text?',
  createdAt: 'timestamptz',
  readAt: 'timestamptz?',
} as const

const sorts: Record<string, Sort> = { id: { column: sql`n.id`, type: 'uuid', notNull: true } }

/** Of one person, the newest first; nobody's (an API key's) are none. */
export async function listNotices(
  tx: Transaction,
  companyId: string,
  userId: string | null,
  query: ListQuery & { readonly unread?: boolean | undefined },
) {
  const keyset = new Keyset(query, sorts, sql`n.id`, '-id')
  const rows = await tx.all(
    dynamic(
      { ...columns, cursorKey: 'text?' },
      sql`select n.id, n.text, n.object_kind, n.object_id,
          (select d.number from documents d where d.company_id = n.company_id and d.id = n.object_id limit 1) as object_number,
          (select r.name from rules r where r.company_id = n.company_id and r.id = n.rule_id) as rule,
          n.created_at, n.read_at, ${keyset.key}
        from notices n where n.company_id = ${companyId} and n.user_id = ${userId}::uuid
          ${query.unread === true ? sql`and n.read_at is null` : empty}
          ${keyset.after} ${keyset.order} ${keyset.limit}`,
    ),
    undefined,
  )
  return keyset.page(rows)
}

const markAll = statement(
  'mark_notices_read',
  { id: 'uuid' },
  (p: { companyId: string; userId: string; upTo: string; from: string | null; now: Date }) => sql`
    update notices set read_at = ${p.now}::timestamptz
    where company_id = ${p.companyId} and user_id = ${p.userId}::uuid and read_at is null and created_at <= ${p.upTo}::timestamptz
      and (${p.from}::timestamptz is null or created_at >= ${p.from}::timestamptz)
    returning id`,
)

/** Marks what a person has seen, up to a moment: what came meanwhile stays new. */
export async function markRead(
  tx: Transaction,
  p: { companyId: string; userId: string; upTo: string; from: string | null; now: Date },
): Promise<number> {
  return (await tx.all(markAll, p)).length
}
