import { recordEvents } from '../../journal/events.ts'
import type { Context } from '../../kernel/context.ts'
import { sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { loadLevels } from '../load.ts'
import { saveStock } from '../save.ts'

/** One run sweeps so much and no more, so that it holds no lock for long. */
const mostLevels = 100
const mostNoted = 200

interface At {
  companyId: string
  now: Date
}

// A level that somebody else has locked is being swept by that operation.
const lockEnded = statement(
  'lock_levels_with_ended_holds',
  { productId: 'uuid', warehouseId: 'uuid' },
  (p: At) => sql`
    select l.product_id, l.warehouse_id from stock_levels l
    where l.company_id = ${p.companyId} and exists (
      select from stock_demands d
      where d.company_id = ${p.companyId} and d.product_id = l.product_id and d.warehouse_id = l.warehouse_id
        and d.expires_at <= ${p.now})
    order by l.product_id, l.warehouse_id limit ${mostLevels} for update skip locked`,
)

const noteEnded = statement(
  'note_ended_reservations',
  { id: 'uuid', reserveUntil: 'timestamptz' },
  (p: At) => sql`
    update stock_reservations r set expiry_noted = r.reserve_until
    from (
      select id from stock_reservations
      where company_id = ${p.companyId} and state = 'active' and expiry_noted is distinct from reserve_until
        and reserve_until <= ${p.now}
      order by reserve_until, id limit ${mostNoted} for update skip locked
    ) ended
    where r.company_id = ${p.companyId} and r.id = ended.id
    returning r.id, r.reserve_until`,
)

/**
 * Takes away holds that have ended, gives their goods to waiting orders and writes it into the history.
 * May run at any time, any number of times, or never: every operation on a level sweeps it first, and every
 * figure leaves ended holds out (R11).
 * @returns whether there may be more to sweep.
 */
export async function expireReservations(tx: Transaction, ctx: Context): Promise<{ more: boolean }> {
  const at = { companyId: ctx.company.id, now: ctx.now }
  const levels = await tx.all(lockEnded, at)
  // Reading the levels ends what has expired on them and serves who waits.
  if (levels.length > 0) saveStock(tx, ctx, await loadLevels(tx, ctx, levels))
  const ended = await tx.all(noteEnded, at)
  recordEvents(
    tx,
    ctx,
    ended.map(({ id, reserveUntil }) => ({
      type: 'stock-reservation.expired',
      objectKind: 'stock-reservation',
      objectId: id,
      after: { reserveUntil },
    })),
  )
  return { more: levels.length === mostLevels || ended.length === mostNoted }
}
