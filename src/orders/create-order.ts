import { askEarlyForRulesBefore } from '../approvals/index.ts'
import { modeOfNewDocument } from '../catalogue/index.ts'
import type { Context } from '../kernel/context.ts'
import { decimal, zero } from '../kernel/decimal.ts'
import { newId } from '../kernel/ids.ts'
import { Made, type Transaction, awaitedLater } from '../kernel/transaction.ts'
import { recordEventsLater } from '../journal/events.ts'
import { madeBy } from '../journal/made-by.ts'
import { type OrderKind, describeOrder } from '../kinds.ts'
import type { Totals } from '../totals.ts'
import { type DraftLine, buildLines, loadLineData, totalsOf } from './draft-lines.ts'
import {
  deliveryAddress,
  requireCurrency,
  requireParty,
  requireRate,
  requireWarehouse,
  snapshot,
} from './head.ts'
import { type KnownOfOrder, presentOrder } from './present-order.ts'
import {
  type OrderLineRow,
  insertOrder,
  insertOrderLines,
  nothingDone,
  storeTaxTotals,
  storeTaxes,
} from './records.ts'
import type { OrderInput, OrderOut } from './schemas.ts'

/** Lines that a reservation turns into an order keep the hold: by index of the input's lines. */
export interface FromReservation {
  readonly reservationId: string
  readonly lineIds: readonly (string | null)[]
}

/** Makes a draft. It promises nothing until it is confirmed and has no number until then (R15). */
export async function createOrder(
  tx: Transaction,
  ctx: Context,
  kind: OrderKind,
  input: OrderInput,
  from: FromReservation | null = null,
): Promise<Made<OrderOut>> {
  const id = newId()
  const { head, warehouse, lines, totals } = await prepareOrder(tx, ctx, kind, input)
  const { createdBy, createdByUser } = madeBy(ctx)
  const order = {
    id,
    kind,
    number: null,
    state: 'draft',
    ...head,
    net: totals.net,
    tax: totals.tax,
    gross: totals.gross,
    taxes: storeTaxTotals(totals.taxes),
    fulfilment: 'none',
    invoicing: 'none',
    returned: 'none',
    reservationId: from?.reservationId ?? null,
    version: 1,
    createdAt: ctx.now,
    createdBy,
  }
  tx.write(insertOrder, { rows: [{ companyId: ctx.company.id, ...order, createdByUser }] })
  const written = writeLines(tx, ctx, kind, id, input, lines, totals, from)
  recordEventsLater(tx, ctx, [
    {
      type: `${kind}.created`,
      objectKind: kind,
      objectId: id,
      after: { state: 'draft', partyId: input.partyId, gross: totals.gross },
    },
  ])
  const { name: warehouseName, allowNegative } = warehouse
  const known: KnownOfOrder = {
    order: { ...order, warehouseName, allowNegative },
    lines: written,
    ...(from === null && { reserved: new Map(), alone: true }),
  }
  return new Made(id, () => presentOrder(tx, ctx, kind, id, known))
}

/** Reads and checks everything that a draft stands on; used to make one and to change one. */
export async function prepareOrder(tx: Transaction, ctx: Context, kind: OrderKind, input: OrderInput) {
  const { side } = describeOrder(kind)
  const date = input.orderDate ?? ctx.today
  askEarlyForRulesBefore(tx, ctx, kind)
  const [party, warehouse, data] = await Promise.all([
    requireParty(tx, ctx, input.partyId, side),
    requireWarehouse(tx, ctx, input.warehouseId),
    loadLineData(tx, ctx, input.lines),
  ])
  const code = input.currency ?? party.currency ?? ctx.company.currency
  const priceBookId = input.priceBookId ?? null
  const pricing = {
    side: side === 'customer' ? ('sales' as const) : ('purchase' as const),
    currency: code,
    date,
  }
  const books = [priceBookId, party.priceBookId]
  const pricesIncludeTax = input.pricesIncludeTax ?? (await modeOfNewDocument(tx, ctx, { ...pricing, books }))
  const [currency, exchangeRate, lines] = await Promise.all([
    requireCurrency(tx, ctx, code),
    requireRate(tx, ctx, code, date, input.exchangeRate),
    buildLines(tx, ctx, input.lines, data, { ...pricing, partyId: party.id, priceBookId, pricesIncludeTax }),
  ])
  const head = {
    partyId: party.id,
    party: snapshot(party),
    warehouseId: warehouse.id,
    currency: code,
    exchangeRate,
    minorDigits: currency.minorDigits,
    pricesIncludeTax,
    taxRounding: input.taxRounding ?? ctx.company.taxRounding,
    priceBookId,
    date,
    expectedDate: input.expectedDate ?? null,
    reference: input.reference ?? null,
    deliveryAddress: deliveryAddress(kind, party, input.deliveryAddress),
    notes: input.notes ?? null,
    paymentTermDays: input.paymentTermDays ?? party.paymentTermDays ?? ctx.company.paymentTermDays,
    priority: input.priority ?? 0,
    backOrders: input.backOrders ?? null,
    discountPercent: decimal(input.discountPercent ?? '0'),
    discountAmount: decimal(input.discountAmount ?? '0'),
  }
  return { head, warehouse, lines, totals: totalsOf(head, lines) }
}

/** @returns the lines as they are stored, with what is computed there */
export function writeLines(
  tx: Transaction,
  ctx: Context,
  kind: OrderKind,
  orderId: string,
  input: OrderInput,
  lines: readonly DraftLine[],
  totals: Totals,
  from: FromReservation | null,
): Promise<OrderLineRow[]> {
  const tolerance =
    kind === 'sales-order' ? ctx.company.salesTolerancePercent : ctx.company.purchaseTolerancePercent
  const written = tx.all(insertOrderLines, {
    rows: lines.map(({ product, ...line }, i) => ({
      companyId: ctx.company.id,
      id: newId(),
      orderId,
      kind,
      position: i + 1,
      ...line,
      taxes: storeTaxes(line.taxes),
      amount: totals.lines[i]!.amount,
      net: totals.lines[i]!.net,
      tax: totals.lines[i]!.tax,
      expectedDate: input.lines[i]!.expectedDate ?? null,
      tolerancePercent:
        input.lines[i]!.tolerancePercent ?? product?.tolerancePercent ?? (line.stocked ? tolerance : zero),
      reservationLineId: from?.lineIds[i] ?? null,
      ...nothingDone,
    })),
  })
  return awaitedLater(written.then((rows) => rows.toSorted((a, b) => a.position - b.position)))
}
