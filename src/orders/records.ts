import { type Decimal, zero } from '../kernel/decimal.ts'
import { insertInto, json, rowsParameter, sql, statement, type Row } from '../kernel/sql.ts'
import type { LineTax, TaxTotal } from '../totals.ts'
import type { PostalAddress } from '../kernel/postal-address.ts'
import type { PartySnapshot } from './schemas.ts'

/** A tax as a document keeps it: decimals are strings in json. */
interface StoredTax {
  id: string
  name: string
  rate: string
  category: string
}
interface StoredTaxTotal extends StoredTax {
  net: string
  tax: string
}

export const orderColumns = {
  id: 'uuid',
  kind: 'text',
  number: 'text?',
  state: 'text',
  partyId: 'uuid',
  party: json<PartySnapshot>(),
  warehouseId: 'uuid',
  warehouseName: 'text',
  allowNegative: 'bool',
  currency: 'text',
  exchangeRate: 'numeric',
  minorDigits: 'int',
  pricesIncludeTax: 'bool',
  taxRounding: 'text',
  priceBookId: 'uuid?',
  date: 'date',
  expectedDate: 'date?',
  reference: 'text?',
  deliveryAddress: json<PostalAddress | null>(),
  notes: 'text?',
  paymentTermDays: 'int',
  priority: 'int',
  backOrders: 'bool?',
  discountPercent: 'numeric',
  discountAmount: 'numeric',
  net: 'numeric',
  tax: 'numeric',
  gross: 'numeric',
  taxes: json<StoredTaxTotal[]>(),
  fulfilment: 'text',
  invoicing: 'text',
  returned: 'text',
  reservationId: 'uuid?',
  version: 'int',
  createdAt: 'timestamptz',
  createdBy: 'text',
} as const
export type OrderRow = Row<typeof orderColumns>

export const orderFields = sql`o.id, o.kind, o.number, o.state, o.party_id, o.party, o.warehouse_id, w.name as warehouse_name, w.allow_negative, o.currency,
    o.exchange_rate, o.minor_digits, o.prices_include_tax, o.tax_rounding, o.price_book_id, o.date, o.expected_date,
    o.reference, o.delivery_address, o.notes, o.payment_term_days, o.priority, o.back_orders, o.discount_percent, o.discount_amount,
    o.net, o.tax, o.gross, o.taxes, o.fulfilment, o.invoicing, o.returned, o.reservation_id, o.version, o.created_at, o.created_by`
export const orderFrom = sql`from orders o join warehouses w on w.company_id = o.company_id and w.id = o.warehouse_id`
const orderSelect = sql`select ${orderFields} ${orderFrom}`

interface ById {
  companyId: string
  id: string
}

export const selectOrder = statement(
  'select_order',
  orderColumns,
  (p: ById) => sql`${orderSelect} where o.company_id = ${p.companyId} and o.id = ${p.id}`,
)

/**
 * Locks the order: the mutex of its whole chain. Every operation on an order or its follow-ups starts here.
 * Documents are locked for `no key update`: whoever writes a row that refers to one of them need not wait
 * for it, and so cannot wait in a circle.
 */
export const lockOrder = statement(
  'lock_order',
  orderColumns,
  (p: ById) =>
    sql`${orderSelect} where o.company_id = ${p.companyId} and o.id = ${p.id} for no key update of o`,
)

export const orderLineColumns = {
  id: 'uuid',
  orderId: 'uuid',
  position: 'int',
  productId: 'uuid?',
  stocked: 'bool',
  sku: 'text?',
  description: 'text',
  unit: 'text',
  numerator: 'bigint',
  denominator: 'bigint',
  quantity: 'numeric',
  baseQuantity: 'numeric',
  unitPrice: 'numeric',
  discountPercent: 'numeric',
  priceSource: 'text',
  taxes: json<StoredTax[]>(),
  amount: 'numeric',
  net: 'numeric',
  tax: 'numeric',
  expectedDate: 'date?',
  tolerancePercent: 'numeric',
  reservationLineId: 'uuid?',
  shipped: 'numeric',
  rejected: 'numeric',
  returned: 'numeric',
  returnedReplace: 'numeric',
  invoiced: 'numeric',
  credited: 'numeric',
  cancelled: 'numeric',
  invoicedAmount: 'numeric',
  limitQuantity: 'numeric',
  openQuantity: 'numeric',
  dueQuantity: 'numeric',
} as const
export type OrderLineRow = Row<typeof orderLineColumns>

const lineSelect = sql`
  select l.id, l.order_id, l.position, l.product_id, l.stocked, l.sku, l.description, l.unit, l.numerator, l.denominator, l.quantity, l.base_quantity,
    l.unit_price, l.discount_percent, l.price_source, l.taxes, l.amount, l.net, l.tax, l.expected_date, l.tolerance_percent,
    l.reservation_line_id, l.shipped, l.rejected, l.returned, l.returned_replace, l.invoiced, l.credited, l.cancelled,
    l.invoiced_amount, l.limit_quantity, l.open_quantity, l.due_quantity
  from order_lines l`

export const selectOrderLines = statement(
  'select_order_lines',
  orderLineColumns,
  (p: ById) =>
    sql`${lineSelect} where l.company_id = ${p.companyId} and l.order_id = ${p.id} order by l.position`,
)

/** What is held for each line right now; expired reservations do not count (R11). */
export const selectLineHolds = statement(
  'select_line_holds',
  { lineId: 'uuid', reserved: 'numeric' },
  (p: ById & { now: Date }) => sql`
    select d.source_line_id as line_id, sum(d.reserved) as reserved
    from order_lines l join stock_demands d on d.company_id = l.company_id and d.source_line_id = l.id
    where l.company_id = ${p.companyId} and l.order_id = ${p.id} and (d.expires_at is null or d.expires_at > ${p.now})
    group by d.source_line_id`,
)

export const insertOrder = insertInto('orders', [
  'companyId',
  'id',
  'kind',
  'state',
  'partyId',
  'party',
  'warehouseId',
  'currency',
  'exchangeRate',
  'minorDigits',
  'pricesIncludeTax',
  'taxRounding',
  'priceBookId',
  'date',
  'expectedDate',
  'reference',
  'deliveryAddress',
  'notes',
  'paymentTermDays',
  'priority',
  'backOrders',
  'discountPercent',
  'discountAmount',
  'net',
  'tax',
  'gross',
  'taxes',
  'fulfilment',
  'invoicing',
  'returned',
  'reservationId',
  'version',
  'createdAt',
  'createdBy',
  'createdByUser',
])

export const insertOrderLines = insertInto(
  'order_lines',
  [
    'companyId',
    'id',
    'orderId',
    'kind',
    'position',
    'productId',
    'stocked',
    'sku',
    'description',
    'unit',
    'numerator',
    'denominator',
    'quantity',
    'baseQuantity',
    'unitPrice',
    'discountPercent',
    'priceSource',
    'taxes',
    'amount',
    'net',
    'tax',
    'expectedDate',
    'tolerancePercent',
    'reservationLineId',
    'shipped',
    'rejected',
    'returned',
    'returnedReplace',
    'invoiced',
    'credited',
    'cancelled',
    'invoicedAmount',
  ],
  orderLineColumns,
)

/** Every counter of a new line. */
export const nothingDone = {
  shipped: zero,
  rejected: zero,
  returned: zero,
  returnedReplace: zero,
  invoiced: zero,
  credited: zero,
  cancelled: zero,
  invoicedAmount: zero,
}

/** How much a follow-up adds to the counters of an order line; base quantities, negative when undone. */
export interface LineProgress {
  readonly id: string
  readonly shipped?: Decimal
  readonly rejected?: Decimal
  readonly returned?: Decimal
  readonly returnedReplace?: Decimal
  readonly invoiced?: Decimal
  readonly credited?: Decimal
  readonly cancelled?: Decimal
  readonly invoicedAmount?: Decimal
}

// The database adds, and the constraints of order_lines judge the sum: two follow-ups at once cannot both
// take the last piece.
export const addProgress = statement(
  'add_order_line_progress',
  {},
  (p: { companyId: string; rows: readonly LineProgress[] }) => sql`
    update order_lines l set
      shipped = l.shipped + coalesce(d.shipped, 0), rejected = l.rejected + coalesce(d.rejected, 0),
      returned = l.returned + coalesce(d.returned, 0), returned_replace = l.returned_replace + coalesce(d.returned_replace, 0),
      invoiced = l.invoiced + coalesce(d.invoiced, 0), credited = l.credited + coalesce(d.credited, 0),
      cancelled = l.cancelled + coalesce(d.cancelled, 0), invoiced_amount = l.invoiced_amount + coalesce(d.invoiced_amount, 0)
    from json_to_recordset(${rowsParameter(p.rows)}::json) as d(id uuid, shipped numeric, rejected numeric, returned numeric,
      returned_replace numeric, invoiced numeric, credited numeric, cancelled numeric, invoiced_amount numeric)
    where l.company_id = ${p.companyId} and l.id = d.id`,
)

/** Brings the derived statuses of an order up to its lines; after every statement that changes these. */
export const refreshOrder = statement(
  'refresh_order',
  {},
  (p: ById) => sql`
    update orders o set version = o.version + 1,
      fulfilment = order_fulfilment(o.company_id, o.id, o.state),
      invoicing = order_invoicing(o.company_id, o.id),
      returned = order_returned(o.company_id, o.id)
    where o.company_id = ${p.companyId} and o.id = ${p.id}`,
)

/** The same after what only invoices and credits count: nothing has moved. */
export const refreshInvoicing = statement(
  'refresh_order_invoicing',
  {},
  (p: ById) => sql`
    update orders o set version = o.version + 1, invoicing = order_invoicing(o.company_id, o.id)
    where o.company_id = ${p.companyId} and o.id = ${p.id}`,
)

export function storeTaxes(taxes: readonly LineTax[]): StoredTax[] {
  return taxes.map(({ id, name, rate, category }) => ({ id, name, rate: rate.toFixed(), category }))
}

export function storeTaxTotals(taxes: readonly TaxTotal[]): StoredTaxTotal[] {
  return taxes.map((t) => ({ ...t, rate: t.rate.toFixed(), net: t.net.toFixed(), tax: t.tax.toFixed() }))
}
