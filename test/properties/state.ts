import type { Database } from '../../src/kernel/transaction.ts'

/**
 * What a company's books say, in the few figures that the model predicts: the same structure is read from
 * the database and carried forward by the model, so that comparing them is comparing two values.
 *
 * Quantities are JavaScript numbers in base units; histories only use multiples of a half, which these hold
 * exactly. Money is whole thousandths of the currency, so that JPY, USD and KWD all fit.
 */
export interface State {
  /** By product and warehouse; what is zero is left out. */
  levels: Record<string, Level>
  orders: Record<string, Order>
  shipments: Record<string, Shipment>
  invoices: Record<string, Invoice>
  payments: Record<string, Payment>
  reservations: Record<string, Reservation>
  /** Whether stock may go below zero, by warehouse. */
  negative: Record<string, boolean>
  /** What lies where of lots and serial numbers; read, not predicted: a choice for deliveries and counts. */
  lots: readonly LotBalance[]
}

export interface Level {
  onHand: number
  quarantined: number
  /** Read, not predicted: the demands behind it are judged by the invariants. */
  reserved: number
}

export interface LotBalance {
  readonly product: string
  readonly warehouse: string
  readonly place: 'stock' | 'quarantine'
  readonly lotId: string
  readonly number: string
  readonly expiresOn: string | null
  readonly quantity: number
}

export type OrderKind = 'sales-order' | 'purchase-order'

export interface Order {
  readonly id: string
  readonly kind: OrderKind
  readonly party: string
  readonly warehouse: string
  readonly currency: string
  readonly inclusive: boolean
  readonly backOrders: boolean | null
  readonly reservation: string | null
  state: string
  gross: number
  fulfilment: string
  invoicing: string
  returned: string
  lines: OrderLine[]
}

export interface OrderLine {
  readonly id: string
  readonly product: string
  readonly stocked: boolean
  unitPrice: number
  readonly discount: number
  readonly taxes: readonly string[]
  readonly tolerance: number
  readonly factor: number
  readonly reservationLine: string | null
  base: number
  amount: number
  shipped: number
  rejected: number
  returned: number
  returnedReplace: number
  invoiced: number
  credited: number
  cancelled: number
  invoicedAmount: number
}

export type ShipmentKind =
  | 'delivery-note'
  | 'receipt-note'
  | 'sales-return'
  | 'purchase-return'
  | 'stock-adjustment'
  | 'stock-transfer'

export interface Shipment {
  readonly id: string
  readonly kind: ShipmentKind
  readonly party: string | null
  readonly warehouse: string
  readonly toWarehouse: string | null
  readonly viaTransit: boolean
  readonly order: string | null
  readonly source: string | null
  date: string
  numbered: boolean
  state: string
  lines: ShipmentLine[]
}

export interface ShipmentLine {
  readonly id: string
  readonly product: string
  readonly warehouse: string
  readonly orderLine: string | null
  readonly sourceLine: string | null
  readonly disposition: string | null
  readonly replace: boolean
  readonly factor: number
  /** Type of the location that was named, where one was. */
  readonly fromPlace: string | null
  readonly toPlace: string | null
  base: number
  rejected: number
  counted: number | null
  lots: readonly { number: string; quantity: number }[]
  returned: number
  invoiced: number
  received: number
}

export type InvoiceKind = 'invoice' | 'bill' | 'credit-note' | 'vendor-credit'

export interface Invoice {
  readonly id: string
  readonly kind: InvoiceKind
  readonly party: string
  readonly currency: string
  readonly order: string | null
  readonly corrects: string | null
  readonly shipment: string | null
  readonly inclusive: boolean
  /** Payments on account that it will be settled with when it is posted. */
  readonly advances: readonly { payment: string; amount: number }[]
  state: string
  gross: number
  settled: number
  credited: number
  refunded: number
  lines: InvoiceLine[]
}

export interface InvoiceLine {
  readonly id: string
  readonly type: string
  readonly orderLine: string | null
  readonly shipmentLine: string | null
  readonly corrects: string | null
  readonly source: string | null
  readonly factor: number
  readonly unitPrice: number
  readonly discount: number
  readonly taxes: readonly string[]
  base: number
  amount: number
  tax: number
  credited: number
  creditedAmount: number
  deducted: number
}

export interface Payment {
  readonly id: string
  readonly direction: 'in' | 'out'
  readonly side: 'customer' | 'vendor'
  readonly party: string
  readonly currency: string
  readonly amount: number
  rounding: number
  state: string
  settled: number
  /** Live settlements that it pays, or that pay for it (a refund). */
  settlements: Settlement[]
}

export interface Settlement {
  readonly claim: string
  readonly by: string
  readonly claimAmount: number
  readonly byAmount: number
}

export interface Reservation {
  readonly id: string
  readonly party: string
  readonly warehouse: string
  state: string
  until: string
  lines: { id: string; product: string; base: number; released: number; ordered: number }[]
}

const texts = `
select json_build_object(
  'levels', (select coalesce(json_agg(json_build_object('product', product_id, 'warehouse', warehouse_id,
      'onHand', on_hand, 'quarantined', quarantined, 'reserved', reserved)), '[]')
    from stock_levels where company_id = $1),
  'negative', (select json_object_agg(id, allow_negative) from warehouses where company_id = $1),
  'lots', (select coalesce(json_agg(json_build_object('product', b.product_id, 'warehouse', b.warehouse_id, 'place', c.type,
      'lotId', b.lot_id, 'number', t.number, 'expiresOn', t.expires_on, 'quantity', b.quantity) order by t.number, b.location_id), '[]')
    from stock_balances b join lots t on t.company_id = b.company_id and t.id = b.lot_id
    join locations c on c.company_id = b.company_id and c.id = b.location_id
    where b.company_id = $1 and b.quantity <> 0),
  'orders', (select coalesce(json_agg(json_build_object('id', id, 'kind', kind, 'state', state, 'party', party_id,
      'warehouse', warehouse_id, 'currency', currency, 'inclusive', prices_include_tax, 'backOrders', back_orders,
      'reservation', reservation_id, 'gross', gross * 1000, 'fulfilment', fulfilment, 'invoicing', invoicing, 'returned', returned) order by id), '[]')
    from orders where company_id = $1),
  'orderLines', (select coalesce(json_agg(json_build_object('of', order_id, 'id', id, 'product', product_id, 'stocked', stocked,
      'base', base_quantity, 'unitPrice', unit_price * 1000, 'discount', discount_percent, 'taxes', taxes, 'tolerance', tolerance_percent,
      'factor', numerator / denominator, 'reservationLine', reservation_line_id, 'amount', amount * 1000, 'shipped', shipped, 'rejected', rejected, 'returned', returned,
      'returnedReplace', returned_replace, 'invoiced', invoiced, 'credited', credited, 'cancelled', cancelled,
      'invoicedAmount', invoiced_amount * 1000) order by position), '[]')
    from order_lines where company_id = $1),
  'shipments', (select coalesce(json_agg(json_build_object('id', id, 'kind', kind, 'state', state, 'party', party_id, 'warehouse', warehouse_id,
      'toWarehouse', to_warehouse_id, 'viaTransit', via_transit, 'order', order_id, 'source', source_shipment_id, 'date', date,
      'numbered', number is not null) order by id), '[]')
    from shipments where company_id = $1),
  'shipmentLines', (select coalesce(json_agg(json_build_object('of', shipment_id, 'id', id, 'product', product_id, 'warehouse', warehouse_id,
      'orderLine', order_line_id, 'sourceLine', source_line_id, 'disposition', disposition, 'replace', replace, 'factor', numerator / denominator,
      'fromPlace', (select c.type from locations c where c.company_id = l.company_id and c.id = l.location_id),
      'toPlace', (select c.type from locations c where c.company_id = l.company_id and c.id = l.to_location_id),
      'base', base_quantity, 'rejected', rejected_base_quantity, 'counted', counted_quantity, 'lots', lots, 'returned', returned,
      'invoiced', invoiced, 'received', received) order by position), '[]')
    from shipment_lines l where company_id = $1),
  'invoices', (select coalesce(json_agg(json_build_object('id', id, 'kind', kind, 'state', state, 'party', party_id, 'currency', currency,
      'order', order_id, 'corrects', corrects_id, 'shipment', source_shipment_id, 'inclusive', prices_include_tax, 'gross', gross * 1000,
      'settled', settled * 1000, 'credited', credited * 1000, 'refunded', refunded * 1000,
      'advances', (select coalesce(json_agg(json_build_object('payment', a ->> 'paymentId', 'amount', (a ->> 'amount')::numeric * 1000)), '[]')
        from jsonb_array_elements(advances) a)) order by id), '[]')
    from invoices where company_id = $1),
  'invoiceLines', (select coalesce(json_agg(json_build_object('of', invoice_id, 'id', id, 'type', type, 'orderLine', order_line_id,
      'shipmentLine', shipment_line_id, 'corrects', corrects_line_id, 'source', source_line_id, 'factor', numerator / denominator,
      'unitPrice', unit_price * 1000, 'discount', discount_percent, 'taxes', taxes, 'base', base_quantity, 'amount', amount * 1000,
      'tax', tax * 1000, 'credited', credited, 'creditedAmount', credited_amount * 1000, 'deducted', deducted_amount * 1000) order by position), '[]')
    from invoice_lines where company_id = $1),
  'payments', (select coalesce(json_agg(json_build_object('id', id, 'direction', direction, 'side', side, 'party', party_id, 'currency', currency,
      'amount', amount * 1000, 'rounding', rounding * 1000, 'state', state, 'settled', settled * 1000) order by id), '[]')
    from payments where company_id = $1),
  'settlements', (select coalesce(json_agg(json_build_object('claim', coalesce(s.claim_invoice_id, s.claim_payment_id),
      'by', coalesce(s.by_credit_id, s.by_payment_id), 'claimAmount', s.claim_amount * 1000, 'byAmount', s.by_amount * 1000) order by s.id), '[]')
    from settlements s where s.company_id = $1 and s.reverses_id is null
      and not exists (select from settlements u where u.company_id = s.company_id and u.reverses_id = s.id)),
  'reservations', (select coalesce(json_agg(json_build_object('id', id, 'party', party_id, 'warehouse', warehouse_id, 'state', state,
      'until', to_char(reserve_until at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')) order by id), '[]')
    from stock_reservations where company_id = $1),
  'reservationLines', (select coalesce(json_agg(json_build_object('of', reservation_id, 'id', id, 'product', product_id, 'base', base_quantity,
      'released', released, 'ordered', ordered) order by position), '[]')
    from stock_reservation_lines where company_id = $1)
) as state`

interface Read {
  levels: (Level & { product: string; warehouse: string })[]
  negative: Record<string, boolean>
  lots: LotBalance[]
  orders: Omit<Order, 'lines'>[]
  orderLines: (Omit<OrderLine, 'taxes'> & { of: string; taxes: { id: string }[] })[]
  shipments: Omit<Shipment, 'lines'>[]
  shipmentLines: (Omit<ShipmentLine, 'lots'> & { of: string; lots: { number: string; quantity: string }[] })[]
  invoices: Omit<Invoice, 'lines'>[]
  invoiceLines: (Omit<InvoiceLine, 'taxes'> & { of: string; taxes: { id: string }[] })[]
  payments: Omit<Payment, 'settlements'>[]
  settlements: Settlement[]
  reservations: Omit<Reservation, 'lines'>[]
  reservationLines: (Reservation['lines'][number] & { of: string })[]
}

/** Reads what the books of a company say now. */
export async function readState(db: Database, companyId: string): Promise<State> {
  const { rows } = await db.query<{ state: Read }>({ name: 'read_state', text: texts, values: [companyId] })
  const read = rows[0]!.state
  const levels: State['levels'] = {}
  for (const { product, warehouse, ...level } of read.levels) {
    if (Object.values(level).some((quantity) => quantity !== 0)) levels[levelKey(product, warehouse)] = level
  }
  const taxIds = (taxes: { id: string }[]): string[] => taxes.map((tax) => tax.id).sort()
  return {
    levels,
    negative: read.negative,
    lots: read.lots,
    orders: withLines(read.orders, read.orderLines, (line) => ({ ...line, taxes: taxIds(line.taxes) })),
    shipments: withLines(read.shipments, read.shipmentLines, (line) => ({
      ...line,
      lots: line.lots.map((lot) => ({ number: lot.number, quantity: Number(lot.quantity) })),
    })),
    invoices: withLines(read.invoices, read.invoiceLines, (line) => ({ ...line, taxes: taxIds(line.taxes) })),
    payments: Object.fromEntries(
      read.payments.map((payment) => [
        payment.id,
        {
          ...payment,
          settlements: read.settlements.filter((s) => s.by === payment.id || s.claim === payment.id),
        },
      ]),
    ),
    reservations: withLines(read.reservations, read.reservationLines, (line) => line),
  }
}

function withLines<D extends { id: string }, L extends { of: string }, M>(
  documents: readonly D[],
  lines: readonly L[],
  convert: (line: Omit<L, 'of'>) => M,
): Record<string, D & { lines: M[] }> {
  const found: Record<string, D & { lines: M[] }> = {}
  for (const document of documents) found[document.id] = { ...document, lines: [] }
  for (const { of, ...line } of lines) found[of]!.lines.push(convert(line))
  return found
}

export function levelKey(product: string, warehouse: string): string {
  return `${product} ${warehouse}`
}

/** Every table that an operation may write, beside the keys of requests. */
const written = [
  'orders',
  'order_lines',
  'shipments',
  'shipment_lines',
  'invoices',
  'invoice_lines',
  'payments',
  'settlements',
  'stock_moves',
  'stock_value_corrections',
  'stock_levels',
  'stock_balances',
  'stock_demands',
  'stock_lot_holds',
  'stock_layers',
  'stock_reservations',
  'stock_reservation_lines',
  'lots',
  'number_counters',
  'events',
  'idempotency_keys',
]

const sums = written
  .map(
    (table) =>
      `(select coalesce(sum(hashtextextended(t::text, 0)), 0) from ${table} t where company_id = $1)::text`,
  )
  .join(` || ' ' || `)

/** Stands for every row that the company's operations write: equal when nothing at all has changed (R18). */
export async function fingerprint(db: Database, companyId: string): Promise<string> {
  const { rows } = await db.query<{ sums: string }>({
    name: 'fingerprint',
    text: `select ${sums} as sums`,
    values: [companyId],
  })
  return rows[0]!.sums
}

/** Which tables two fingerprints differ in. */
export function changedTables(before: string, after: string): string[] {
  const was = before.split(' ')
  return after.split(' ').flatMap((sum, i) => (sum === was[i] ? [] : [written[i]!]))
}
