import type { Context } from '../../kernel/context.ts'
import { addDays } from '../../kernel/dates.ts'
import { type Row, type Sql, type Statement, empty, sql } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'

/** How far a proposal looks back and ahead. */
export interface Outlook {
  /** So many past days say what goes out on a day. */
  readonly demandDays: number
  /** Until the next time that somebody orders: what is ordered now must last so long beyond the lead time. */
  readonly reviewDays: number
}

export const projectedColumns = {
  productId: 'uuid',
  sku: 'text',
  name: 'text',
  unit: 'text',
  warehouseId: 'uuid',
  warehouseName: 'text',
  vendorId: 'uuid?',
  vendorName: 'text?',
  vendorMinimum: 'numeric?',
  leadTimeDays: 'int',
  until: 'date',
  onHand: 'numeric',
  expired: 'numeric',
  incoming: 'numeric',
  drafted: 'numeric',
  later: 'numeric',
  outgoing: 'numeric',
  sold: 'numeric',
  demandPerDay: 'numeric',
  demand: 'numeric',
  projected: 'numeric',
  minimum: 'numeric',
  maximum: 'numeric',
  packSize: 'numeric',
  quantity: 'numeric',
} as const
export type Projected = Row<typeof projectedColumns>

/** In the order of `projectedColumns`, from `x`. */
export const projectedFields: Sql = sql`x.product_id, x.sku, x.name, x.unit, x.warehouse_id, x.warehouse_name, x.vendor_id, x.vendor_name,
  x.vendor_minimum, x.lead_time_days, x.until, x.on_hand, x.expired, x.incoming, x.drafted, x.later, x.outgoing, x.sold,
  x.demand_per_day, x.demand, x.projected, x.minimum, x.maximum, x.pack_size, x.quantity`

/**
 * When the goods of a purchase order's line `l` of order `o` are expected, where `v` is what the product says
 * of the order's vendor: as the line or the order says, else by the lead time.
 */
export function expectedOn(leadTimeDays: Sql): Sql {
  return sql`coalesce(l.expected_date, o.expected_date, o.date + coalesce(v.lead_time_days, ${leadTimeDays}))`
}

/** What customers took from a warehouse, less what they gave back, in the days that the outlook looks back. */
function sales(ctx: Context, { demandDays }: Outlook): Sql {
  const from = addDays(ctx.today, -demandDays)
  // Ids are made in the order of time, so that the ledger is read from there on by its own key.
  const moment = new Date(Date.parse(`${from}T00:00:00Z`) - 2 * 86_400_000).getTime()
  const first = moment.toString(16).padStart(12, '0')
  const firstId = `${first.slice(0, 8)}-${first.slice(8)}-7000-8000-000000000000`
  return sql`
    select m.product_id, coalesce(m.from_warehouse_id, m.to_warehouse_id) as warehouse_id,
      case when m.from_warehouse_id is null then -m.quantity else m.quantity end as quantity
    from stock_moves m
    join locations c on c.company_id = m.company_id and c.type = 'customer' and c.id in (m.from_location_id, m.to_location_id)
    where m.company_id = ${ctx.company.id} and m.id >= ${firstId}::uuid and m.date > ${from}::date and m.date <= ${ctx.today}::date
      and (m.from_warehouse_id is null) <> (m.to_warehouse_id is null)`
}

/**
 * Every product with a reorder level, and what is to be expected of it by the day on which the order after this
 * one would bring goods: `x`, one row for each product and warehouse, made by one statement for all of them.
 *
 * What is on order counts when it comes by that day, be it on the last one or in a draft: an order that is made
 * takes its proposal away, and one that is a little late does not bring it back. What goes out is what was
 * ordered until then, or what past sales let expect where that is more.
 * @param only a condition on the reorder level `r`
 */
export function projection(ctx: Context, outlook: Outlook, only: Sql = empty): Sql {
  const companyId = ctx.company.id
  const { demandDays, reviewDays } = outlook
  return sql`(
    with levels as materialized (
      select r.product_id, p.sku, p.name, p.unit, p.tracking, p.search, r.warehouse_id, w.name as warehouse_name,
        y.id as vendor_id, y.name as vendor_name,
        round(v.minimum_quantity * coalesce(u.numerator, 1) / coalesce(u.denominator, 1), 6) as vendor_minimum,
        coalesce(r.lead_time_days, v.lead_time_days, 0) as lead_time_days,
        ${ctx.today}::date + coalesce(r.lead_time_days, v.lead_time_days, 0) + ${reviewDays}::int as until,
        r.minimum, r.maximum, r.pack_size
      from reorder_levels r
      join products p on p.company_id = r.company_id and p.id = r.product_id and not p.archived and p.type = 'stocked'
      join warehouses w on w.company_id = r.company_id and w.id = r.warehouse_id and not w.archived
      left join lateral (
        select pv.party_id from product_vendors pv
        join parties py on py.company_id = pv.company_id and py.id = pv.party_id and py.vendor and not py.archived
        where r.vendor_id is null and pv.company_id = r.company_id and pv.product_id = r.product_id
        order by pv.preferred desc, pv.party_id limit 1
      ) own on true
      left join parties y on y.company_id = r.company_id and y.id = coalesce(r.vendor_id, own.party_id) and y.vendor and not y.archived
      left join product_vendors v on v.company_id = r.company_id and v.product_id = r.product_id and v.party_id = y.id
      left join product_units u on u.company_id = r.company_id and u.product_id = r.product_id and u.unit = v.unit
      where r.company_id = ${companyId} ${only}
    ),
    coming as (
      select e.product_id, e.warehouse_id,
        sum(e.quantity) filter (where e.date <= e.until and e.state = 'confirmed') as incoming,
        sum(e.quantity) filter (where e.date <= e.until and e.state = 'draft') as drafted,
        sum(e.quantity) filter (where e.date > e.until) as later
      from (
        select k.product_id, k.warehouse_id, k.until, o.state, l.open_quantity as quantity, ${expectedOn(sql`k.lead_time_days`)} as date
        from levels k
        join order_lines l on l.company_id = ${companyId} and l.product_id = k.product_id and l.kind = 'purchase-order' and l.open_quantity > 0
        join orders o on o.company_id = l.company_id and o.id = l.order_id and o.warehouse_id = k.warehouse_id
          and o.state in ('draft', 'confirmed')
        left join product_vendors v on v.company_id = o.company_id and v.product_id = l.product_id and v.party_id = o.party_id
      ) e
      group by e.product_id, e.warehouse_id
    ),
    going as (
      select k.product_id, k.warehouse_id, sum(d.wanted) as outgoing
      from levels k
      join stock_demands d on d.company_id = ${companyId} and d.product_id = k.product_id and d.warehouse_id = k.warehouse_id
        and d.due_on <= k.until and (d.expires_at is null or d.expires_at > ${ctx.now})
      group by k.product_id, k.warehouse_id
    ),
    sold as (
      select s.product_id, s.warehouse_id, greatest(sum(s.quantity), 0) as quantity
      from (${sales(ctx, outlook)}) s group by s.product_id, s.warehouse_id
    ),
    figures as (
      select k.*, coalesce(l.on_hand, 0) as on_hand, coalesce(lots.expired, 0) as expired, coalesce(coming.incoming, 0) as incoming,
        coalesce(coming.drafted, 0) as drafted, coalesce(coming.later, 0) as later, coalesce(going.outgoing, 0) as outgoing,
        coalesce(sold.quantity, 0) as sold, round(coalesce(sold.quantity, 0) / ${demandDays}::int, 3) as demand_per_day,
        round(coalesce(sold.quantity, 0) * (k.until - ${ctx.today}::date) / ${demandDays}::int, 2) as demand
      from levels k
      left join stock_levels l on l.company_id = ${companyId} and l.product_id = k.product_id and l.warehouse_id = k.warehouse_id
      left join coming on coming.product_id = k.product_id and coming.warehouse_id = k.warehouse_id
      left join going on going.product_id = k.product_id and going.warehouse_id = k.warehouse_id
      left join sold on sold.product_id = k.product_id and sold.warehouse_id = k.warehouse_id
      left join lateral (
        select sum(greatest(lot.free, 0)) as expired
        from expired_lots(l.company_id, l.product_id, l.warehouse_id, ${ctx.now}, ${ctx.today}) lot where k.tracking <> 'none'
      ) lots on true
    ),
    expected as (
      select f.*, f.on_hand - f.expired + f.incoming + f.drafted - greatest(f.outgoing, f.demand) as projected from figures f
    ),
    lacking as (
      select e.*, case when e.projected < e.minimum then greatest(e.maximum - e.projected, e.vendor_minimum, 0) else 0 end as wanted
      from expected e
    )
    select y.*, y.pack_size * (div(y.wanted, y.pack_size) + (mod(y.wanted, y.pack_size) > 0)::int) as quantity from lacking y
  ) x`
}

/**
 * Reads a projection with plans that join whole tables, also in a transaction that writes and finds its rows by
 * key (see openDatabase): so it would take minutes for ten thousand products.
 */
export function readProjection<R>(tx: Transaction, statement: Statement<void, R>): Promise<R[]> {
  void tx.command('set local enable_hashjoin = on')
  const rows = tx.all(statement, undefined)
  void tx.command('set local enable_hashjoin = off')
  return rows
}
