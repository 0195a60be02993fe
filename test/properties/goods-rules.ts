import type { Rule } from './invariants.ts'

/** The ledger as it comes to and goes from physical places: one row for each side of a move. */
const sides = `
  select m.product_id, m.lot_id, c.warehouse_id, c.id as location_id, c.type, m.quantity from stock_moves m
  join locations c on c.company_id = m.company_id and c.id = m.to_location_id
  where m.company_id = $1 and c.warehouse_id is not null
  union all
  select m.product_id, m.lot_id, c.warehouse_id, c.id, c.type, -m.quantity from stock_moves m
  join locations c on c.company_id = m.company_id and c.id = m.from_location_id
  where m.company_id = $1 and c.warehouse_id is not null`

/**
 * What each move is worth in each pool today, in the order of the pool's history. What covering goods below zero changed
 * of the cost of an issue happened when they came.
 */
const history = `
  select m.product_id, m.to_warehouse_id as warehouse_id, m.to_seq as seq, m.quantity, false as computed,
    m.value + coalesce((select sum(case when c.direction = 'in' then c.value_change else -c.value_change end)
      from stock_value_corrections c
      where c.company_id = m.company_id and coalesce(c.covered_by_id, c.move_id) = m.id and c.warehouse_id = m.to_warehouse_id), 0) as value
  from stock_moves m where m.company_id = $1 and m.to_seq is not null
  union all
  select m.product_id, m.from_warehouse_id, m.from_seq, -m.quantity, m.reverses_id is null,
    -m.value + coalesce((select sum(case when c.direction = 'in' then c.value_change else -c.value_change end)
      from stock_value_corrections c
      where c.company_id = m.company_id and coalesce(c.covered_by_id, c.move_id) = m.id and c.warehouse_id = m.from_warehouse_id), 0)
  from stock_moves m where m.company_id = $1 and m.from_seq is not null`

const reversed = `exists (select from stock_moves u where u.company_id = m.company_id and u.reverses_id = m.id)`

export const goodsRules: readonly Rule[] = [
  [
    'on hand and quarantine are the sums of the moves',
    `select coalesce(l.product_id, s.product_id) as product, coalesce(l.warehouse_id, s.warehouse_id) as warehouse,
       l.on_hand, s.stock, l.quarantined, s.quarantine
     from (select * from stock_levels where company_id = $1) l
     full join (select product_id, warehouse_id, coalesce(sum(quantity) filter (where type = 'stock'), 0) as stock,
         coalesce(sum(quantity) filter (where type = 'quarantine'), 0) as quarantine
       from (${sides}) x group by 1, 2) s using (product_id, warehouse_id)
     where coalesce(l.on_hand, 0) <> coalesce(s.stock, 0) or coalesce(l.quarantined, 0) <> coalesce(s.quarantine, 0)`,
  ],
  [
    'balances by place and lot are the sums of the moves',
    `select coalesce(b.product_id, s.product_id) as product, coalesce(b.location_id, s.location_id) as location,
       coalesce(b.lot_id, s.lot_id) as lot, b.quantity, s.moved
     from (select * from stock_balances where company_id = $1) b
     full join (select product_id, location_id, lot_id, sum(quantity) as moved from (${sides}) x group by 1, 2, 3) s
       on s.product_id = b.product_id and s.location_id = b.location_id
         and coalesce(s.lot_id, s.product_id) = coalesce(b.lot_id, b.product_id)
     where coalesce(b.quantity, 0) <> coalesce(s.moved, 0)`,
  ],
  [
    'a tracked product moves by lot, another does not',
    `select m.id, p.sku from stock_moves m join products p on p.company_id = m.company_id and p.id = m.product_id
     where m.company_id = $1 and (m.lot_id is null) <> (p.tracking = 'none')`,
  ],
  [
    'nothing is below zero where that is refused',
    `select b.product_id, b.location_id, b.lot_id, b.quantity from stock_balances b
     join warehouses w on w.company_id = b.company_id and w.id = b.warehouse_id
     where b.company_id = $1 and b.quantity < 0 and not w.allow_negative
     union all
     select l.product_id, l.warehouse_id, null, l.on_hand - l.reserved from stock_levels l
     join warehouses w on w.company_id = l.company_id and w.id = l.warehouse_id
     where l.company_id = $1 and (l.on_hand < 0 or l.reserved > l.on_hand) and not w.allow_negative`,
  ],
  [
    'stock rows follow the rule of their warehouse',
    `select l.product_id, l.warehouse_id from stock_levels l join warehouses w on w.company_id = l.company_id and w.id = l.warehouse_id
     where l.company_id = $1 and l.allow_negative <> w.allow_negative
     union all
     select b.product_id, b.location_id from stock_balances b join warehouses w on w.company_id = b.company_id and w.id = b.warehouse_id
     where b.company_id = $1 and b.allow_negative <> w.allow_negative`,
  ],
  [
    'a serial number lies in one place',
    `select t.number, sum(b.quantity) from stock_balances b join lots t on t.company_id = b.company_id and t.id = b.lot_id
     where b.company_id = $1 and t.serial group by t.id, t.number having sum(b.quantity) not in (0, 1)`,
  ],
  [
    'a lot was received as often as it came from suppliers or was found, less what went back or was lost',
    `select t.number, t.received, s.received from lots t
     left join lateral (select sum(case when f.type in ('supplier', 'adjustment') then m.quantity else 0 end)
         - sum(case when g.type in ('supplier', 'adjustment') then m.quantity else 0 end) as received
       from stock_moves m join locations f on f.company_id = m.company_id and f.id = m.from_location_id
       join locations g on g.company_id = m.company_id and g.id = m.to_location_id
       where m.company_id = t.company_id and m.lot_id = t.id) s on true
     where t.company_id = $1 and t.received <> coalesce(s.received, 0)`,
  ],
  [
    'reserved and outgoing are the sums of the demands',
    `select l.product_id, l.warehouse_id, l.reserved, d.reserved as of_demands, l.outgoing, d.wanted
     from stock_levels l
     left join lateral (select sum(reserved) as reserved, sum(wanted) filter (where type = 'order') as wanted
       from stock_demands d where d.company_id = l.company_id and d.product_id = l.product_id and d.warehouse_id = l.warehouse_id) d on true
     where l.company_id = $1 and (l.reserved <> coalesce(d.reserved, 0) or l.outgoing <> coalesce(d.wanted, 0))`,
  ],
  [
    'lots that are held add up to what is held',
    `select d.source_line_id, d.warehouse_id, d.reserved, h.held from stock_demands d
     join products p on p.company_id = d.company_id and p.id = d.product_id and p.tracking <> 'none'
     left join lateral (select sum(quantity) as held from stock_lot_holds h where h.company_id = d.company_id
       and h.source_line_id = d.source_line_id and h.warehouse_id = d.warehouse_id) h on true
     where d.company_id = $1 and d.reserved <> coalesce(h.held, 0)`,
  ],
  [
    'no more of a lot is held than lies there',
    `select h.lot_id, h.warehouse_id, h.held, b.there from (select lot_id, warehouse_id, sum(quantity) as held from stock_lot_holds
       where company_id = $1 group by 1, 2) h
     join warehouses w on w.company_id = $1 and w.id = h.warehouse_id and not w.allow_negative
     left join lateral (select sum(b.quantity) as there from stock_balances b
       join locations c on c.company_id = b.company_id and c.id = b.location_id and c.type = 'stock'
       where b.company_id = $1 and b.lot_id = h.lot_id and b.warehouse_id = h.warehouse_id) b on true
     where h.held > coalesce(b.there, 0)`,
  ],
  [
    'what a confirmed sales order has open is wanted, and nothing else',
    `select l.id, o.state, l.open_quantity, d.wanted from order_lines l
     join orders o on o.company_id = l.company_id and o.id = l.order_id and o.kind = 'sales-order'
     left join lateral (select sum(wanted) as wanted from stock_demands d where d.company_id = l.company_id and d.source_line_id = l.id) d on true
     where l.company_id = $1 and coalesce(d.wanted, 0) <> case when o.state = 'confirmed' then l.open_quantity else 0 end`,
  ],
  [
    'what is left of a reservation is wanted until it ends',
    `select l.id, r.state, d.wanted from stock_reservation_lines l
     join stock_reservations r on r.company_id = l.company_id and r.id = l.reservation_id
     left join lateral (select sum(wanted) as wanted, bool_or(expires_at is distinct from r.reserve_until) as off
       from stock_demands d where d.company_id = l.company_id and d.source_line_id = l.id) d on true
     where l.company_id = $1 and (d.off or coalesce(d.wanted, 0) > l.base_quantity - l.released - l.ordered)`,
  ],
  [
    'a demand is of an order line or a reservation line',
    `select d.source_line_id from stock_demands d where d.company_id = $1
       and not exists (select from order_lines l where l.company_id = d.company_id and l.id = d.source_line_id)
       and not exists (select from stock_reservation_lines l where l.company_id = d.company_id and l.id = d.source_line_id)`,
  ],
  [
    'incoming is what confirmed purchase orders have open',
    `select l.product_id, l.warehouse_id, l.incoming, o.open from stock_levels l
     left join lateral (select sum(ol.open_quantity) as open from order_lines ol
       join orders o on o.company_id = ol.company_id and o.id = ol.order_id
       where ol.company_id = l.company_id and ol.product_id = l.product_id and o.warehouse_id = l.warehouse_id
         and o.kind = 'purchase-order' and o.state = 'confirmed') o on true
     where l.company_id = $1 and l.incoming <> coalesce(o.open, 0)`,
  ],
  [
    // Of tracked goods people choose which lots they hold; a lot that they took off stays free (S31).
    'nobody waits for untracked goods that are free',
    `select l.product_id, l.warehouse_id, l.on_hand, l.reserved from stock_levels l
     join products p on p.company_id = l.company_id and p.id = l.product_id and p.tracking = 'none'
     where l.company_id = $1 and l.on_hand > l.reserved and exists (select from stock_demands d
       where d.company_id = l.company_id and d.product_id = l.product_id and d.warehouse_id = l.warehouse_id
         and d.type = 'order' and d.reserved < d.wanted)`,
  ],
  [
    'the value of a pool is the sum of its moves and their corrections',
    `select l.product_id, l.warehouse_id, l.value, h.value as of_moves from stock_levels l
     left join lateral (select sum(h.value) as value from (${history}) h
       where h.product_id = l.product_id and h.warehouse_id = l.warehouse_id) h on true
     where l.company_id = $1 and l.value <> coalesce(h.value, 0)`,
  ],
  [
    'a pool was never worth less than nothing, nor anything when it was empty',
    `select * from (
       select product_id, warehouse_id, seq, sum(quantity) over w as quantity, sum(value) over w as value from (${history}) h
       window w as (partition by product_id, warehouse_id order by seq)) x
     where (quantity = 0 and value <> 0) or (quantity > 0 and value < 0)`,
  ],
  [
    // R8, with every value as it stands today: a bill that changes one changes what followed from it (S22).
    'what goes out of a moving average costs the average of that moment',
    `select * from (
       select h.product_id, h.warehouse_id, h.seq, -h.quantity as quantity, -h.value as value, h.computed,
         coalesce(sum(h.quantity) over before, 0) as stock, coalesce(sum(h.value) over before, 0) as worth
       from (${history}) h join products p on p.company_id = $1 and p.id = h.product_id and p.valuation = 'average'
       window before as (partition by h.product_id, h.warehouse_id order by h.seq rows between unbounded preceding and 1 preceding)) x
     where computed and quantity > 0 and quantity <= stock
       and value <> case when quantity = stock then worth else round(worth * quantity / stock, 2) end`,
  ],
  [
    'the history of a pool has no gap',
    `select l.product_id, l.warehouse_id, l.last_seq, h.count, h.last from stock_levels l
     left join lateral (select count(distinct seq) as count, count(*) as moves, max(seq) as last from (${history}) h
       where h.product_id = l.product_id and h.warehouse_id = l.warehouse_id) h on true
     where l.company_id = $1 and (l.last_seq <> h.count or h.moves <> h.count or l.last_seq <> coalesce(h.last, 0))`,
  ],
  [
    'layers of a FIFO product are what is there, and what it is worth',
    `select l.product_id, l.warehouse_id, l.on_hand + l.quarantined as quantity, y.quantity as of_layers, l.value, y.value as of_layers_value
     from stock_levels l join products p on p.company_id = l.company_id and p.id = l.product_id and p.valuation = 'fifo'
     left join lateral (select coalesce(sum(quantity_left), 0) as quantity, coalesce(sum(value_left), 0) as value from stock_layers y
       where y.company_id = l.company_id and y.product_id = l.product_id and y.warehouse_id = l.warehouse_id) y on true
     where l.company_id = $1 and (y.quantity <> greatest(l.on_hand + l.quarantined, 0)
       or (l.on_hand + l.quarantined >= 0 and y.value <> l.value))`,
  ],
  [
    'a layer is not worth less than nothing, nor anything when it is used up',
    `select product_id, seq, quantity_left, value_left from stock_layers
     where company_id = $1 and (value_left < 0 or (quantity_left = 0 and value_left <> 0))`,
  ],
  [
    'a posted shipment has moved what its lines say, a draft or reversed one nothing',
    `select s.id, s.kind, s.state, l.base_quantity, l.rejected_base_quantity, m.moved from shipments s
     join shipment_lines l on l.company_id = s.company_id and l.shipment_id = s.id
     left join lateral (select coalesce(sum(case when m.reverses_id is null then m.quantity else -m.quantity end), 0) as moved
       from stock_moves m join locations f on f.company_id = m.company_id and f.id = m.from_location_id
       where m.company_id = s.company_id and m.shipment_line_id = l.id
         and not (f.type = 'transit' and m.reverses_id is null) ) m on true
     where s.company_id = $1 and m.moved <> case when s.state = 'posted' then abs(l.base_quantity) + l.rejected_base_quantity else 0 end`,
  ],
  [
    'reversing is exactly opposite',
    `select u.id, m.quantity, u.quantity from stock_moves u
     join stock_moves m on m.company_id = u.company_id and m.id = u.reverses_id
     where u.company_id = $1 and (u.quantity <> m.quantity or u.from_location_id <> m.to_location_id
       or u.to_location_id <> m.from_location_id or u.lot_id is distinct from m.lot_id)`,
  ],
  [
    'order lines count what posted shipments moved',
    `select l.id, l.shipped, s.shipped, l.rejected, s.rejected, l.returned, s.returned, l.returned_replace, s.replaced from order_lines l
     left join lateral (select
         coalesce(sum(x.base_quantity + x.rejected_base_quantity) filter (where s.kind in ('delivery-note', 'receipt-note')), 0) as shipped,
         coalesce(sum(x.rejected_base_quantity) filter (where s.kind = 'receipt-note'), 0) as rejected,
         coalesce(sum(x.base_quantity) filter (where s.kind in ('sales-return', 'purchase-return') and not x.replace), 0) as returned,
         coalesce(sum(x.base_quantity) filter (where s.kind in ('sales-return', 'purchase-return') and x.replace), 0) as replaced
       from shipment_lines x join shipments s on s.company_id = x.company_id and s.id = x.shipment_id and s.state = 'posted'
       where x.company_id = l.company_id and x.order_line_id = l.id) s on true
     where l.company_id = $1 and (l.shipped <> s.shipped or l.rejected <> s.rejected or l.returned <> s.returned or l.returned_replace <> s.replaced)`,
  ],
  [
    'no more is cancelled of a line than is not delivered or received',
    `select l.id, l.base_quantity, l.cancelled, l.shipped, l.returned_replace from order_lines l
     where l.company_id = $1 and l.cancelled > greatest(l.base_quantity - (l.shipped - l.returned_replace), 0) and l.stocked`,
  ],
  [
    'shipment lines count what came back, what arrived and what was invoiced',
    `select l.id, s.kind, l.returned, r.returned, l.received, t.received from shipment_lines l
     join shipments s on s.company_id = l.company_id and s.id = l.shipment_id
     left join lateral (select coalesce(sum(x.base_quantity), 0) as returned from shipment_lines x
       join shipments y on y.company_id = x.company_id and y.id = x.shipment_id and y.state = 'posted'
       where x.company_id = l.company_id and x.source_line_id = l.id and y.kind in ('sales-return', 'purchase-return')) r on true
     left join lateral (select coalesce(sum(m.quantity), 0) as received from stock_moves m
       join locations f on f.company_id = m.company_id and f.id = m.from_location_id and f.type = 'transit'
       where m.company_id = l.company_id and m.shipment_line_id = l.id and m.reverses_id is null and not ${reversed}) t on true
     where l.company_id = $1 and (l.returned <> r.returned or l.received <> t.received)`,
  ],
  [
    'statuses of orders follow from their lines',
    `select o.id, o.state, o.fulfilment, o.invoicing, o.returned from orders o where o.company_id = $1
       and (o.fulfilment <> order_fulfilment(o.company_id, o.id, o.state) or o.invoicing <> order_invoicing(o.company_id, o.id)
         or o.returned <> order_returned(o.company_id, o.id))`,
  ],
]
