import { decimal } from '../../src/kernel/decimal.ts'
import type { TestApp } from '../support/test-app.ts'
import { askMap, askOne, askTable } from './ask.ts'
import { type Figures, tableOf } from './figures.ts'
import type { LoadedNorthwind } from './load-northwind.ts'
import { type Northwind, countryCodes } from './northwind-data.ts'
import { compareSeries } from './number-series.ts'

const netExact = 'l.quantity * l.unit_price * (1 - l.discount_percent / 100)'
/** Sums over the sales orders that a condition leaves, named as in the expectations; freight is no product. */
const sums = `
  count(*) filter (where l.stocked) as lines,
  coalesce(sum(l.quantity) filter (where l.stocked), 0) as quantity,
  coalesce(sum(l.quantity * l.unit_price) filter (where l.stocked), 0) as gross,
  coalesce(sum(${netExact}) filter (where l.stocked), 0) as net_exact,
  coalesce(sum(l.net) filter (where l.stocked), 0) as net_line_half_up,
  coalesce(sum(l.net) filter (where not l.stocked), 0) as freight,
  count(distinct o.id) as orders`
const from = `from orders o join order_lines l on l.company_id = o.company_id and l.order_id = o.id
  where o.kind = 'sales-order'`
const summed = ['lines', 'quantity', 'gross', 'net_exact', 'net_line_half_up'] as const

export async function compareSales(app: TestApp, data: Northwind, figures: Figures): Promise<void> {
  const { expected } = data
  const all = await askOne(
    app,
    `select ${sums}, count(*) filter (where l.discount_percent > 0) as discounted ${from}`,
  )
  figures.compare('sales orders', expected.orders, all['orders'])
  figures.compare('their lines', expected.order_lines, all['lines'])
  figures.compare('lines with a discount', expected.discounted_lines, all['discounted'])
  figures.compare('quantity', expected.overall.quantity, all['quantity'])
  figures.compare('before discounts', expected.overall.gross, all['gross'])
  figures.compare('net, unrounded', expected.overall.net_exact, all['net_exact'])
  figures.compare('net by rule R2', expected.overall.net_line_half_up, all['net_line_half_up'])
  figures.compare('freight', expected.overall.freight, all['freight'])

  const by = (key: string, columns: readonly string[], more = ''): Promise<Map<string, string>> =>
    askTable(app, columns, `select ${key} as key, ${sums} ${from} ${more} group by 1`)
  const yearly = [...summed, 'orders', 'freight'] as const
  const years = await by('extract(year from o.date)', yearly)
  figures.compareAll('per year', tableOf(expected.per_year, yearly), years)
  const ofCountry = [...summed, 'orders'] as const
  const countries = await by(`o.party->'address'->>'country'`, ofCountry)
  figures.compareAll('per country', tableOf(byCode(expected.per_customer_country), ofCountry), countries)
  const products = await by('l.sku', summed, 'and l.stocked')
  figures.compareAll('per product', tableOf(expected.per_product, summed), products)
  const largest = await askMap(
    app,
    `select o.reference as key, sum(${netExact}) as value ${from} and l.stocked
      group by 1 order by 2 desc limit 10`,
  )
  figures.compareAll('largest orders', new Map(expected.largest_orders_net_exact), largest)
}

export async function compareChains(
  app: TestApp,
  data: Northwind,
  loaded: LoadedNorthwind,
  figures: Figures,
): Promise<void> {
  const { expected } = data
  const shipped = expected.orders - expected.orders_not_shipped
  const statuses = new Map([
    ['full delivered, full invoiced', shipped],
    ['none delivered, none invoiced', expected.orders_not_shipped],
  ])
  const found = await askMap(
    app,
    `select o.fulfilment || ' delivered, ' || o.invoicing || ' invoiced' as key, count(*) as value
      from orders o where o.kind = 'sales-order' group by 1`,
  )
  figures.compareAll('statuses', statuses, found)
  const delivered = await askOne(
    app,
    `select count(*) as notes, count(distinct s.order_id) as orders,
        count(distinct s.order_id) filter (where s.date > o.expected_date) as late
      from shipments s join orders o on o.company_id = s.company_id and o.id = s.order_id
      where s.kind = 'delivery-note' and s.state = 'posted'`,
  )
  figures.compare('orders shipped', shipped, delivered['orders'])
  figures.compare('orders shipped late', expected.orders_shipped_late, delivered['late'])
  figures.compare('delivery notes', shipped + loaded.split.size, delivered['notes'])
  // R6: whatever the parts, the invoices of an order add up to it.
  const invoiced = await askOne(
    app,
    `select count(i.order_id) as orders, count(*) filter (where i.net = o.net) as same, sum(i.net) as net,
        sum(o.net) filter (where i.order_id is null) as left
      from orders o left join (
        select order_id, sum(net) as net from invoices where kind = 'invoice' and state = 'posted' group by 1
      ) i on i.order_id = o.id
      where o.kind = 'sales-order'`,
  )
  figures.compare('orders invoiced', shipped, invoiced['orders'])
  figures.compare('whose invoices add up to the order', shipped, invoiced['same'])
  figures.compare(
    'invoiced and still to invoice',
    decimal(expected.overall.net_line_half_up).plus(decimal(expected.overall.freight)).toFixed(),
    decimal(invoiced['net']!).plus(decimal(invoiced['left']!)).toFixed(),
  )
  await compareSeries(app, figures)
}

function byCode<T>(byCountry: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(byCountry).map(([name, each]) => [countryCodes[name]!, each]))
}
