import type { Context } from '../kernel/context.ts'
import { type Decimal, max, min, sum, zero } from '../kernel/decimal.ts'
import { partOf, roundMoney, smallestUnit, spread } from '../kernel/money.ts'
import { sql, statement } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { addShipmentProgress } from '../shipments/index.ts'
import { type NewValue, currentValue, liveMove, revalue } from '../stock/index.ts'
import type { InvoiceLineRow } from './records.ts'

const selectReceipts = statement(
  'select_billed_receipts',
  {
    moveId: 'uuid',
    shipmentLineId: 'uuid',
    orderLineId: 'uuid?',
    quantity: 'numeric',
    value: 'numeric',
    invoiced: 'numeric',
    invoicedValue: 'numeric',
  },
  (p: { companyId: string; orderLineIds: readonly string[]; shipmentLineIds: readonly string[] }) => sql`
    select m.id as move_id, sl.id as shipment_line_id, sl.order_line_id, m.quantity,
      ${currentValue()} as value,
      sl.invoiced, sl.invoiced_value
    from shipment_lines sl
    join shipments s on s.company_id = sl.company_id and s.id = sl.shipment_id and s.kind = 'receipt-note' and s.state = 'posted'
    join stock_moves m on m.company_id = sl.company_id and m.shipment_id = s.id and m.shipment_line_id = sl.id and ${liveMove}
    where sl.company_id = ${p.companyId} and sl.id = any(array(
      select unnest(${p.shipmentLineIds}::uuid[])
      union select x.id from shipment_lines x where x.company_id = ${p.companyId} and x.order_line_id = any(${p.orderLineIds}::uuid[])))
    order by m.id`,
)

interface ReceiptLine {
  readonly shipmentLineId: string
  readonly orderLineId: string | null
  quantity: Decimal
  /** What it is worth now, corrections included. */
  value: Decimal
  /** Of it what is billed, and what the bills say that this costs. */
  invoiced: Decimal
  invoicedValue: Decimal
  readonly moves: { moveId: string; quantity: Decimal; value: Decimal }[]
}

/** Which goods a line of a bill is for: those of its order line, without one those of its receipt. */
interface Goods {
  readonly orderLineId: string | null
  readonly shipmentLineId: string | null
}

/** The receipts of these goods, the oldest first. */
async function loadReceipts(tx: Transaction, ctx: Context, goods: readonly Goods[]): Promise<ReceiptLine[]> {
  const ids = (all: readonly (string | null)[]): string[] => [...new Set(all.filter((id) => id !== null))]
  const orderLineIds = ids(goods.map((g) => g.orderLineId))
  const shipmentLineIds = ids(goods.map((g) => (g.orderLineId === null ? g.shipmentLineId : null)))
  const rows = await tx.all(selectReceipts, { companyId: ctx.company.id, orderLineIds, shipmentLineIds })
  const lines = new Map<string, ReceiptLine>()
  for (const { moveId, quantity, value, ...row } of rows) {
    const line = lines.get(row.shipmentLineId) ?? { ...row, quantity: zero, value: zero, moves: [] }
    line.quantity = line.quantity.plus(quantity)
    line.value = line.value.plus(value)
    line.moves.push({ moveId, quantity, value })
    lines.set(row.shipmentLineId, line)
  }
  return [...lines.values()]
}

function isFor(receipt: ReceiptLine, goods: Goods): boolean {
  return goods.orderLineId === null
    ? receipt.shipmentLineId === goods.shipmentLineId
    : receipt.orderLineId === goods.orderLineId
}

/**
 * A bill says what the goods really cost. Where its price is not the one they were received at, the receipt
 * is valued anew, and everything that was issued from it since (S22). Which goods are billed is counted on
 * the receipt lines: the one that the bill was made from, then the oldest of its order line.
 */
export async function valueReceipts(
  tx: Transaction,
  ctx: Context,
  bill: { exchangeRate: Decimal },
  lines: readonly InvoiceLineRow[],
  orderLines: ReadonlyMap<string, { baseQuantity: Decimal; net: Decimal; exchangeRate: Decimal }>,
): Promise<void> {
  const goods = lines.filter((l) => l.stocked && l.type === 'item')
  if (goods.length === 0) return
  const receipts = await loadReceipts(tx, ctx, goods)
  const before = new Map(receipts.map((r) => [r.shipmentLineId, { ...r }]))
  const digits = ctx.company.minorDigits
  const smallest = smallestUnit(digits)
  const changes: NewValue[] = []
  for (const line of goods) {
    const orderLine = line.orderLineId === null ? undefined : orderLines.get(line.orderLineId)
    // Goods of an order were received at the order's rate; only the price may correct them, not the rate.
    const rate = orderLine?.exchangeRate ?? bill.exchangeRate
    const samePrice =
      orderLine !== undefined &&
      line.net.times(orderLine.baseQuantity).eq(orderLine.net.times(line.baseQuantity))
    const value = roundMoney(line.net.times(rate), digits)
    let done = { quantity: zero, amount: zero }
    const own = (receipt: ReceiptLine): number => Number(receipt.shipmentLineId !== line.shipmentLineId)
    for (const receipt of receipts.filter((r) => isFor(r, line)).toSorted((a, b) => own(a) - own(b))) {
      const unbilled = max(receipt.quantity.minus(receipt.invoiced), zero)
      const part = min(line.baseQuantity.minus(done.quantity), unbilled)
      if (!part.gt(zero)) continue
      const asBilled = partOf({ quantity: line.baseQuantity, amount: value }, done, part, digits)
      done = { quantity: done.quantity.plus(part), amount: done.amount.plus(asBilled) }
      const rest = { quantity: unbilled, amount: receipt.value.minus(receipt.invoicedValue) }
      const booked = partOf(rest, { quantity: zero, amount: zero }, part, digits)
      // A cent between parts of one price is rounding; it is no reason to value anything anew.
      const off = asBilled.minus(booked)
      const right = samePrice && off.abs().lte(smallest) ? booked : asBilled
      receipt.invoiced = receipt.invoiced.plus(part)
      receipt.invoicedValue = receipt.invoicedValue.plus(right)
      if (!right.eq(booked)) changes.push(...onMoves(receipt, off, line.id, digits))
    }
  }
  countBilled(tx, ctx, receipts, before)
  await revalue(tx, ctx, merged(changes))
}

/**
 * A vendor's credit takes from what is billed: goods that no bill counts for any more can be billed again,
 * the newest first. What they are worth stays until then.
 */
export async function unbillReceipts(
  tx: Transaction,
  ctx: Context,
  lines: readonly InvoiceLineRow[],
  corrected: readonly InvoiceLineRow[],
  orderLines: ReadonlyMap<string, { invoiced: Decimal; credited: Decimal }>,
): Promise<void> {
  const credits = lines.flatMap((line) => {
    const billed = corrected.find((l) => l.id === line.correctsLineId)
    if (line.type !== 'item' || !line.stocked || !billed) return []
    return [
      { orderLineId: billed.orderLineId, shipmentLineId: billed.shipmentLineId, base: line.baseQuantity },
    ]
  })
  if (credits.length === 0) return
  const receipts = (await loadReceipts(tx, ctx, credits)).toReversed()
  const before = new Map(receipts.map((r) => [r.shipmentLineId, { ...r }]))
  const credited = new Map<string, Decimal>()
  for (const credit of credits) {
    const of = receipts.filter((r) => isFor(r, credit))
    let excess = credit.base
    const orderLine = credit.orderLineId === null ? undefined : orderLines.get(credit.orderLineId)
    if (orderLine) {
      // What was billed beyond the receipts goes first.
      const all = (credited.get(credit.orderLineId!) ?? zero).plus(credit.base)
      credited.set(credit.orderLineId!, all)
      const billed = max(orderLine.invoiced.minus(orderLine.credited).minus(all), zero)
      excess = sum(of.map((r) => r.invoiced)).minus(billed)
    }
    for (const receipt of of) {
      const part = min(excess, receipt.invoiced)
      if (!part.gt(zero)) continue
      const all = { quantity: receipt.invoiced, amount: receipt.invoicedValue }
      const value = partOf(all, { quantity: zero, amount: zero }, part, ctx.company.minorDigits)
      receipt.invoiced = receipt.invoiced.minus(part)
      receipt.invoicedValue = receipt.invoicedValue.minus(value)
      excess = excess.minus(part)
    }
  }
  countBilled(tx, ctx, receipts, before)
}

function countBilled(
  tx: Transaction,
  ctx: Context,
  receipts: readonly ReceiptLine[],
  before: ReadonlyMap<string, ReceiptLine>,
): void {
  const rows = receipts.map((receipt) => {
    const was = before.get(receipt.shipmentLineId)!
    return {
      id: receipt.shipmentLineId,
      invoiced: receipt.invoiced.minus(was.invoiced),
      invoicedValue: receipt.invoicedValue.minus(was.invoicedValue),
    }
  })
  const changed = rows.filter((row) => !row.invoiced.eq(zero) || !row.invoicedValue.eq(zero))
  if (changed.length > 0) tx.write(addShipmentProgress, { companyId: ctx.company.id, rows: changed })
}

/** Spreads a correction over the moves of a receipt line (its lots, its rejected part) by quantity. */
function onMoves(receipt: ReceiptLine, off: Decimal, invoiceLineId: string, digits: number): NewValue[] {
  const parts = spread(
    off,
    receipt.moves.map((m) => m.quantity),
    digits,
  )
  receipt.value = receipt.value.plus(off)
  return receipt.moves.map((move, i) => {
    move.value = move.value.plus(parts[i]!)
    return { moveId: move.moveId, value: move.value, invoiceLineId }
  })
}

/** The last value of each move: two lines of a bill may correct one receipt. */
function merged(changes: readonly NewValue[]): NewValue[] {
  return [...new Map(changes.map((c) => [c.moveId, c])).values()]
}
