import type { Context } from '../../kernel/context.ts'
import { refuseStale } from '../../kernel/guards.ts'
import { conflict, notFound } from '../../kernel/problem.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { loadStock } from '../load.ts'
import { reservation } from './description.ts'
import { lockReservation, selectReservationLines } from './records.ts'
import { reservationReader } from './stock-of-reservation.ts'

/** Locks what an action on a reservation changes and reads what it decides on, in one burst. */
export async function loadReservation(
  tx: Transaction,
  ctx: Context,
  id: string,
  action: keyof typeof reservation.actions,
  ifMatch: number | null,
) {
  const p = { companyId: ctx.company.id, id, now: ctx.now }
  const [stock, row, lines] = await Promise.all([
    loadStock(tx, ctx, reservationReader, id),
    tx.maybe(lockReservation, p),
    tx.all(selectReservationLines, p),
  ])
  if (row === null) throw notFound(reservation.title)
  refuseStale(row.version, ifMatch)
  const from: readonly string[] = reservation.actions[action].from
  if (!from.includes(row.state)) {
    throw conflict(
      'wrong-state',
      `This ${reservation.title} is ${row.state} already; there is nothing to ${action}.`,
    )
  }
  return { stock, row, lines }
}
