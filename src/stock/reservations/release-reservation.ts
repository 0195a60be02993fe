import { inUnit, toBase } from '../../catalogue/index.ts'
import { recordEvents } from '../../journal/events.ts'
import type { Context } from '../../kernel/context.ts'
import { type Decimal, decimal, min, zero } from '../../kernel/decimal.ts'
import { conflict, ruleBroken } from '../../kernel/problem.ts'
import { type ReadBack, type Transaction, readBack } from '../../kernel/transaction.ts'
import type { StockPromises } from '../promises.ts'
import { saveStock } from '../save.ts'
import { loadReservation } from './load-reservation.ts'
import { presentReservation } from './present-reservation.ts'
import { type ReservationLineRow, addReleased, openOf, storedState, updateReservation } from './records.ts'
import type { Release, ReservationOut } from './schemas.ts'

/** Gives back what is held, all of it or a part; waiting orders have the goods at once. */
export async function releaseReservation(
  tx: Transaction,
  ctx: Context,
  id: string,
  input: Release,
  ifMatch: number | null,
): Promise<ReadBack<ReservationOut>> {
  const companyId = ctx.company.id
  const { stock, row, lines } = await loadReservation(tx, ctx, id, 'release', ifMatch)
  const released = input.lines ? partsOf(input.lines, lines) : wholeOf(lines)
  for (const line of lines) {
    const quantity = released.get(line.id)
    if (quantity?.gt(zero)) giveBack(stock, line.id, quantity)
  }
  const left = lines.some((line) => openOf(line).gt(released.get(line.id) ?? zero))
  const ordered = lines.some((line) => line.ordered.gt(zero))
  const state = left ? storedState(row) : ordered ? 'ordered' : 'released'
  saveStock(tx, ctx, stock)
  tx.write(addReleased, {
    companyId,
    rows: [...released].map(([line, quantity]) => ({ id: line, released: quantity })),
  })
  const { reserveUntil, reference, notes } = row
  tx.write(updateReservation, { companyId, id, state, reserveUntil, reference, notes })
  recordEvents(tx, ctx, [
    {
      type: 'stock-reservation.released',
      objectKind: 'stock-reservation',
      objectId: id,
      before: { state: row.state },
      after: {
        state,
        lines: lines.flatMap((line) => {
          const quantity = released.get(line.id)
          return quantity?.gt(zero)
            ? [{ sku: line.sku, released: inUnit(quantity, line), unit: line.unit }]
            : []
        }),
      },
      reason: input.reason ?? null,
    },
  ])
  return readBack(() => presentReservation(tx, ctx, id))
}

function wholeOf(lines: readonly ReservationLineRow[]): Map<string, Decimal> {
  return new Map(lines.map((line) => [line.id, openOf(line)]))
}

function partsOf(
  entries: NonNullable<Release['lines']>,
  lines: readonly ReservationLineRow[],
): Map<string, Decimal> {
  const parts = new Map<string, Decimal>()
  for (const [i, entry] of entries.entries()) {
    const line = lines.find((candidate) => candidate.id === entry.id)
    if (!line) throw ruleBroken('unknown-line', `/lines/${i}/id`, 'This reservation has no such line.')
    const quantity = toBase(decimal(entry.quantity), line, `/lines/${i}/quantity`)
    if (!quantity.gt(zero)) {
      throw ruleBroken('no-quantity', `/lines/${i}/quantity`, 'Enter a quantity above zero.')
    }
    const before = parts.get(line.id) ?? zero
    const most = openOf(line).minus(before)
    if (quantity.gt(most)) {
      throw conflict(
        'over-quantity',
        `At most ${inUnit(most, line).toFixed()} ${line.unit} of ${line.sku} can be released: ${line.quantity.toFixed()} were reserved, the rest is released or ordered already.`,
        { limit: most.toFixed() },
      )
    }
    parts.set(line.id, before.plus(quantity))
  }
  return parts
}

/** Lowers what the line wants, wherever it holds goods, and gives them to who waits there. */
function giveBack(stock: StockPromises, lineId: string, quantity: Decimal): void {
  let left = quantity
  for (const demand of stock.demandsOf(lineId)) {
    const part = min(left, demand.wanted)
    if (!part.gt(zero)) continue
    stock.lower(demand, part)
    stock.allocateWaiting(demand.productId, demand.warehouseId)
    left = left.minus(part)
  }
}
