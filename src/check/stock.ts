import { raw, sql } from '../kernel/sql.ts'
import { type Check, check, orZero } from './check.ts'

/** Levels, balances, layers and lots, recomputed from the stock ledger; holds, from what is promised. */

/** Joins by hash want equality, which no lot at all does not have. */
const noLot = raw(`'00000000-0000-0000-0000-000000000000'::uuid`)

const nameOfLevel = sql`coalesce(p.sku, x.product_id::text) || ' in ' || coalesce(w.code, x.warehouse_id::text)`
const namesOfLevel = sql`
  left join products p on p.company_id = x.company_id and p.id = x.product_id
  left join warehouses w on w.company_id = x.company_id and w.id = x.warehouse_id`

const levelsOfLedger = check('levels', {
  before: ({ companyId }) => sql`
    with entry as (
      select m.product_id, m.to_warehouse_id as warehouse_id, c.type, m.quantity, m.to_seq as seq,
        case when m.to_seq is null then 0 else m.value end as value
      from stock_moves m join locations c on c.company_id = m.company_id and c.id = m.to_location_id
      where m.company_id = ${companyId} and m.to_warehouse_id is not null
      union all
      select m.product_id, m.from_warehouse_id, c.type, -m.quantity, m.from_seq,
        case when m.from_seq is null then 0 else -m.value end
      from stock_moves m join locations c on c.company_id = m.company_id and c.id = m.from_location_id
      where m.company_id = ${companyId} and m.from_warehouse_id is not null
      union all
      select c.product_id, c.warehouse_id, null, 0, null,
        case c.direction when 'in' then c.value_change else -c.value_change end
      from stock_value_corrections c where c.company_id = ${companyId}
    ), ledger as (
      select product_id, warehouse_id, sum(quantity) filter (where type = 'stock') as on_hand,
        sum(quantity) filter (where type = 'quarantine') as quarantined, sum(value) as value,
        max(seq) as last_seq, count(seq) as entries
      from entry group by product_id, warehouse_id
    )`,
  from: ({ companyId }) => sql`
    from (
      select ${companyId}::uuid as company_id, coalesce(l.product_id, g.product_id) as product_id,
        coalesce(l.warehouse_id, g.warehouse_id) as warehouse_id, l.on_hand, l.quarantined, l.value, l.last_seq,
        g.on_hand as moved, g.quarantined as set_apart, g.value as worth, g.last_seq as last_entry, g.entries
      from (select * from stock_levels where company_id = ${companyId}) l
      full join ledger g on g.product_id = l.product_id and g.warehouse_id = l.warehouse_id
    ) x ${namesOfLevel}`,
  key: nameOfLevel,
  figures: [
    { what: 'stock level on hand', stored: orZero('x.on_hand'), computed: orZero('x.moved') },
    { what: 'stock level quarantined', stored: orZero('x.quarantined'), computed: orZero('x.set_apart') },
    { what: 'stock level value', stored: orZero('x.value'), computed: orZero('x.worth') },
    { what: 'stock level last entry', stored: orZero('x.last_seq'), computed: orZero('x.last_entry') },
    { what: 'stock ledger entries', stored: orZero('x.last_seq'), computed: orZero('x.entries') },
  ],
})

const levelsOfPromises = check('promises', {
  before: ({ companyId }) => sql`
    with demand as (
      select product_id, warehouse_id, sum(reserved) as reserved, sum(wanted) filter (where type = 'order') as wanted
      from stock_demands where company_id = ${companyId} group by product_id, warehouse_id
    ), announced as (
      select l.product_id, o.warehouse_id, sum(l.open_quantity) as open
      from order_lines l join orders o on o.company_id = l.company_id and o.id = l.order_id
      where o.company_id = ${companyId} and o.kind = 'purchase-order' and o.state = 'confirmed' and l.stocked
      group by l.product_id, o.warehouse_id
    )`,
  from: ({ companyId }) => sql`
    from (
      select ${companyId}::uuid as company_id, coalesce(l.product_id, d.product_id, a.product_id) as product_id,
        coalesce(l.warehouse_id, d.warehouse_id, a.warehouse_id) as warehouse_id, l.reserved, l.outgoing, l.incoming,
        d.reserved as held, d.wanted, a.open
      from (select * from stock_levels where company_id = ${companyId}) l
      full join demand d on d.product_id = l.product_id and d.warehouse_id = l.warehouse_id
      full join announced a on a.product_id = coalesce(l.product_id, d.product_id)
        and a.warehouse_id = coalesce(l.warehouse_id, d.warehouse_id)
    ) x ${namesOfLevel}`,
  key: nameOfLevel,
  figures: [
    { what: 'stock level reserved', stored: orZero('x.reserved'), computed: orZero('x.held') },
    { what: 'stock level outgoing', stored: orZero('x.outgoing'), computed: orZero('x.wanted') },
    { what: 'stock level incoming', stored: orZero('x.incoming'), computed: orZero('x.open') },
  ],
})

const balances = check('balances', {
  before: ({ companyId }) => sql`
    with ledger as (
      select product_id, location_id, lot_id, sum(quantity) as quantity from (
        select product_id, to_location_id as location_id, lot_id, quantity from stock_moves
        where company_id = ${companyId} and to_warehouse_id is not null
        union all
        select product_id, from_location_id, lot_id, -quantity from stock_moves
        where company_id = ${companyId} and from_warehouse_id is not null
      ) entry group by product_id, location_id, lot_id
    )`,
  from: ({ companyId }) => sql`
    from (
      select coalesce(b.product_id, g.product_id) as product_id, coalesce(b.location_id, g.location_id) as location_id,
        coalesce(b.lot_id, g.lot_id) as lot_id, b.quantity, g.quantity as moved
      from (select * from stock_balances where company_id = ${companyId}) b
      full join ledger g on g.product_id = b.product_id and g.location_id = b.location_id
        and coalesce(g.lot_id, ${noLot}) = coalesce(b.lot_id, ${noLot})
    ) x
    left join products p on p.company_id = ${companyId} and p.id = x.product_id
    left join locations c on c.company_id = ${companyId} and c.id = x.location_id
    left join warehouses w on w.company_id = ${companyId} and w.id = c.warehouse_id
    left join lots t on t.company_id = ${companyId} and t.id = x.lot_id`,
  key: sql`concat(coalesce(p.sku, x.product_id::text), ' in ', w.code, ' ', c.code, ' lot ' || t.number)`,
  figures: [{ what: 'stock balance', stored: orZero('x.quantity'), computed: orZero('x.moved') }],
})

const layers = check('layers', {
  from: ({ companyId }) => sql`
    from (
      select l.company_id, l.product_id, l.warehouse_id, l.on_hand + l.quarantined as pool, l.value,
        sum(y.quantity_left) as quantity_left, sum(y.value_left) as value_left
      from stock_levels l
      join products q on q.company_id = l.company_id and q.id = l.product_id and q.valuation = 'fifo'
      left join stock_layers y on y.company_id = l.company_id and y.product_id = l.product_id and y.warehouse_id = l.warehouse_id
      where l.company_id = ${companyId}
      group by l.company_id, l.product_id, l.warehouse_id
    ) x ${namesOfLevel}`,
  key: nameOfLevel,
  figures: [
    {
      what: 'stock layers quantity',
      stored: orZero('x.quantity_left'),
      computed: sql`greatest(x.pool, 0)`,
    },
    {
      what: 'stock layers value',
      stored: orZero('x.value_left'),
      // What went out below zero has a value of its own and no layer.
      computed: sql`case when x.pool > 0 then x.value else 0 end`,
    },
  ],
})

const corrections = check('corrections', {
  from: ({ companyId }) => sql`
    from (
      select c.*, m.to_warehouse_id, m.from_warehouse_id from stock_value_corrections c
      join stock_moves m on m.company_id = c.company_id and m.id = c.move_id
      where c.company_id = ${companyId}
    ) x ${namesOfLevel}`,
  key: sql`${nameOfLevel} || ' correction ' || x.id`,
  figures: [
    {
      // Nobody sees what is corrected on the other side of a move than it stands on in the pool.
      what: 'stock correction warehouse',
      stored: sql`x.warehouse_id::text`,
      computed: sql`(case x.direction when 'in' then x.to_warehouse_id else x.from_warehouse_id end)::text`,
      isText: true,
    },
  ],
})

const lots = check('lots', {
  before: ({ companyId }) => sql`
    with ledger as (
      select lot_id, sum(quantity) as received from (
        select m.lot_id, m.quantity from stock_moves m
        join locations c on c.company_id = m.company_id and c.id = m.from_location_id and c.type in ('supplier', 'adjustment')
        where m.company_id = ${companyId} and m.lot_id is not null
        union all
        select m.lot_id, -m.quantity from stock_moves m
        join locations c on c.company_id = m.company_id and c.id = m.to_location_id and c.type in ('supplier', 'adjustment')
        where m.company_id = ${companyId} and m.lot_id is not null
      ) entry group by lot_id
    )`,
  from: ({ companyId }) => sql`
    from lots t join products p on p.company_id = t.company_id and p.id = t.product_id and t.company_id = ${companyId}
    left join ledger g on g.lot_id = t.id`,
  key: sql`p.sku || ' lot ' || t.number`,
  figures: [{ what: 'lot received', stored: sql`t.received`, computed: orZero('g.received') }],
})

const lotHolds = check('lot_holds', {
  from: ({ companyId }) => sql`
    from (
      select d.*, (select sum(h.quantity) from stock_lot_holds h
        where h.company_id = d.company_id and h.source_line_id = d.source_line_id and h.warehouse_id = d.warehouse_id) as held
      from stock_demands d where d.company_id = ${companyId}
    ) x ${namesOfLevel}`,
  key: sql`${nameOfLevel} || ' for line ' || x.source_line_id`,
  figures: [
    {
      what: 'lots held',
      stored: orZero('x.held'),
      computed: sql`case when p.tracking = 'none' then 0 else x.reserved end`,
    },
  ],
})

const demandsOfOrders = check('demands_of_orders', {
  before: ({ companyId }) => sql`
    with demand as (
      select source_line_id, sum(wanted) as wanted from stock_demands
      where company_id = ${companyId} and type = 'order' group by source_line_id
    ), line as (
      select l.id, l.position, l.open_quantity, o.number from order_lines l
      join orders o on o.company_id = l.company_id and o.id = l.order_id
      where o.company_id = ${companyId} and o.kind = 'sales-order' and o.state = 'confirmed' and l.stocked
    )`,
  from: () => sql`from demand d full join line l on l.id = d.source_line_id`,
  key: sql`coalesce(l.number || ' line ' || l.position, 'line ' || d.source_line_id)`,
  figures: [{ what: 'wanted from stock', stored: orZero('d.wanted'), computed: orZero('l.open_quantity') }],
})

const demandsOfReservations = check('demands_of_reservations', {
  before: ({ companyId, now }) => sql`
    with demand as (
      select source_line_id, sum(wanted) as wanted, sum(wanted) filter (where expires_at <= ${now}) as ended
      from stock_demands where company_id = ${companyId} and type = 'reservation' group by source_line_id
    ), line as (
      select l.id, l.position, l.base_quantity - l.released - l.ordered as open, r.number, r.state,
        r.reserve_until > ${now} and r.expiry_noted is distinct from r.reserve_until as live
      from stock_reservation_lines l
      join stock_reservations r on r.company_id = l.company_id and r.id = l.reservation_id
      where r.company_id = ${companyId}
    )`,
  from: () => sql`from demand d full join line l on l.id = d.source_line_id`,
  key: sql`coalesce(l.number || ' line ' || l.position, 'line ' || d.source_line_id)`,
  figures: [
    {
      what: 'reserved from stock',
      stored: orZero('d.wanted'),
      // A hold that has ended may be swept already, or not.
      computed: sql`coalesce(case when l.state <> 'active' then 0 when l.live then l.open else d.ended end, 0)`,
    },
  ],
})

export const stockChecks: readonly Check[] = [
  levelsOfLedger,
  levelsOfPromises,
  balances,
  layers,
  corrections,
  lots,
  lotHolds,
  demandsOfOrders,
  demandsOfReservations,
]
