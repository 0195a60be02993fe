import { difference, recordEvents } from '../../journal/events.ts'
import type { Context } from '../../kernel/context.ts'
import { refuseStale, tidyOptional } from '../../kernel/guards.ts'
import { notFound } from '../../kernel/problem.ts'
import { sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { updateRow } from '../../kernel/update-row.ts'
import type { LotChanges } from './schema.ts'

const updateLot = updateRow('lots', ['expiresOn', 'notes'])

const lockRow = statement(
  'lock_lot',
  { expiresOn: 'date?', notes: 'text?', version: 'int' },
  (p: { companyId: string; id: string }) =>
    sql`select expires_on, notes, version from lots where company_id = ${p.companyId} and id = ${p.id} for update`,
)

/** Changes what is known about a lot. Lots come into being when goods are received, and stay. */
export async function changeLot(
  tx: Transaction,
  ctx: Context,
  id: string,
  changes: LotChanges,
  ifMatch: number | null,
): Promise<void> {
  const companyId = ctx.company.id
  const row = await tx.maybe(lockRow, { companyId, id })
  if (row === null) throw notFound('lot')
  refuseStale(row.version, ifMatch)
  const before = { expiresOn: row.expiresOn, notes: row.notes }
  const merged = { ...before, ...changes }
  const after = { expiresOn: merged.expiresOn, notes: tidyOptional(merged.notes) }
  const changed = difference(before, after)
  if (Object.keys(changed.after).length === 0) return
  tx.write(updateLot, { companyId, id, row: after })
  recordEvents(tx, ctx, [{ type: 'lot.changed', objectKind: 'lot', objectId: id, ...changed }])
}
