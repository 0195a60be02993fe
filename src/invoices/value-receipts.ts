import type { Context } from '../kernel/context.ts'
import { type Decimal, max, min, zero } from '../kernel/decimal.ts'
import { partOf, roundMoney, spread } from '../kernel/money.ts'
import { sql, statement } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { addShipmentProgress } from '../shipments/index.ts'
import { type NewValue, revalue } from '../stock/index.ts'
import type { InvoiceLineRow } from './records.ts'

const selectReceipts = statement(
  'select_receipts_of_bill',
  {
    moveId: 'uuid',
    shipmentLineId: 'uuid',
    orderLineId: 'uuid?',
    quantity: 'numeric',
    value: 'numeric',
    lineQuantity: 'numeric',
    invoiced: 'numeric',
  },
  (p: { companyId: string; id: string }) => sql`
    select m.id as move_id, sl.id as shipment_line_id, sl.order_line_id, m.quantity,
      m.value + coalesce((select sum(c.value_change) from stock_value_corrections c where c.company_id = m.company_id and c.move_id = m.id and c.direction = 'in' and c.cause <> 'negative-stock'), 0) as value,
      sl.base_quantity + sl.rejected_base_quantity as line_quantity, sl.invoiced
    from shipment_lines sl
    join shipments s on s.company_id = sl.company_id and s.id = sl.shipment_id and s.kind = 'receipt-note' and s.state = 'posted'
    join stock_moves m on m.company_id = sl.company_id and m.shipment_id = s.id and m.shipment_line_id = sl.id and m.reverses_id is null
      and not exists (select from stock_moves u where u.company_id = m.company_id and u.reverses_id = m.id)
    where sl.company_id = ${p.companyId} and sl.id = any(array(
      select l.shipment_line_id from invoice_lines l where l.company_id = ${p.companyId} and l.invoice_id = ${p.id}
      union select x.id from shipment_lines x where x.company_id = ${p.companyId} and x.order_line_id = any(array(
        select l.order_line_id from invoice_lines l where l.company_id = ${p.companyId} and l.invoice_id = ${p.id} and l.shipment_line_id is null))))
    order by m.id`,
)

interface ReceiptLine {
  readonly shipmentLineId: string
  readonly orderLineId: string | null
  readonly quantity: Decimal
  readonly value: Decimal
  invoiced: Decimal
  readonly moves: { moveId: string; quantity: Decimal; value: Decimal }[]
}

/**
 * A bill says what the goods really cost. Where its price is not the one they were received at, the receipt
 * is valued anew, and everything that was issued from it since (S22). Which goods are billed is counted on
 * the receipt lines, oldest receipt first.
 */
export async function valueReceipts(
  tx: Transaction,
  ctx: Context,
  bill: { id: string; exchangeRate: Decimal },
  lines: readonly InvoiceLineRow[],
  orderLines: ReadonlyMap<string, { baseQuantity: Decimal; net: Decimal; exchangeRate: Decimal }>,
): Promise<void> {
  if (!lines.some((l) => l.stocked && l.type === 'item')) return
  const receipts = receiptLines(await tx.all(selectReceipts, { companyId: ctx.company.id, id: bill.id }))
  const digits = ctx.company.minorDigits
  const billed = new Map<string, Decimal>()
  const changes: NewValue[] = []
  for (const line of lines) {
    if (!line.stocked || line.type !== 'item') continue
    const orderLine = line.orderLineId === null ? undefined : orderLines.get(line.orderLineId)
    // Goods of an order were received at the order's rate; only the price may correct them, not the rate.
    const rate = orderLine?.exchangeRate ?? bill.exchangeRate
    const samePrice =
      orderLine !== undefined &&
      line.net.times(orderLine.baseQuantity).eq(orderLine.net.times(line.baseQuantity))
    const value = roundMoney(line.net.times(rate), digits)
    let done = { quantity: zero, amount: zero }
    for (const receipt of receipts) {
      if (
        line.shipmentLineId === null
          ? receipt.orderLineId !== line.orderLineId
          : receipt.shipmentLineId !== line.shipmentLineId
      )
        continue
      const part = min(
        line.baseQuantity.minus(done.quantity),
        max(receipt.quantity.minus(receipt.invoiced), zero),
      )
      if (!part.gt(zero)) continue
      const right = partOf({ quantity: line.baseQuantity, amount: value }, done, part, digits)
      const booked = partOf(
        { quantity: receipt.quantity, amount: receipt.value },
        {
          quantity: receipt.invoiced,
          amount: roundMoney(receipt.value.times(receipt.invoiced).div(receipt.quantity), digits),
        },
        part,
        digits,
      )
      done = { quantity: done.quantity.plus(part), amount: done.amount.plus(right) }
      receipt.invoiced = receipt.invoiced.plus(part)
      billed.set(receipt.shipmentLineId, (billed.get(receipt.shipmentLineId) ?? zero).plus(part))
      const off = right.minus(booked)
      if (!samePrice && !off.eq(zero)) changes.push(...onMoves(receipt, off, line.id, digits))
    }
  }
  if (billed.size > 0) {
    tx.write(addShipmentProgress, {
      companyId: ctx.company.id,
      rows: [...billed].map(([id, invoiced]) => ({ id, invoiced })),
    })
  }
  await revalue(tx, ctx, merged(changes))
}

function receiptLines(
  rows: readonly {
    moveId: string
    shipmentLineId: string
    orderLineId: string | null
    quantity: Decimal
    value: Decimal
    invoiced: Decimal
  }[],
): ReceiptLine[] {
  const lines = new Map<string, ReceiptLine>()
  for (const row of rows) {
    const known = lines.get(row.shipmentLineId)
    const move = { moveId: row.moveId, quantity: row.quantity, value: row.value }
    lines.set(row.shipmentLineId, {
      shipmentLineId: row.shipmentLineId,
      orderLineId: row.orderLineId,
      quantity: (known?.quantity ?? zero).plus(row.quantity),
      value: (known?.value ?? zero).plus(row.value),
      invoiced: row.invoiced,
      moves: [...(known?.moves ?? []), move],
    })
  }
  return [...lines.values()]
}

/** Spreads a correction over the moves of a receipt line (its lots, its rejected part) by quantity. */
function onMoves(receipt: ReceiptLine, off: Decimal, invoiceLineId: string, digits: number): NewValue[] {
  const parts = spread(
    off,
    receipt.moves.map((m) => m.quantity),
    digits,
  )
  return receipt.moves.map((move, i) => {
    move.value = move.value.plus(parts[i]!)
    return { moveId: move.moveId, value: move.value, invoiceLineId }
  })
}

/** The last value of each move: two lines of a bill may correct one receipt. */
function merged(changes: readonly NewValue[]): NewValue[] {
  return [...new Map(changes.map((c) => [c.moveId, c])).values()]
}
