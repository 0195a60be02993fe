import { difference, recordEvents } from '../../journal/events.ts'
import type { Context } from '../../kernel/context.ts'
import { refuseStale } from '../../kernel/guards.ts'
import { notFound } from '../../kernel/problem.ts'
import { type ReadBack, type Transaction, readBack } from '../../kernel/transaction.ts'
import { reservation } from './description.ts'
import { presentReservation } from './present-reservation.ts'
import { lockReservation, storedState, updateReservation } from './records.ts'
import type { ReservationChange, ReservationOut } from './schemas.ts'

/** Changes what is only written on a reservation; what it holds is changed by its actions. */
export async function changeReservation(
  tx: Transaction,
  ctx: Context,
  id: string,
  change: ReservationChange,
  ifMatch: number | null,
): Promise<ReadBack<ReservationOut>> {
  const companyId = ctx.company.id
  const row = await tx.maybe(lockReservation, { companyId, id, now: ctx.now })
  if (row === null) throw notFound(reservation.title)
  refuseStale(row.version, ifMatch)
  const { reference, notes } = row
  const after = {
    reference: change.reference === undefined ? reference : change.reference,
    notes: change.notes === undefined ? notes : change.notes,
  }
  const changed = difference({ reference, notes }, after)
  if (Object.keys(changed.after).length > 0) {
    tx.write(updateReservation, {
      companyId,
      id,
      state: storedState(row),
      reserveUntil: row.reserveUntil,
      ...after,
    })
    recordEvents(tx, ctx, [
      { type: 'stock-reservation.changed', objectKind: 'stock-reservation', objectId: id, ...changed },
    ])
  }
  return readBack(() => presentReservation(tx, ctx, id))
}
