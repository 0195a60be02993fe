import { findRulesBefore, refuseOutgrown } from '../approvals/index.ts'
import { inUnit, toBase } from '../catalogue/index.ts'
import { refuseStale } from '../kernel/guards.ts'
import type { Context } from '../kernel/context.ts'
import { type Decimal, decimal, sum, zero } from '../kernel/decimal.ts'
import { conflict, notFound, ruleBroken } from '../kernel/problem.ts'
import { rowsParameter, sql, statement } from '../kernel/sql.ts'
import { type ReadBack, type Transaction, readBack } from '../kernel/transaction.ts'
import { recordEvents } from '../journal/events.ts'
import { type OrderKind, describeOrder } from '../kinds.ts'
import { type StockState, loadStock, saveStock } from '../stock/index.ts'
import { type Totals, lineAmount } from '../totals.ts'
import { totalsOf } from './draft-lines.ts'
import { promiseLines } from './confirm-order.ts'
import { presentOrder } from './present-order.ts'
import {
  type OrderLineRow,
  type OrderRow,
  lockOrder,
  refreshOrder,
  selectOrderLines,
  storeTaxTotals,
} from './records.ts'
import type { OrderAmendment, OrderOut } from './schemas.ts'
import { releaseReader } from './stock-of-order.ts'

const updateLines = statement(
  'amend_order_lines',
  {},
  (p: { companyId: string; rows: readonly object[] }) => sql`
    update order_lines l set quantity = d.quantity, base_quantity = d.base_quantity, unit_price = d.unit_price, price_source = d.price_source,
      expected_date = d.expected_date, amount = d.amount, net = d.net, tax = d.tax
    from json_to_recordset(${rowsParameter(p.rows)}::json) as d(id uuid, quantity numeric, base_quantity numeric, unit_price numeric,
      price_source text, expected_date date, amount numeric, net numeric, tax numeric)
    where l.company_id = ${p.companyId} and l.id = d.id`,
)

const updateHead = statement(
  'amend_order',
  {},
  (p: { companyId: string; id: string; rows: readonly object[] }) => sql`
    update orders o set expected_date = d.expected_date, priority = d.priority, reference = d.reference, notes = d.notes,
      net = d.net, tax = d.tax, gross = d.gross, taxes = d.taxes
    from json_to_recordset(${rowsParameter(p.rows)}::json) as d(expected_date date, priority integer, reference text, notes text,
      net numeric, tax numeric, gross numeric, taxes jsonb)
    where o.company_id = ${p.companyId} and o.id = ${p.id}`,
)

/** Changes a confirmed order: quantities never below what is done, and only what is held follows. */
export async function amendOrder(
  tx: Transaction,
  ctx: Context,
  kind: OrderKind,
  id: string,
  change: OrderAmendment,
  ifMatch: number | null,
): Promise<ReadBack<OrderOut>> {
  const p = { companyId: ctx.company.id, id }
  const [order, lines, stock, before] = await Promise.all([
    tx.maybe(lockOrder, p),
    tx.all(selectOrderLines, p),
    loadStock(tx, ctx, releaseReader, id),
    findRulesBefore(tx, ctx, kind),
  ])
  const description = describeOrder(kind)
  if (!order || order.kind !== kind) throw notFound(description.title)
  refuseStale(order.version, ifMatch)
  if (order.state !== 'confirmed') {
    throw conflict(
      'wrong-state',
      `This ${description.title} is ${order.state}; only a confirmed one is amended. Change a draft by editing it.`,
    )
  }
  const was = before.length === 0 ? null : await presentOrder(tx, ctx, kind, id)
  const head = {
    ...order,
    expectedDate: change.expectedDate === undefined ? order.expectedDate : change.expectedDate,
    priority: change.priority ?? order.priority,
    reference: change.reference === undefined ? order.reference : change.reference,
    notes: change.notes === undefined ? order.notes : change.notes,
  }
  const amended = lines.map((line) => ({ ...line }))
  for (const [i, entry] of (change.lines ?? []).entries()) {
    const line = amended.find((l) => l.id === entry.id)
    if (!line) throw ruleBroken('unknown-line', `/lines/${i}/id`, 'This order has no such line.')
    if (entry.quantity !== undefined) setQuantity(line, decimal(entry.quantity), `/lines/${i}/quantity`)
    if (entry.unitPrice !== undefined) {
      if (!line.invoiced.eq(zero)) {
        throw ruleBroken(
          'invoiced',
          `/lines/${i}/unitPrice`,
          'A part is invoiced at the old price. Correct the invoice by a credit note instead.',
        )
      }
      line.unitPrice = decimal(entry.unitPrice)
      line.priceSource = 'hand'
    }
    if (entry.expectedDate !== undefined) line.expectedDate = entry.expectedDate
  }
  const totals = amendedTotals(head, lines, amended)
  for (const [i, line] of amended.entries()) follow(ctx, kind, head, lines[i]!, line, stock)
  saveStock(tx, ctx, stock)
  tx.write(updateLines, {
    companyId: ctx.company.id,
    rows: amended.map((l, i) => ({
      id: l.id,
      quantity: l.quantity,
      baseQuantity: l.baseQuantity,
      unitPrice: l.unitPrice,
      priceSource: l.priceSource,
      expectedDate: l.expectedDate,
      ...totals.lines[i]!,
    })),
  })
  const { expectedDate, priority, reference, notes } = head
  const { net, tax, gross } = totals
  tx.write(updateHead, {
    ...p,
    rows: [
      { expectedDate, priority, reference, notes, net, tax, gross, taxes: storeTaxTotals(totals.taxes) },
    ],
  })
  tx.write(refreshOrder, p)
  await refuseOutgrown(tx, ctx, before, was, () => presentOrder(tx, ctx, kind, id))
  const shown = (of: OrderLineRow[]): object[] =>
    of.map((l) => ({ id: l.id, quantity: l.quantity, unitPrice: l.unitPrice, expectedDate: l.expectedDate }))
  recordEvents(tx, ctx, [
    {
      type: `${kind}.amended`,
      objectKind: kind,
      objectId: id,
      before: {
        gross: order.gross,
        priority: order.priority,
        expectedDate: order.expectedDate,
        lines: shown(lines),
      },
      after: { gross, priority, expectedDate, lines: shown(amended) },
    },
  ])
  return readBack(() => presentOrder(tx, ctx, kind, id))
}

/**
 * Totals of the amended lines. What is invoiced keeps its amount, with its share of the document discount:
 * the rest of the order must not move by a cent what stands on an invoice already.
 */
function amendedTotals(
  order: OrderRow,
  lines: readonly OrderLineRow[],
  amended: readonly OrderLineRow[],
): Totals {
  const drafts = amended.map((line, i) => {
    const kept = !line.invoiced.eq(zero) && line.baseQuantity.eq(lines[i]!.baseQuantity)
    const taxes = line.taxes.map((t) => ({ ...t, rate: decimal(t.rate) }))
    return { ...line, taxes, ...(kept && { fixedAmount: line.amount }) }
  })
  const given = drafts.map((line) =>
    line.fixedAmount === undefined ? zero : lineAmount(line, order.minorDigits).minus(line.fixedAmount),
  )
  const discountAmount = order.discountAmount.gt(zero)
    ? order.discountAmount.minus(sum(given))
    : order.discountAmount
  return totalsOf({ ...order, discountAmount, taxRounding: order.taxRounding as 'document' | 'line' }, drafts)
}

function setQuantity(line: OrderLineRow, quantity: Decimal, pointer: string): void {
  const base = toBase(quantity, line, pointer)
  const shipped = line.shipped.minus(line.returnedReplace)
  const invoiced = line.invoiced.minus(line.credited)
  const done = shipped.gt(invoiced) ? shipped : invoiced
  if (base.lt(done) || !base.gt(zero)) {
    throw ruleBroken(
      'below-done',
      pointer,
      `At least ${inUnit(done, line).toFixed()}: that much is delivered, received or invoiced already.`,
    )
  }
  line.quantity = quantity
  line.baseQuantity = base
  const open = base.minus(line.cancelled).minus(line.shipped).plus(line.returnedReplace)
  line.openQuantity = line.stocked && open.gt(zero) ? open : zero
}

/** The promise follows the line: what is more is held, what is less is given back. */
function follow(
  ctx: Context,
  kind: OrderKind,
  order: OrderRow,
  was: OrderLineRow,
  line: OrderLineRow,
  stock: StockState,
): void {
  if (!line.stocked) return
  const change = line.openQuantity.minus(was.openQuantity)
  if (kind === 'purchase-order') {
    if (!change.eq(zero)) stock.announce(line.productId!, order.warehouseId, change)
    return
  }
  for (const demand of stock.demandsOf(line.id)) {
    demand.priority = order.priority
    demand.dueOn = line.expectedDate ?? order.expectedDate ?? order.date
    stock.dirtyDemands.add(`${demand.sourceLineId} ${demand.warehouseId}`)
  }
  if (change.gt(zero))
    promiseLines(ctx, order, [{ ...line, openQuantity: change, reservationLineId: null }], stock)
  let less = change.neg()
  for (const demand of stock.demandsOf(line.id)) {
    if (!less.gt(zero)) break
    const given = less.lt(demand.wanted) ? less : demand.wanted
    stock.lower(demand, given)
    stock.allocateWaiting(demand.productId, demand.warehouseId)
    less = less.minus(given)
  }
}
