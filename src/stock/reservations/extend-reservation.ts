import { recordEvents } from '../../journal/events.ts'
import type { Context } from '../../kernel/context.ts'
import { ruleBroken } from '../../kernel/problem.ts'
import { type ReadBack, type Transaction, readBack } from '../../kernel/transaction.ts'
import { saveStock } from '../save.ts'
import { holdLines } from './hold-lines.ts'
import { loadReservation } from './load-reservation.ts'
import { presentReservation } from './present-reservation.ts'
import { openOf, updateReservation } from './records.ts'
import { endOf, inCompanyTime } from './reserve-until.ts'
import type { Extension, ReservationOut } from './schemas.ts'

/**
 * Holds longer: the time begins anew now, it is not added to what is left (S07); an end sooner than the present one
 * is refused. A reservation that has ended holds its goods again, if they are still there.
 */
export async function extendReservation(
  tx: Transaction,
  ctx: Context,
  id: string,
  input: Extension,
  ifMatch: number | null,
): Promise<ReadBack<ReservationOut>> {
  const companyId = ctx.company.id
  const until = endOf(ctx, input.reserveUntil)
  const { stock, row, lines } = await loadReservation(tx, ctx, id, 'extend', ifMatch)
  if (row.state !== 'expired' && until < row.reserveUntil)
    throw ruleBroken(
      'not-longer',
      '/reserveUntil',
      `It is held until ${inCompanyTime(ctx, row.reserveUntil)} (${ctx.company.timeZone}) already, and this would end at ${inCompanyTime(ctx, until)}. Choose a later end; to give goods back before, release them.`,
    )
  if (row.state === 'expired') {
    holdLines(
      ctx,
      stock,
      lines.map((line) => ({ ...line, quantity: openOf(line) })),
      { warehouseId: row.warehouseId, warehouseName: row.warehouseName, until },
      `This reservation ended at ${inCompanyTime(ctx, row.reserveUntil)}; its goods have been free since. `,
    )
  } else {
    for (const line of lines) for (const demand of stock.demandsOf(line.id)) stock.holdUntil(demand, until)
  }
  saveStock(tx, ctx, stock)
  const { reference, notes } = row
  const head = { reserveUntil: until, reference, notes, extended: true }
  tx.write(updateReservation, { companyId, id, state: 'active', ...head })
  recordEvents(tx, ctx, [
    {
      type: 'stock-reservation.extended',
      objectKind: 'stock-reservation',
      objectId: id,
      before: { state: row.state, reserveUntil: row.reserveUntil },
      after: { state: 'active', reserveUntil: until },
    },
  ])
  return readBack(() => presentReservation(tx, ctx, id))
}
