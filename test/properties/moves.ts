import { invoiceMoves } from './invoice-moves.ts'
import type { Move } from './move.ts'
import { orderMoves } from './order-moves.ts'
import { paymentMoves } from './payment-moves.ts'
import { reservationMoves } from './reservation-moves.ts'
import { shipmentMoves } from './shipment-moves.ts'

/** Everything that people do, by name. */
export const moves: Readonly<Record<string, Move>> = {
  ...orderMoves,
  ...shipmentMoves,
  ...invoiceMoves,
  ...paymentMoves,
  ...reservationMoves,
}

/** How often each is done, where it is not once. */
const weights: Readonly<Record<string, number>> = {
  sell: 4,
  buy: 3,
  deliver: 5,
  receive: 4,
  'take goods back': 3,
  'send goods back': 2,
  adjust: 3,
  transfer: 3,
  'undo a shipment': 4,
  'post a shipment': 2,
  invoice: 4,
  'invoice a delivery': 2,
  bill: 2,
  'receive a transfer': 2,
  'receive by hand': 2,
  'apply a credit': 2,
  'bill a receipt': 3,
  credit: 3,
  'credit of a vendor': 2,
  'credit a return': 2,
  pay: 4,
  'cancel a payment': 2,
  'end order': 2,
  amend: 2,
}

/** The names, as often as each is done. */
export const weighted: readonly string[] = Object.keys(moves).flatMap((name) =>
  Array.from({ length: weights[name] ?? 1 }, () => name),
)
