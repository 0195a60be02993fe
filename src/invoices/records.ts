import type { Decimal } from '../kernel/decimal.ts'
import { type Row, type Sql, insertInto, json, rowsParameter, sql, statement } from '../kernel/sql.ts'
import { type PartySnapshot, orderLineColumns } from '../orders/index.ts'

export interface StoredTax {
  id: string
  name: string
  rate: string
  category: string
}
interface StoredTaxTotal extends StoredTax {
  net: string
  tax: string
}

export const invoiceColumns = {
  id: 'uuid',
  kind: 'text',
  number: 'text?',
  state: 'text',
  partyId: 'uuid',
  party: json<PartySnapshot>(),
  orderId: 'uuid?',
  correctsId: 'uuid?',
  sourceShipmentId: 'uuid?',
  currency: 'text',
  exchangeRate: 'numeric',
  minorDigits: 'int',
  pricesIncludeTax: 'bool',
  taxRounding: 'text',
  date: 'date',
  dueDate: 'date',
  saleDate: 'date?',
  paymentTermDays: 'int',
  reference: 'text?',
  reason: 'text?',
  notes: 'text?',
  discountPercent: 'numeric',
  discountAmount: 'numeric',
  net: 'numeric',
  tax: 'numeric',
  gross: 'numeric',
  taxes: json<StoredTaxTotal[]>(),
  baseGross: 'numeric',
  settled: 'numeric',
  credited: 'numeric',
  refunded: 'numeric',
  advances: json<{ paymentId: string; amount: string }[]>(),
  matchDecision: json<{ reason: string; by: string; at: string } | null>(),
  version: 'int',
  createdAt: 'timestamptz',
  createdBy: 'text',
  postedAt: 'timestamptz?',
} as const
export type InvoiceRow = Row<typeof invoiceColumns>

export const invoiceFields = sql`i.id, i.kind, i.number, i.state, i.party_id, i.party, i.order_id, i.corrects_id, i.source_shipment_id,
  i.currency, i.exchange_rate, i.minor_digits, i.prices_include_tax, i.tax_rounding, i.date, i.due_date, i.sale_date, i.payment_term_days,
  i.reference, i.reason, i.notes, i.discount_percent, i.discount_amount, i.net, i.tax, i.gross, i.taxes, i.base_gross, i.settled,
  i.credited, i.refunded, i.advances, i.match_decision, i.version, i.created_at, i.created_by, i.posted_at`

interface ById {
  companyId: string
  id: string
}

export const selectInvoice = statement(
  'select_invoice',
  invoiceColumns,
  (p: ById) =>
    sql`select ${invoiceFields} from invoices i where i.company_id = ${p.companyId} and i.id = ${p.id}`,
)
export const lockInvoice = statement(
  'lock_invoice',
  invoiceColumns,
  (p: ById) =>
    sql`select ${invoiceFields} from invoices i where i.company_id = ${p.companyId} and i.id = ${p.id} for no key update`,
)
/** Several at once, always in the order of their ids. */
export const lockInvoices = statement(
  'lock_invoices',
  invoiceColumns,
  (p: { companyId: string; ids: readonly string[] }) => sql`
    select ${invoiceFields} from invoices i where i.company_id = ${p.companyId} and i.id = any(${p.ids}::uuid[]) order by i.id for no key update`,
)

// The chain is locked from its root: orders, shipments, the invoice that is corrected, this one.
export const lockOrdersOfInvoice = statement(
  'lock_orders_of_invoice',
  { id: 'uuid', kind: 'text', state: 'text', number: 'text?', exchangeRate: 'numeric' },
  (p: ById) => sql`
    select o.id, o.kind, o.state, o.number, o.exchange_rate from orders o
    where o.company_id = ${p.companyId} and o.id = any(array(
      select ol.order_id from order_lines ol where ol.company_id = ${p.companyId} and ol.id = any(array(
        select l.order_line_id from invoice_lines l where l.company_id = ${p.companyId} and l.invoice_id = ${p.id}))
      union select i.order_id from invoices i where i.company_id = ${p.companyId} and i.id = ${p.id}))
    order by o.id for no key update`,
)
export const lockShipmentsOfInvoice = statement(
  'lock_shipments_of_invoice',
  { id: 'uuid', state: 'text', number: 'text?' },
  (p: ById) => sql`
    select s.id, s.state, s.number from shipments s
    where s.company_id = ${p.companyId} and s.id = any(array(
      select sl.shipment_id from shipment_lines sl where sl.company_id = ${p.companyId} and sl.id = any(array(
        select l.shipment_line_id from invoice_lines l where l.company_id = ${p.companyId} and l.invoice_id = ${p.id}))
      union select i.source_shipment_id from invoices i where i.company_id = ${p.companyId} and i.id = ${p.id}))
    order by s.id for no key update`,
)
export const lockCorrected = statement(
  'lock_corrected_invoice',
  invoiceColumns,
  (p: ById) => sql`
    select ${invoiceFields} from invoices i where i.company_id = ${p.companyId}
      and i.id = (select c.corrects_id from invoices c where c.company_id = ${p.companyId} and c.id = ${p.id}) for no key update`,
)

const invoiceLineColumns = {
  id: 'uuid',
  invoiceId: 'uuid',
  position: 'int',
  type: 'text',
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
  taxes: json<StoredTax[]>(),
  amount: 'numeric',
  net: 'numeric',
  tax: 'numeric',
  sourceLineId: 'uuid?',
  orderLineId: 'uuid?',
  shipmentLineId: 'uuid?',
  correctsLineId: 'uuid?',
  credited: 'numeric',
  creditedAmount: 'numeric',
  creditedTax: 'numeric',
  deductedAmount: 'numeric',
} as const
export type InvoiceLineRow = Row<typeof invoiceLineColumns>

const lineFields = sql`l.id, l.invoice_id, l.position, l.type, l.product_id, l.stocked, l.sku, l.description, l.unit, l.numerator, l.denominator,
  l.quantity, l.base_quantity, l.unit_price, l.discount_percent, l.taxes, l.amount, l.net, l.tax, l.source_line_id, l.order_line_id,
  l.shipment_line_id, l.corrects_line_id, l.credited, l.credited_amount, l.credited_tax, l.deducted_amount`

export const selectInvoiceLines = statement(
  'select_invoice_lines',
  invoiceLineColumns,
  (p: ById) =>
    sql`select ${lineFields} from invoice_lines l where l.company_id = ${p.companyId} and l.invoice_id = ${p.id} order by l.position`,
)

/** The lines that this document's lines correct or deduct. */
export const selectLinesBehind = statement(
  'select_lines_behind_invoice',
  invoiceLineColumns,
  (p: ById) => sql`
    select ${lineFields} from invoice_lines l where l.company_id = ${p.companyId} and l.id = any(array(
      select c.corrects_line_id from invoice_lines c where c.company_id = ${p.companyId} and c.invoice_id = ${p.id}
      union select c.source_line_id from invoice_lines c where c.company_id = ${p.companyId} and c.invoice_id = ${p.id} and c.type = 'deduction'))`,
)

/** All lines of the document that a credit corrects. */
export const selectCorrectedLines = statement(
  'select_corrected_lines',
  invoiceLineColumns,
  (p: ById) => sql`select ${lineFields} from invoice_lines l where l.company_id = ${p.companyId}
    and l.invoice_id = (select c.corrects_id from invoices c where c.company_id = ${p.companyId} and c.id = ${p.id}) order by l.position`,
)

/** Lines of posted claims of an order: what advances are left to take off, what can be credited. */
export const selectPostedLinesOfOrder = statement(
  'select_posted_invoice_lines_of_order',
  { ...invoiceLineColumns, invoiceDate: 'date' },
  (p: ById) => sql`
    select ${lineFields}, i.date as invoice_date
    from invoice_lines l join invoices i on i.company_id = l.company_id and i.id = l.invoice_id
    where l.company_id = ${p.companyId} and i.state = 'posted' and i.kind in ('invoice', 'bill') and l.id = any(array(
      select a.id from invoices o join invoice_lines a on a.company_id = o.company_id and a.invoice_id = o.id and a.type = 'advance'
      where o.company_id = ${p.companyId} and o.order_id = ${p.id}
      union select a.id from invoice_lines a where a.company_id = ${p.companyId} and a.order_line_id = any(array(
        select ol.id from order_lines ol where ol.company_id = ${p.companyId} and ol.order_id = ${p.id}))))
    order by i.date, l.id`,
)

/** Lines of posted claims for the goods that a return brings back, where no order connects the two. */
export const selectPostedLinesOfReturn = statement(
  'select_posted_invoice_lines_of_return',
  { ...invoiceLineColumns, invoiceDate: 'date' },
  (p: ById) => sql`
    select ${lineFields}, i.date as invoice_date
    from invoice_lines l join invoices i on i.company_id = l.company_id and i.id = l.invoice_id
    where l.company_id = ${p.companyId} and i.state = 'posted' and i.kind in ('invoice', 'bill') and l.order_line_id is null
      and l.shipment_line_id = any(array(
        select r.source_line_id from shipment_lines r where r.company_id = ${p.companyId} and r.shipment_id = ${p.id}))
    order by i.date, l.id`,
)

/** What posted credits took of each tax of a document. The id may be the document's or that of a credit of it. */
export const selectCreditedTaxes = statement(
  'select_credited_taxes',
  { id: 'text', tax: 'numeric' },
  (p: ById) => sql`
    select t.id, sum(t.tax) as tax from invoices c, jsonb_to_recordset(c.taxes) as t(id text, tax numeric)
    where c.company_id = ${p.companyId} and c.state = 'posted' and c.corrects_id = any(array(
      select coalesce(x.corrects_id, x.id) from invoices x where x.company_id = ${p.companyId} and x.id = ${p.id}))
    group by t.id`,
)
export interface CreditedTax {
  readonly id: string
  readonly tax: Decimal
}

/**
 * What was invoiced and billed of order lines at their own price, less what was credited of that by quantity. Only such
 * parts leave their remainder to the last (R6): a price set by hand on one part, or what was let off by a credit of an
 * amount, must not be made up for by the others. So a quantity that was credited counts with its share of the invoice's
 * line, even where its credit came to less because an amount had been let off before.
 */
const partsAtOrderPrice = (companyId: string, lineIds: Sql): Sql => sql`
  select o.id as order_line_id, sum(l.base_quantity - l.credited) as quantity,
    sum(case when l.credited = 0 then l.amount when l.credited = l.base_quantity then 0 else l.amount - coalesce((
      select sum(round(l.amount * c.base_quantity / l.base_quantity, i.minor_digits))
      from invoice_lines c join invoices k on k.company_id = c.company_id and k.id = c.invoice_id and k.state = 'posted'
      where c.company_id = o.company_id and c.order_line_id = o.id and c.corrects_line_id = l.id and c.base_quantity <> 0), 0) end) as amount
  from order_lines o join invoice_lines l on l.company_id = o.company_id and l.order_line_id = o.id and l.type = 'item'
    and l.unit_price = o.unit_price and l.discount_percent = o.discount_percent
  join invoices i on i.company_id = l.company_id and i.id = l.invoice_id and i.state = 'posted' and i.kind in ('invoice', 'bill')
  where o.company_id = ${companyId} and o.invoiced > 0 and o.id = any(array(${lineIds}))
  group by o.id`
const partColumns = { orderLineId: 'uuid', quantity: 'numeric', amount: 'numeric' } as const
export type PartAtOrderPrice = Row<typeof partColumns>

export const selectPartsOfOrders = statement(
  'select_parts_at_order_price_of_orders',
  partColumns,
  (p: { companyId: string; ids: readonly string[] }) =>
    partsAtOrderPrice(
      p.companyId,
      sql`select x.id from order_lines x where x.company_id = ${p.companyId} and x.order_id = any(${p.ids}::uuid[])`,
    ),
)
export const selectPartsOfInvoice = statement(
  'select_parts_at_order_price_of_invoice',
  partColumns,
  (p: ById) =>
    partsAtOrderPrice(
      p.companyId,
      sql`select x.order_line_id from invoice_lines x where x.company_id = ${p.companyId} and x.invoice_id = ${p.id}`,
    ),
)

export const selectOrderLinesOfInvoice = statement(
  'select_order_lines_of_invoice',
  { ...orderLineColumns, exchangeRate: 'numeric', currency: 'text' },
  (p: ById) => sql`
    select l.id, l.order_id, l.position, l.product_id, l.stocked, l.sku, l.description, l.unit, l.numerator, l.denominator, l.quantity, l.base_quantity,
      l.unit_price, l.discount_percent, l.price_source, l.taxes, l.amount, l.net, l.tax, l.expected_date, l.tolerance_percent,
      l.reservation_line_id, l.shipped, l.rejected, l.returned, l.returned_replace, l.invoiced, l.credited, l.cancelled,
      l.invoiced_amount, l.limit_quantity, l.open_quantity, l.due_quantity, o.exchange_rate, o.currency
    from order_lines l join orders o on o.company_id = l.company_id and o.id = l.order_id
    where l.company_id = ${p.companyId} and l.id = any(array(
      select x.order_line_id from invoice_lines x where x.company_id = ${p.companyId} and x.invoice_id = ${p.id}))`,
)

export const insertInvoice = insertInto('invoices', [
  'companyId',
  'id',
  'kind',
  'state',
  'partyId',
  'party',
  'orderId',
  'correctsId',
  'sourceShipmentId',
  'currency',
  'exchangeRate',
  'minorDigits',
  'pricesIncludeTax',
  'taxRounding',
  'date',
  'dueDate',
  'saleDate',
  'paymentTermDays',
  'reference',
  'reason',
  'notes',
  'discountPercent',
  'discountAmount',
  'net',
  'tax',
  'gross',
  'taxes',
  'baseGross',
  'advances',
  'version',
  'createdAt',
  'createdBy',
  'createdByUser',
])

export const insertInvoiceLines = insertInto('invoice_lines', [
  'companyId',
  'id',
  'invoiceId',
  'kind',
  'position',
  'type',
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
  'taxes',
  'amount',
  'net',
  'tax',
  'sourceLineId',
  'orderLineId',
  'shipmentLineId',
  'correctsLineId',
])

export interface InvoiceLineProgress {
  readonly id: string
  readonly credited?: Decimal
  readonly creditedAmount?: Decimal
  readonly creditedTax?: Decimal
  readonly deductedAmount?: Decimal
}

/** Adds to the counters of invoice lines; their constraints judge the sum (S13). */
export const addInvoiceProgress = statement(
  'add_invoice_line_progress',
  {},
  (p: { companyId: string; rows: readonly InvoiceLineProgress[] }) => sql`
    update invoice_lines l set credited = l.credited + coalesce(d.credited, 0), credited_amount = l.credited_amount + coalesce(d.credited_amount, 0),
      credited_tax = l.credited_tax + coalesce(d.credited_tax, 0), deducted_amount = l.deducted_amount + coalesce(d.deducted_amount, 0)
    from json_to_recordset(${rowsParameter(p.rows)}::json) as d(id uuid, credited numeric, credited_amount numeric, credited_tax numeric, deducted_amount numeric)
    where l.company_id = ${p.companyId} and l.id = d.id`,
)
