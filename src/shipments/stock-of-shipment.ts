import { sql } from '../kernel/sql.ts'
import { stockReader } from '../stock/index.ts'

/** The levels a shipment touches: where its lines take or bring goods, and where its order lines hold some. */
const pairs = (p: { companyId: string; id: string }) => sql`
  select l.product_id, l.warehouse_id from shipment_lines l where l.company_id = ${p.companyId} and l.shipment_id = ${p.id}
  union
  select l.product_id, s.to_warehouse_id from shipments s join shipment_lines l on l.company_id = s.company_id and l.shipment_id = s.id
  where s.company_id = ${p.companyId} and s.id = ${p.id} and s.to_warehouse_id is not null
  union
  select d.product_id, d.warehouse_id from shipment_lines l
  join stock_demands d on d.company_id = l.company_id and d.source_line_id = l.order_line_id
  where l.company_id = ${p.companyId} and l.shipment_id = ${p.id}
  union
  select l.product_id, o.warehouse_id from shipments s join orders o on o.company_id = s.company_id and o.id = s.order_id
  join shipment_lines l on l.company_id = s.company_id and l.shipment_id = s.id
  where s.company_id = ${p.companyId} and s.id = ${p.id}`

const lines = (p: { companyId: string; id: string }) => sql`
  select l.order_line_id from shipment_lines l where l.company_id = ${p.companyId} and l.shipment_id = ${p.id} and l.order_line_id is not null`

/**
 * Goods leave. Those that an order holds in another warehouse than they leave come free there, and other lots than
 * those chosen here.
 */
export const outflowReader = stockReader('outflow', {
  pairs,
  lines,
  waiting: (p) => sql`exists (
    select from shipment_lines l join stock_demands o on o.company_id = l.company_id and o.source_line_id = l.order_line_id
    where l.company_id = ${p.companyId} and l.shipment_id = ${p.id} and o.warehouse_id <> l.warehouse_id
      and o.product_id = d.product_id and o.warehouse_id = d.warehouse_id)
    or exists (
    select from shipment_lines l
    where l.company_id = ${p.companyId} and l.shipment_id = ${p.id} and l.order_line_id is not null and l.lots <> '[]'::jsonb
      and l.product_id = d.product_id and l.warehouse_id = d.warehouse_id)`,
  goods: true,
})
/** Goods come in or come free: waiting lines get them. */
export const inflowReader = stockReader('inflow', {
  pairs,
  lines,
  waiting: true,
  goods: true,
  comeIn: true,
})
/** Goods may go that are held: everyone who holds some is loaded. */
export const holdersReader = stockReader('holders', {
  pairs,
  lines,
  waiting: true,
  holders: true,
  goods: true,
  comeIn: true,
})

/** For a draft made from an order: what is held for its lines, to propose places and lots. */
const orderPairs = (p: { companyId: string; id: string }) => sql`
  select l.product_id, o.warehouse_id from orders o join order_lines l on l.company_id = o.company_id and l.order_id = o.id
  where o.company_id = ${p.companyId} and o.id = ${p.id} and l.stocked
  union
  select d.product_id, d.warehouse_id from order_lines l
  join stock_demands d on d.company_id = l.company_id and d.source_line_id = l.id
  where l.company_id = ${p.companyId} and l.order_id = ${p.id}`
const orderLines = (p: { companyId: string; id: string }) => sql`
  select l.id from order_lines l where l.company_id = ${p.companyId} and l.order_id = ${p.id}`
export const proposalReader = stockReader('proposal', {
  pairs: orderPairs,
  lines: orderLines,
  waiting: false,
  goods: true,
})
/** The same for goods that are received at once: waiting lines get them. */
export const arrivalReader = stockReader('arrival', {
  pairs: orderPairs,
  lines: orderLines,
  waiting: true,
  goods: true,
  comeIn: true,
})
