import type { Decimal } from '../kernel/decimal.ts'
import { sql, statement } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'

const selectInvoiced = statement(
  'invoiced_through_order',
  { lineId: 'uuid', quantity: 'numeric' },
  (p: { companyId: string; shipmentIds: readonly string[] }) => sql`
    with goods as (
      select l.id, l.shipment_id, l.order_line_id, s.date, l.invoiced, greatest(l.base_quantity - l.returned - l.invoiced, 0) as open
      from shipment_lines l join shipments s on s.company_id = l.company_id and s.id = l.shipment_id
      where l.company_id = ${p.companyId} and s.kind = 'delivery-note' and s.state = 'posted' and l.order_line_id = any(array(
        select r.order_line_id from shipment_lines r where r.company_id = ${p.companyId} and r.shipment_id = any(${p.shipmentIds}::uuid[])))
    ), pool as (
      select o.id, o.invoiced - o.credited - sum(g.invoiced) as quantity
      from goods g join order_lines o on o.company_id = ${p.companyId} and o.id = g.order_line_id
      group by o.id, o.invoiced, o.credited
    ), covered as (
      select g.id, g.shipment_id, least(g.open, pool.quantity - coalesce(sum(g.open) over (
          partition by g.order_line_id order by g.date, g.id rows between unbounded preceding and 1 preceding), 0)) as quantity
      from goods g join pool on pool.id = g.order_line_id where pool.quantity > 0
    )
    select id as line_id, quantity from covered where quantity > 0 and shipment_id = any(${p.shipmentIds}::uuid[])`,
)

/**
 * How much of the goods of delivery notes was invoiced by invoices of their order, which name no delivery: what such
 * invoices charge, less their credits, is taken for the oldest deliveries of the order line first.
 * @returns base quantities by line; lines without any are left out. What invoices of the delivery itself charge is not in it.
 */
export async function findInvoicedThroughOrder(
  tx: Transaction,
  companyId: string,
  shipmentIds: readonly string[],
): Promise<ReadonlyMap<string, Decimal>> {
  const rows = await tx.all(selectInvoiced, { companyId, shipmentIds })
  return new Map(rows.map(({ lineId, quantity }) => [lineId, quantity]))
}
