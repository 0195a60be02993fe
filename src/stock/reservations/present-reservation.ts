import { inUnit } from '../../catalogue/index.ts'
import type { Context } from '../../kernel/context.ts'
import { notFound } from '../../kernel/problem.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { findLinks } from '../../journal/links.ts'
import { offeredActions } from '../../offered-actions.ts'
import { type ReservationState, reservation } from './description.ts'
import { type ReservationRow, openOf, selectReservation, selectReservationLines } from './records.ts'
import type { ReservationOut } from './schemas.ts'

/** One reservation as the API answers it. */
export async function presentReservation(tx: Transaction, ctx: Context, id: string): Promise<ReservationOut> {
  const p = { companyId: ctx.company.id, id, now: ctx.now }
  const [row, lines, links] = await Promise.all([
    tx.maybe(selectReservation, p),
    tx.all(selectReservationLines, p),
    findLinks(tx, ctx, 'reservation', id),
  ])
  if (row === null) throw notFound(reservation.title)
  return {
    ...presentHead(row),
    notes: row.notes,
    createdBy: row.createdBy,
    lines: lines.map((line) => ({
      id: line.id,
      position: line.position,
      productId: line.productId,
      sku: line.sku,
      description: line.description,
      quantity: line.quantity,
      unit: line.unit,
      baseQuantity: line.baseQuantity,
      reserved: inUnit(line.reserved, line),
      released: inUnit(line.released, line),
      ordered: inUnit(line.ordered, line),
      open: inUnit(openOf(line), line),
    })),
    // It has no draft to edit or delete.
    actions: offeredActions(reservation, row.state, {}, links).filter(
      ({ name }) => name !== 'edit' && name !== 'delete',
    ),
    links,
  }
}

export function presentHead(row: ReservationRow) {
  const { partyName, notes: _notes, createdBy: _createdBy, ...head } = row
  return {
    ...head,
    kind: 'stock-reservation',
    state: head.state as ReservationState,
    party: { name: partyName },
  }
}
