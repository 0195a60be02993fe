import { refuseStale } from '../../kernel/guards.ts'
import { conflict, notFound } from '../../kernel/problem.ts'
import { raw, sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { type DocumentKind, kinds } from '../../kinds.ts'

const lockIn = (table: string) =>
  statement(
    `lock_${table}_for_approval`,
    { kind: 'text', state: 'text', version: 'int' },
    (p: { companyId: string; id: string }) => sql`
      select d.kind, d.state, d.version from ${raw(table)} d
      where d.company_id = ${p.companyId} and d.id = ${p.id} for no key update`,
  )
const lock = { order: lockIn('orders'), shipment: lockIn('shipments'), invoice: lockIn('invoices') }

/**
 * Locks a draft as every change of it does, so that its version stands until the commit: what is asked for or
 * approved is what it is now.
 * @returns the version
 * @throws 404, 409, 412
 */
export async function lockDraft(
  tx: Transaction,
  companyId: string,
  kind: DocumentKind,
  id: string,
  ifMatch: number | null,
): Promise<number> {
  const { family, title } = kinds[kind]
  const row = await tx.maybe(lock[family], { companyId, id })
  if (row === null || row.kind !== kind) throw notFound(title)
  refuseStale(row.version, ifMatch)
  if (row.state !== 'draft')
    throw conflict('wrong-state', `This ${title} is ${row.state}; approval is asked for a draft.`)
  return row.version
}
