import type { Context } from '../kernel/context.ts'
import { refuseStale } from '../kernel/guards.ts'
import { notFound } from '../kernel/problem.ts'
import { raw, sql, statement } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { recordEvents } from './events.ts'

/** Takes a row out of what is offered, or brings it back. Documents that use it keep it (S32). */
export type SetArchived = (
  tx: Transaction,
  ctx: Context,
  id: string,
  archived: boolean,
  ifMatch: number | null,
) => Promise<void>

/** What has the event of being archived. */
type Archivable = 'party' | 'tax' | 'price-book' | 'location' | 'warehouse' | 'product'

/**
 * Declares archiving for a table with `archived` and `version`.
 * @param kind of the object in the audit trail, such as 'price-book'.
 * @param mayArchive throws when the row, which is locked, must stay in use.
 */
export function archiving(
  table: string,
  kind: Archivable,
  mayArchive?: (tx: Transaction, ctx: Context, id: string) => Promise<void>,
): SetArchived {
  const lock = statement(
    `lock_${table}_to_archive`,
    { archived: 'bool', version: 'int' },
    (p: { companyId: string; id: string }) =>
      sql`select archived, version from ${raw(table)} where company_id = ${p.companyId} and id = ${p.id} for update`,
  )
  const set = statement(
    `archive_${table}`,
    {},
    (p: { companyId: string; id: string; archived: boolean }) =>
      sql`update ${raw(table)} set archived = ${p.archived}, version = version + 1 where company_id = ${p.companyId} and id = ${p.id}`,
  )
  return async (tx, ctx, id, archived, ifMatch) => {
    const companyId = ctx.company.id
    const row = await tx.maybe(lock, { companyId, id })
    if (row === null) throw notFound(kind.replaceAll('-', ' '))
    refuseStale(row.version, ifMatch)
    if (row.archived === archived) return
    if (archived) await mayArchive?.(tx, ctx, id)
    tx.write(set, { companyId, id, archived })
    recordEvents(tx, ctx, [
      {
        type: `${kind}.${archived ? 'archived' : 'unarchived'}`,
        objectKind: kind,
        objectId: id,
        before: { archived: row.archived },
        after: { archived },
      },
    ])
  }
}
