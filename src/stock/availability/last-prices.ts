import { type Row, sql, statement } from '../../kernel/sql.ts'

/** So many of a party's newest orders are looked through, so that a large customer costs no more than others. */
const looked = 1000

const lastPriceColumns = {
  productId: 'uuid',
  price: 'numeric',
  discountPercent: 'numeric',
  unit: 'text',
  currency: 'text',
  pricesIncludeTax: 'bool',
  date: 'date',
  orderId: 'uuid',
  number: 'text',
} as const
export type LastPrice = Row<typeof lastPriceColumns>

/** What each product was last sold to a customer, or bought from a vendor, at: of orders that were confirmed. */
export const selectLastPrices = statement(
  'last_prices_of_party',
  lastPriceColumns,
  (p: {
    companyId: string
    partyId: string
    side: 'sales' | 'purchase'
    productIds: readonly string[]
  }) => sql`
    select distinct on (l.product_id) coalesce(l.product_id, l.id) as product_id, l.unit_price as price, l.discount_percent,
      l.unit, o.currency, o.prices_include_tax, o.date, o.id as order_id, coalesce(o.number, '') as number
    from (
      select company_id, id, currency, prices_include_tax, date, number from orders
      where company_id = ${p.companyId} and party_id = ${p.partyId}
        and kind = ${p.side}::text || '-order' and state in ('confirmed', 'closed')
      order by id desc limit ${looked}
    ) o
    join order_lines l on l.company_id = o.company_id and l.order_id = o.id
    where l.product_id = any(${p.productIds}::uuid[])
    order by l.product_id, o.date desc, o.id desc, l.position`,
)
