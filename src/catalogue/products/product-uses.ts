import { mostUsesCounted } from '../../kernel/guards.ts'
import { sql, statement } from '../../kernel/sql.ts'

/** How many documents and lists of each kind name a product, and a few of them; counting stops at a limit. */
export const findProductUses = statement(
  'product_uses',
  { kind: 'text', count: 'int', names: 'text[]' },
  (p: { companyId: string; id: string }) => sql`
    select kind, count(*)::int as count,
      coalesce((array_agg(name order by name desc) filter (where name is not null))[1:3], '{}') as names
    from (
      (select o.kind, o.id, o.number as name from orders o where o.company_id = ${p.companyId} and o.id in
        (select l.order_id from order_lines l where l.company_id = ${p.companyId} and l.product_id = ${p.id})
        limit ${mostUsesCounted + 1})
      union all
      (select s.kind, s.id, s.number from shipments s where s.company_id = ${p.companyId} and s.id in
        (select l.shipment_id from shipment_lines l where l.company_id = ${p.companyId} and l.product_id = ${p.id})
        limit ${mostUsesCounted + 1})
      union all
      (select i.kind, i.id, i.number from invoices i where i.company_id = ${p.companyId} and i.id in
        (select l.invoice_id from invoice_lines l where l.company_id = ${p.companyId} and l.product_id = ${p.id})
        limit ${mostUsesCounted + 1})
      union all
      (select 'stock-reservation', r.id, r.number from stock_reservations r where r.company_id = ${p.companyId} and r.id in
        (select l.reservation_id from stock_reservation_lines l where l.company_id = ${p.companyId} and l.product_id = ${p.id})
        limit ${mostUsesCounted + 1})
      union all
      (select 'stock-count', c.id, c.number from counts c where c.company_id = ${p.companyId} and c.id in
        (select l.count_id from count_lines l where l.company_id = ${p.companyId} and l.product_id = ${p.id})
        limit ${mostUsesCounted + 1})
      union all
      (select 'stock-level', s.warehouse_id, null from stock_levels s where s.company_id = ${p.companyId} and s.product_id = ${p.id})
      union all
      (select 'price-book', b.id, b.name from price_books b where b.company_id = ${p.companyId} and b.id in
        (select e.price_book_id from price_book_entries e where e.company_id = ${p.companyId} and e.product_id = ${p.id})
        limit ${mostUsesCounted + 1})
    ) uses group by kind order by kind`,
)

/** What of a product other rows rely on, so that it must stay as it is. */
export const findProductTies = statement(
  'product_ties',
  { documents: 'bool', moves: 'bool', priceBookUnits: 'text[]' },
  (p: { companyId: string; id: string }) => sql`
    select
      exists (select from order_lines l where l.company_id = ${p.companyId} and l.product_id = ${p.id})
        or exists (select from shipment_lines l where l.company_id = ${p.companyId} and l.product_id = ${p.id})
        or exists (select from invoice_lines l where l.company_id = ${p.companyId} and l.product_id = ${p.id})
        or exists (select from stock_reservation_lines l where l.company_id = ${p.companyId} and l.product_id = ${p.id})
        as documents,
      exists (select from stock_moves m where m.company_id = ${p.companyId} and m.product_id = ${p.id}) as moves,
      array(select distinct e.unit from price_book_entries e
        where e.company_id = ${p.companyId} and e.product_id = ${p.id} order by e.unit) as price_book_units`,
)
