import type { Context } from '../kernel/context.ts'
import { notFound } from '../kernel/problem.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { type InvoiceKind, describeInvoice } from '../kinds.ts'
import { type ShipmentLineRow, selectShipmentLinesOfInvoice } from '../shipments/index.ts'
import {
  type CreditedTax,
  type InvoiceLineRow,
  type InvoiceRow,
  type PartAtOrderPrice,
  lockCorrected,
  lockInvoice,
  lockOrdersOfInvoice,
  lockShipmentsOfInvoice,
  selectCorrectedLines,
  selectCreditedTaxes,
  selectInvoiceLines,
  selectLinesBehind,
  selectOrderLinesOfInvoice,
  selectPartsOfInvoice,
} from './records.ts'
import type { FreshInvoice } from './write-invoice.ts'

/** Everything that posting decides on, read under lock. */
export interface Loaded {
  readonly invoice: InvoiceRow
  readonly lines: readonly InvoiceLineRow[]
  readonly corrected: InvoiceRow | null
  readonly correctedLines: readonly InvoiceLineRow[]
  readonly creditedTaxes: readonly CreditedTax[]
  readonly shipmentLines: readonly ShipmentLineRow[]
  readonly parts: readonly PartAtOrderPrice[]
  readonly behind: ReadonlyMap<string, InvoiceLineRow>
  readonly orderLines: ReadonlyMap<string, Awaited<ReturnType<typeof loadOrderLines>>[number]>
}

function loadOrderLines(tx: Transaction, companyId: string, id: string) {
  return tx.all(selectOrderLinesOfInvoice, { companyId, id })
}

/** Locks the chain from its root and reads what posting decides on: one burst. */
export async function load(
  tx: Transaction,
  ctx: Context,
  kind: InvoiceKind,
  id: string,
): Promise<{ orderIds: readonly string[]; loaded: Loaded }> {
  const p = { companyId: ctx.company.id, id }
  const { role, title } = describeInvoice(kind)
  const [
    orders,
    ,
    corrected,
    invoice,
    lines,
    behind,
    orderLines,
    correctedLines,
    creditedTaxes,
    shipmentLines,
    parts,
  ] = await Promise.all([
    tx.all(lockOrdersOfInvoice, p),
    tx.all(lockShipmentsOfInvoice, p),
    tx.maybe(lockCorrected, p),
    tx.maybe(lockInvoice, p),
    tx.all(selectInvoiceLines, p),
    tx.all(selectLinesBehind, p),
    loadOrderLines(tx, ctx.company.id, id),
    role === 'credit' ? tx.all(selectCorrectedLines, p) : [],
    role === 'credit' ? tx.all(selectCreditedTaxes, p) : [],
    kind === 'bill' ? [] : tx.all(selectShipmentLinesOfInvoice, p),
    role === 'claim' ? tx.all(selectPartsOfInvoice, p) : [],
  ])
  if (!invoice || invoice.kind !== kind) throw notFound(title)
  const loaded: Loaded = {
    invoice,
    lines,
    corrected,
    correctedLines,
    creditedTaxes,
    shipmentLines,
    parts,
    behind: new Map(behind.map((l) => [l.id, l])),
    orderLines: new Map(orderLines.map((l) => [l.id, l])),
  }
  return { orderIds: orders.map((order) => order.id), loaded }
}

/** The same where the invoice was made of an order in this transaction, which has locked and read it all. */
export function loadedOfFresh(fresh: FreshInvoice): { orderIds: readonly string[]; loaded: Loaded } {
  const { invoice, lines, order, posted, parts } = fresh
  const { exchangeRate, currency } = order
  const of = new Set(lines.map((line) => line.orderLineId))
  const orderLines = fresh.orderLines.filter((line) => of.has(line.id))
  const loaded: Loaded = {
    invoice,
    lines,
    corrected: null,
    correctedLines: [],
    creditedTaxes: [],
    shipmentLines: [],
    parts,
    behind: new Map(posted.map((l) => [l.id, l])),
    orderLines: new Map(orderLines.map((l) => [l.id, { ...l, exchangeRate, currency }])),
  }
  return { orderIds: [order.id], loaded }
}
