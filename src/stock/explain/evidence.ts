import { sql, statement } from '../../kernel/sql.ts'
import { joinLive, liveColumns, liveFigures } from '../levels/live-levels.ts'

/** The rows that the figures of a level are made of, read for an explanation. */

/** As many are shown one by one; the others are summed up in one row. */
const mostShown = 500

export interface OfLevel {
  readonly companyId: string
  readonly productId: string
  readonly warehouseId: string
  readonly now: Date
  readonly today: string
}

/** The level, all zero where nothing ever happened; no row when product or warehouse is unknown. */
export const selectLevel = statement(
  'explained_level',
  { unit: 'text', ...liveColumns },
  (p: OfLevel) => sql`
    select p.unit, ${liveFigures}
    from products p
    join warehouses w on w.company_id = p.company_id and w.id = ${p.warehouseId}
    cross join lateral (
      select ${p.companyId}::uuid as company_id, p.id as product_id, w.id as warehouse_id,
        coalesce(s.on_hand, 0) as on_hand, coalesce(s.quarantined, 0) as quarantined, coalesce(s.reserved, 0) as reserved,
        coalesce(s.incoming, 0) as incoming, coalesce(s.outgoing, 0) as outgoing, coalesce(s.value, 0) as value
      from (select) one
      left join stock_levels s on s.company_id = p.company_id and s.product_id = p.id and s.warehouse_id = w.id
    ) l
    ${joinLive(p)}
    where p.company_id = ${p.companyId} and p.id = ${p.productId}`,
)

/** Movements and corrections of their value, newest first, with the sums over all of them. */
export const selectMovements = statement(
  'explained_movements',
  {
    cause: 'text',
    undone: 'bool',
    kind: 'text',
    documentId: 'uuid',
    number: 'text?',
    date: 'date',
    quantity: 'numeric',
    amount: 'numeric',
    count: 'int',
    allQuantity: 'numeric',
    allAmount: 'numeric',
  },
  (p: OfLevel & { figure: 'quantity' | 'amount' }) => sql`
    select x.cause, x.undone, coalesce(i.kind, s.kind) as kind, coalesce(i.id, s.id) as document_id,
      coalesce(i.number, s.number) as number, x.date, x.quantity, x.amount, x.count, x.all_quantity, x.all_amount
    from (
      select y.*, (count(*) over ())::int as count, sum(y.quantity) over () as all_quantity, sum(y.amount) over () as all_amount
      from (
        select m.id, 'move' as cause, m.reverses_id is not null as undone, m.shipment_id, null::uuid as invoice_line_id, m.date,
          case when m.to_warehouse_id = ${p.warehouseId} and b.type = 'stock' then m.quantity else 0 end
            - case when m.from_warehouse_id = ${p.warehouseId} and a.type = 'stock' then m.quantity else 0 end as quantity,
          case when m.to_warehouse_id = ${p.warehouseId} and m.to_seq is not null then m.value else 0 end
            - case when m.from_warehouse_id = ${p.warehouseId} and m.from_seq is not null then m.value else 0 end as amount
        from stock_moves m
        join locations a on a.company_id = m.company_id and a.id = m.from_location_id
        join locations b on b.company_id = m.company_id and b.id = m.to_location_id
        where m.company_id = ${p.companyId} and m.product_id = ${p.productId}
          and ${p.warehouseId}::uuid in (m.from_warehouse_id, m.to_warehouse_id)
        union all
        select c.id, case c.cause when 'reversal' then 'move' else c.cause end, c.cause = 'reversal', m.shipment_id, c.invoice_line_id, c.date, 0,
          case c.direction when 'in' then c.value_change else -c.value_change end
        from stock_value_corrections c join stock_moves m on m.company_id = c.company_id and m.id = coalesce(c.covered_by_id, c.move_id)
        where c.company_id = ${p.companyId} and c.product_id = ${p.productId} and c.warehouse_id = ${p.warehouseId}
      ) y
      where case when ${p.figure}::text = 'quantity' then y.quantity <> 0 else y.amount <> 0 end
      order by y.id desc limit ${mostShown}
    ) x
    join shipments s on s.company_id = ${p.companyId} and s.id = x.shipment_id
    left join invoice_lines l on l.company_id = ${p.companyId} and l.id = x.invoice_line_id
    left join invoices i on i.company_id = l.company_id and i.id = l.invoice_id
    order by x.id desc`,
)

const promiseColumns = {
  kind: 'text',
  documentId: 'uuid',
  number: 'text?',
  party: 'text',
  date: 'date?',
  priority: 'int',
  quantity: 'numeric',
  count: 'int',
  allQuantity: 'numeric',
} as const

/** Who holds goods (`held`), or what confirmed orders still want (`wanted`), in the order they are served. */
export const selectDemands = statement(
  'explained_demands',
  promiseColumns,
  (p: OfLevel & { figure: 'held' | 'wanted' }) => sql`
    select case d.type when 'order' then 'sales-order' else 'stock-reservation' end as kind,
      coalesce(o.id, r.id) as document_id, coalesce(o.number, r.number) as number,
      coalesce(o.party ->> 'name', y.name) as party, d.due_on as date, d.priority, d.quantity, d.count, d.all_quantity
    from (
      select x.*, (count(*) over ())::int as count, sum(x.quantity) over () as all_quantity from (
        select s.*, case when ${p.figure}::text = 'held' then s.reserved else s.wanted end as quantity
        from stock_demands s
        where s.company_id = ${p.companyId} and s.product_id = ${p.productId} and s.warehouse_id = ${p.warehouseId}
          and (s.expires_at is null or s.expires_at > ${p.now}) and (${p.figure}::text = 'held' or s.type = 'order')
      ) x
      where x.quantity > 0
      order by x.priority desc, x.due_on, x.created_at, x.source_line_id limit ${mostShown}
    ) d
    left join order_lines ol on ol.company_id = d.company_id and ol.id = d.source_line_id and d.type = 'order'
    left join orders o on o.company_id = ol.company_id and o.id = ol.order_id
    left join stock_reservation_lines rl on rl.company_id = d.company_id and rl.id = d.source_line_id and d.type = 'reservation'
    left join stock_reservations r on r.company_id = rl.company_id and r.id = rl.reservation_id
    left join parties y on y.company_id = r.company_id and y.id = r.party_id
    order by d.priority desc, d.due_on, d.created_at, d.source_line_id`,
)

/** What confirmed purchase orders still announce. */
export const selectAnnounced = statement(
  'explained_incoming',
  promiseColumns,
  (p: OfLevel) => sql`
    select o.kind, o.id as document_id, o.number, o.party ->> 'name' as party,
      coalesce(l.expected_date, o.expected_date) as date, o.priority, l.open_quantity as quantity,
      (count(*) over ())::int as count, sum(l.open_quantity) over () as all_quantity
    from order_lines l join orders o on o.company_id = l.company_id and o.id = l.order_id
    where l.company_id = ${p.companyId} and l.product_id = ${p.productId} and o.warehouse_id = ${p.warehouseId}
      and o.kind = 'purchase-order' and o.state = 'confirmed' and l.open_quantity > 0
    order by 5 nulls last, o.id limit ${mostShown}`,
)

/** Expired lots that lie in stock and are held by nobody. */
export const selectExpiredLots = statement(
  'explained_expired_lots',
  { number: 'text', expiresOn: 'date?', quantity: 'numeric' },
  (p: OfLevel) => sql`
    select t.number, t.expires_on, x.free as quantity
    from stock_levels l
    cross join expired_lots(l.company_id, l.product_id, l.warehouse_id, ${p.now}, ${p.today}) x
    join lots t on t.company_id = l.company_id and t.id = x.lot_id
    where l.company_id = ${p.companyId} and l.product_id = ${p.productId} and l.warehouse_id = ${p.warehouseId} and x.free > 0
    order by t.expires_on, t.number`,
)
