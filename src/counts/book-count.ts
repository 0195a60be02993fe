import { recordEvents } from '../journal/events.ts'
import type { Context } from '../kernel/context.ts'
import { Problem, conflict } from '../kernel/problem.ts'
import type { ReadBack, Transaction } from '../kernel/transaction.ts'
import { type ShipmentOut, createShipment, postShipment } from '../shipments/index.ts'
import { onDraft } from './present-count.ts'
import {
  type CountLineRow,
  type CountRow,
  selectCountLines,
  setAdjustmentOfCount,
  takeCount,
} from './records.ts'
import type { CountBooking } from './schemas.ts'

/**
 * Makes one stock adjustment of what was counted and posts it. Each counted line says what was found and what the books
 * had at that moment: what moved since, and what moves while this is booked, stays. Lines without a difference are on it
 * too, so that nothing is booked before the count afterwards (S21).
 */
export async function bookCount(
  tx: Transaction,
  ctx: Context,
  id: string,
  input: CountBooking,
  ifMatch: number | null,
): Promise<ReadBack<ShipmentOut>> {
  const companyId = ctx.company.id
  const row = await takeCount(tx, ctx, id, 'stock-adjustments', ifMatch)
  if (row.adjustment !== null) throw conflict('on-draft', onDraft(row.adjustment))
  const lines = (await tx.all(selectCountLines, { companyId, id })).filter((line) => line.counted !== null)
  if (lines.length === 0)
    throw conflict('nothing-counted', 'Nothing is counted. Have it counted again, or cancel the count.')
  const made = await createShipment(tx, ctx, 'stock-adjustment', {
    warehouseId: row.warehouseId,
    reference: row.number,
    reason: input.reason ?? `Count ${row.number}`,
    lines: lines.map(adjustmentLine),
  })
  tx.write(setAdjustmentOfCount, { companyId, id, adjustmentId: made.id })
  recordEvents(tx, ctx, [
    {
      type: 'stock-count.booked',
      objectKind: 'stock-count',
      objectId: id,
      before: { state: row.state },
      after: { state: 'booked', adjustmentId: made.id },
    },
  ])
  try {
    return await postShipment(tx, ctx, 'stock-adjustment', made.id, null, made.known)
  } catch (error) {
    throw ofSheet(error, row, lines)
  }
}

function adjustmentLine(line: CountLineRow) {
  const lot = {
    ...(line.lotId === null ? { number: line.lot! } : { lotId: line.lotId }),
    expiresOn: line.expiresOn,
  }
  return {
    productId: line.productId,
    locationId: line.locationId,
    countedQuantity: line.counted!.toFixed(),
    bookQuantity: line.book!.toFixed(),
    ...(line.lot === null
      ? {}
      : { lots: [{ ...lot, quantity: line.tracking === 'serial' ? '1' : line.counted!.toFixed() }] }),
    ...(line.note === null ? {} : { reason: line.note }),
  }
}

/** What stands in the way of the adjustment, said of the sheet: its lines have no field for a cost. */
function ofSheet(error: unknown, row: CountRow, lines: readonly CountLineRow[]): unknown {
  if (!(error instanceof Problem) || error.code !== 'no-cost') return error
  const at = /^\/lines\/(\d+)\//.exec(error.errors?.[0]?.pointer ?? '')
  const line = at === null ? undefined : lines[Number(at[1])]
  if (!line) return error
  return conflict(
    'no-cost',
    `Nothing says what ${line.sku} costs, so what was found of it has no value. Give the product a purchase price, then book ${row.number}.`,
  )
}
