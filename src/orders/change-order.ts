import { refuseStale } from '../kernel/guards.ts'
import type { Context } from '../kernel/context.ts'
import { conflict, notFound } from '../kernel/problem.ts'
import { sql, statement } from '../kernel/sql.ts'
import { type ReadBack, type Transaction, readBack } from '../kernel/transaction.ts'
import { difference, recordEvents } from '../journal/events.ts'
import { type OrderKind, describeOrder } from '../kinds.ts'
import { prepareOrder, writeLines } from './create-order.ts'
import { presentOrder } from './present-order.ts'
import { type OrderLineRow, type OrderRow, lockOrder, selectOrderLines, storeTaxTotals } from './records.ts'
import type { OrderChange, OrderInput, OrderOut } from './schemas.ts'

const deleteLines = statement(
  'delete_order_lines',
  {},
  (p: { companyId: string; id: string }) =>
    sql`delete from order_lines where company_id = ${p.companyId} and order_id = ${p.id}`,
)

const deleteOrderRow = statement(
  'delete_order',
  {},
  (p: { companyId: string; id: string }) =>
    sql`delete from orders where company_id = ${p.companyId} and id = ${p.id} and state = 'draft'`,
)

const updateDraft = statement(
  'update_order_draft',
  {},
  (p: { companyId: string; id: string; row: object }) => sql`
    update orders o set party_id = d.party_id, party = d.party, warehouse_id = d.warehouse_id, currency = d.currency,
      exchange_rate = d.exchange_rate, minor_digits = d.minor_digits, prices_include_tax = d.prices_include_tax,
      tax_rounding = d.tax_rounding, price_book_id = d.price_book_id, date = d.date, expected_date = d.expected_date,
      reference = d.reference, delivery_address = d.delivery_address, notes = d.notes, payment_term_days = d.payment_term_days, priority = d.priority,
      back_orders = d.back_orders, discount_percent = d.discount_percent, discount_amount = d.discount_amount,
      net = d.net, tax = d.tax, gross = d.gross, taxes = d.taxes, version = o.version + 1
    from json_to_record(${JSON.stringify(p.row)}::json) as d(party_id uuid, party jsonb, warehouse_id uuid, currency text, exchange_rate numeric,
      minor_digits smallint, prices_include_tax boolean, tax_rounding text, price_book_id uuid, date date, expected_date date, reference text, delivery_address jsonb,
      notes text, payment_term_days integer, priority integer, back_orders boolean, discount_percent numeric, discount_amount numeric,
      net numeric, tax numeric, gross numeric, taxes jsonb)
    where o.company_id = ${p.companyId} and o.id = ${p.id} and o.state = 'draft'`,
)

/** Changes a draft. What is left out stays as it is; prices that were set stay too (S19). */
export async function changeOrder(
  tx: Transaction,
  ctx: Context,
  kind: OrderKind,
  id: string,
  change: OrderChange,
  ifMatch: number | null,
): Promise<ReadBack<OrderOut>> {
  const p = { companyId: ctx.company.id, id }
  const [order, oldLines] = await Promise.all([tx.maybe(lockOrder, p), tx.all(selectOrderLines, p)])
  requireDraft(kind, order, ifMatch)
  const keepsRate =
    change.exchangeRate === undefined && (change.currency ?? order.currency) === order.currency
  const input: OrderInput = {
    partyId: change.partyId ?? order.partyId,
    warehouseId: change.warehouseId ?? order.warehouseId,
    currency: change.currency ?? order.currency,
    // The rate follows the date; a rate entered by hand would have to be entered again with a new date.
    exchangeRate:
      keepsRate && (change.orderDate ?? order.date) === order.date
        ? order.exchangeRate.toFixed()
        : change.exchangeRate,
    pricesIncludeTax: change.pricesIncludeTax ?? order.pricesIncludeTax,
    taxRounding: change.taxRounding ?? (order.taxRounding as 'document' | 'line'),
    priceBookId: change.priceBookId === undefined ? order.priceBookId : change.priceBookId,
    orderDate: change.orderDate ?? order.date,
    expectedDate: change.expectedDate === undefined ? order.expectedDate : change.expectedDate,
    reference: change.reference === undefined ? order.reference : change.reference,
    // That of another customer is not where these goods go.
    deliveryAddress:
      change.deliveryAddress === undefined && (change.partyId ?? order.partyId) === order.partyId
        ? order.deliveryAddress
        : change.deliveryAddress,
    notes: change.notes === undefined ? order.notes : change.notes,
    paymentTermDays: change.paymentTermDays ?? order.paymentTermDays,
    priority: change.priority ?? order.priority,
    backOrders: change.backOrders === undefined ? order.backOrders : change.backOrders,
    discountPercent:
      change.discountPercent ??
      (change.discountAmount === undefined ? order.discountPercent.toFixed() : undefined),
    discountAmount:
      change.discountAmount ??
      (change.discountPercent === undefined ? order.discountAmount.toFixed() : undefined),
    lines:
      change.lines ??
      oldLines.map((line) => ({
        productId: line.productId,
        description: line.description,
        quantity: line.quantity.toFixed(),
        unit: line.unit,
        unitPrice: line.unitPrice.toFixed(),
        discountPercent: line.discountPercent.toFixed(),
        taxIds: line.taxes.map((t) => t.id),
        expectedDate: line.expectedDate,
        tolerancePercent: line.tolerancePercent.toFixed(),
      })),
  }
  const { head, lines, totals } = await prepareOrder(tx, ctx, kind, input)
  tx.write(deleteLines, p)
  const from =
    order.reservationId === null
      ? null
      : { reservationId: order.reservationId, lineIds: keptHolds(oldLines, lines) }
  void writeLines(tx, ctx, kind, id, input, lines, totals, from)
  const row = {
    ...head,
    net: totals.net,
    tax: totals.tax,
    gross: totals.gross,
    taxes: storeTaxTotals(totals.taxes),
  }
  tx.write(updateDraft, { ...p, row: snakeRow(row) })
  recordEvents(tx, ctx, [
    {
      type: `${kind}.changed`,
      objectKind: kind,
      objectId: id,
      ...difference(comparable(order, oldLines), comparable(row, lines)),
    },
  ])
  return readBack(() => presentOrder(tx, ctx, kind, id))
}

/** New lines of the same products keep what a reservation holds for the order; by index of the new lines. */
function keptHolds(
  old: readonly OrderLineRow[],
  lines: readonly { readonly productId: string | null }[],
): (string | null)[] {
  const unused = old.filter((line) => line.reservationLineId !== null)
  return lines.map(({ productId }) => {
    const found = unused.findIndex((line) => line.productId === productId)
    return found < 0 ? null : unused.splice(found, 1)[0]!.reservationLineId
  })
}

export async function deleteOrder(
  tx: Transaction,
  ctx: Context,
  kind: OrderKind,
  id: string,
  ifMatch: number | null,
): Promise<undefined> {
  const p = { companyId: ctx.company.id, id }
  const order = await tx.maybe(lockOrder, p)
  requireDraft(kind, order, ifMatch)
  tx.write(deleteOrderRow, p)
  recordEvents(tx, ctx, [
    {
      type: `${kind}.deleted`,
      objectKind: kind,
      objectId: id,
      before: { partyId: order.partyId, gross: order.gross },
    },
  ])
  return undefined
}

function requireDraft(
  kind: OrderKind,
  order: OrderRow | null,
  ifMatch: number | null,
): asserts order is OrderRow {
  const { title } = describeOrder(kind)
  if (!order || order.kind !== kind) throw notFound(title)
  refuseStale(order.version, ifMatch)
  if (order.state !== 'draft') {
    throw conflict(
      'wrong-state',
      `This ${title} is ${order.state}; only a draft can be changed or deleted. Amend a confirmed one.`,
    )
  }
}

function snakeRow(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([k, v]) => [k.replace(/[A-Z]/g, (c) => '_' + c.toLowerCase()), v]),
  )
}

/** The fields that the audit compares. */
function comparable(
  head: Record<string, unknown>,
  lines: readonly {
    description: string
    quantity: unknown
    unit: string
    unitPrice: unknown
    discountPercent: unknown
  }[],
): object {
  const {
    partyId,
    warehouseId,
    currency,
    exchangeRate,
    date,
    expectedDate,
    reference,
    deliveryAddress,
    notes,
    priority,
    backOrders,
  } = head
  const { discountPercent, discountAmount, gross } = head
  return {
    partyId,
    warehouseId,
    currency,
    exchangeRate,
    date,
    expectedDate,
    reference,
    deliveryAddress,
    notes,
    priority,
    backOrders,
    discountPercent,
    discountAmount,
    gross,
    lines: lines.map((l) => ({
      description: l.description,
      quantity: l.quantity,
      unit: l.unit,
      unitPrice: l.unitPrice,
      discountPercent: l.discountPercent,
    })),
  }
}
