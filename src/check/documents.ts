import { sql } from '../kernel/sql.ts'
import { type Check, check, orZero } from './check.ts'

/** Counters and statuses of order and shipment lines, recomputed from posted shipments and invoices. */

const nameOfOrder = sql`coalesce(o.number, o.kind || ' ' || o.id)`
const nameOfShipment = sql`coalesce(s.number, s.kind || ' ' || s.id)`

const orderLines = check('order_lines', {
  before: ({ companyId }) => sql`
    with goods as (
      select l.order_line_id,
        sum(l.base_quantity + l.rejected_base_quantity) filter (where s.kind in ('delivery-note', 'receipt-note')) as shipped,
        sum(l.rejected_base_quantity) filter (where s.kind in ('delivery-note', 'receipt-note')) as rejected,
        sum(l.base_quantity) filter (where s.kind in ('sales-return', 'purchase-return') and not l.replace) as returned,
        sum(l.base_quantity) filter (where s.kind in ('sales-return', 'purchase-return') and l.replace) as replaced
      from shipment_lines l join shipments s on s.company_id = l.company_id and s.id = l.shipment_id
      where l.company_id = ${companyId} and l.order_line_id is not null and s.state = 'posted'
      group by l.order_line_id
    ), money as (
      select l.order_line_id,
        sum(l.base_quantity) filter (where i.kind in ('invoice', 'bill') and l.type <> 'deduction') as invoiced,
        sum(l.amount) filter (where i.kind in ('invoice', 'bill') and l.type <> 'deduction') as amount,
        sum(l.base_quantity) filter (where i.kind in ('credit-note', 'vendor-credit') and l.type = 'item' and l.corrects_line_id is not null) as credited,
        sum(l.amount) filter (where i.kind in ('credit-note', 'vendor-credit') and l.type = 'item' and l.corrects_line_id is not null) as credited_amount
      from invoice_lines l join invoices i on i.company_id = l.company_id and i.id = l.invoice_id
      where l.company_id = ${companyId} and l.order_line_id is not null and i.state = 'posted'
      group by l.order_line_id
    )`,
  from: ({ companyId }) => sql`
    from order_lines l join orders o on o.company_id = l.company_id and o.id = l.order_id and l.company_id = ${companyId}
    left join goods g on g.order_line_id = l.id
    left join money m on m.order_line_id = l.id`,
  key: sql`${nameOfOrder} || ' line ' || l.position`,
  figures: [
    { what: 'order line shipped', stored: sql`l.shipped`, computed: orZero('g.shipped') },
    { what: 'order line rejected', stored: sql`l.rejected`, computed: orZero('g.rejected') },
    { what: 'order line returned', stored: sql`l.returned`, computed: orZero('g.returned') },
    {
      what: 'order line returned to be replaced',
      stored: sql`l.returned_replace`,
      computed: orZero('g.replaced'),
    },
    { what: 'order line invoiced', stored: sql`l.invoiced`, computed: orZero('m.invoiced') },
    { what: 'order line credited', stored: sql`l.credited`, computed: orZero('m.credited') },
    {
      what: 'order line invoiced amount',
      stored: sql`l.invoiced_amount`,
      computed: sql`coalesce(m.amount, 0) - coalesce(m.credited_amount, 0)`,
    },
  ],
})

const orders = check('orders', {
  before: ({ companyId }) => sql`
    with line as (
      select order_id, sum(net) as net, sum(tax) as tax from order_lines where company_id = ${companyId} group by order_id
    )`,
  from: ({ companyId }) => sql`
    from (select * from orders where company_id = ${companyId}) o left join line l on l.order_id = o.id
    cross join lateral (
      select order_fulfilment(o.company_id, o.id, o.state) as fulfilment,
        order_invoicing(o.company_id, o.id) as invoicing, order_returned(o.company_id, o.id) as returned
    ) x`,
  key: nameOfOrder,
  figures: [
    { what: 'order fulfilment', stored: sql`o.fulfilment`, computed: sql`x.fulfilment`, isText: true },
    { what: 'order invoicing', stored: sql`o.invoicing`, computed: sql`x.invoicing`, isText: true },
    { what: 'order returned', stored: sql`o.returned`, computed: sql`x.returned`, isText: true },
    { what: 'order net', stored: sql`o.net`, computed: orZero('l.net') },
    { what: 'order tax', stored: sql`o.tax`, computed: orZero('l.tax') },
  ],
})

const shipmentLines = check('shipment_lines', {
  before: ({ companyId }) => sql`
    with back as (
      select l.source_line_id, sum(l.base_quantity + l.rejected_base_quantity) as returned
      from shipment_lines l join shipments s on s.company_id = l.company_id and s.id = l.shipment_id
      where l.company_id = ${companyId} and s.state = 'posted' and s.kind in ('sales-return', 'purchase-return')
      group by l.source_line_id
    ), live as (
      select m.shipment_line_id, m.quantity, c.type = 'transit' as arrives from stock_moves m
      join locations c on c.company_id = m.company_id and c.id = m.from_location_id
      where m.company_id = ${companyId} and m.reverses_id is null
        and not exists (select from stock_moves u where u.company_id = m.company_id and u.reverses_id = m.id)
    ), moved as (
      select shipment_line_id, sum(quantity) filter (where not arrives) as quantity, sum(quantity) filter (where arrives) as arrived
      from live group by shipment_line_id
    ), money as (
      select l.shipment_line_id, sum(l.base_quantity) as invoiced
      from invoice_lines l join invoices i on i.company_id = l.company_id and i.id = l.invoice_id
      where l.company_id = ${companyId} and l.shipment_line_id is not null and i.state = 'posted'
        and case when i.kind in ('invoice', 'bill') then l.type <> 'deduction' else l.corrects_line_id is not null end
      group by l.shipment_line_id
    ), given_back as (
      select k.shipment_line_id, sum(l.base_quantity) as credited
      from invoice_lines l join invoices i on i.company_id = l.company_id and i.id = l.invoice_id
      join invoice_lines k on k.company_id = l.company_id and k.id = l.corrects_line_id
      where l.company_id = ${companyId} and k.shipment_line_id is not null and i.state = 'posted' and i.kind = 'credit-note' and l.type = 'item'
      group by k.shipment_line_id
    )`,
  from: ({ companyId }) => sql`
    from shipment_lines l
    join shipments s on s.company_id = l.company_id and s.id = l.shipment_id and l.company_id = ${companyId}
    left join back b on b.source_line_id = l.id
    left join moved m on m.shipment_line_id = l.id
    left join money i on i.shipment_line_id = l.id
    left join given_back g on g.shipment_line_id = l.id`,
  key: sql`${nameOfShipment} || ' line ' || l.position`,
  figures: [
    { what: 'shipment line returned', stored: sql`l.returned`, computed: orZero('b.returned') },
    { what: 'shipment line received', stored: sql`l.received`, computed: orZero('m.arrived') },
    {
      what: 'shipment line moved',
      stored: sql`case when s.state = 'posted' then abs(l.base_quantity) + l.rejected_base_quantity else 0 end`,
      computed: orZero('m.quantity'),
    },
    {
      what: 'shipment line invoiced',
      stored: sql`l.invoiced`,
      // Which receipts a bill is for is counted per order line: see the next check.
      computed: sql`case when s.kind = 'receipt-note' then l.invoiced else coalesce(i.invoiced, 0) - coalesce(g.credited, 0) end`,
    },
  ],
})

const billedReceipts = check('billed_receipts', {
  before: ({ companyId }) => sql`
    with receipt as (
      select coalesce(l.order_line_id, l.id) as line_id, sum(l.base_quantity + l.rejected_base_quantity) as received,
        sum(l.invoiced) as invoiced, bool_or(l.invoiced > l.base_quantity + l.rejected_base_quantity) as over
      from shipment_lines l join shipments s on s.company_id = l.company_id and s.id = l.shipment_id
      where l.company_id = ${companyId} and s.kind = 'receipt-note' and s.state = 'posted'
      group by 1
    ), money as (
      select coalesce(l.order_line_id, k.shipment_line_id, l.shipment_line_id) as line_id,
        sum(case when i.kind = 'bill' then l.base_quantity else -l.base_quantity end) as billed
      from invoice_lines l join invoices i on i.company_id = l.company_id and i.id = l.invoice_id
      left join invoice_lines k on k.company_id = l.company_id and k.id = l.corrects_line_id
      where l.company_id = ${companyId} and i.state = 'posted' and i.kind in ('bill', 'vendor-credit') and l.type = 'item'
      group by 1
    )`,
  from: ({ companyId }) => sql`
    from receipt r left join money m on m.line_id = r.line_id
    left join order_lines l on l.company_id = ${companyId} and l.id = r.line_id
    left join orders o on o.company_id = l.company_id and o.id = l.order_id`,
  key: sql`coalesce(${nameOfOrder} || ' line ' || l.position, 'receipt line ' || r.line_id)`,
  figures: [
    {
      what: 'receipts billed',
      stored: sql`case when r.over then r.received + 1 else r.invoiced end`,
      computed: sql`least(greatest(coalesce(m.billed, 0), 0), r.received)`,
    },
  ],
})

export const documentChecks: readonly Check[] = [orderLines, orders, shipmentLines, billedReceipts]
