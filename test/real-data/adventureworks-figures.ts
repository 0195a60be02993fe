import type { LevelAnswer } from '../support/shop.ts'
import type { TestApp } from '../support/test-app.ts'
import type { AdventureWorks } from './adventureworks-data.ts'
import { dollars, moneyOf, moneyOfAll } from './adventureworks-money.ts'
import { askMap, askOne, askTable } from './ask.ts'
import { everything } from './everything.ts'
import { type Figures, tableOf } from './figures.ts'
import type { LoadedAdventureWorks } from './load-adventureworks.ts'
import { compareSeries } from './number-series.ts'

/** Sums over purchase orders, named as in the expectations; freight is no product. */
const sums = `
  count(*) filter (where l.stocked) as lines,
  sum(l.quantity) filter (where l.stocked) as ordered,
  sum(l.shipped) filter (where l.stocked) as received,
  sum(l.rejected) filter (where l.stocked) as rejected,
  sum(l.shipped - l.rejected) filter (where l.stocked) as stocked,
  coalesce(sum(l.quantity * l.unit_price) filter (where l.stocked), 0) as line_total,
  coalesce(sum(l.quantity * l.unit_price) filter (where not l.stocked), 0) as "Freight",
  count(distinct o.id) as orders`
const from = `from orders o join order_lines l on l.company_id = o.company_id and l.order_id = o.id`
const summed = ['line_total', 'lines', 'ordered', 'received', 'rejected', 'stocked'] as const

export async function comparePurchases(app: TestApp, data: AdventureWorks, figures: Figures): Promise<void> {
  const { overall, checks, ...expected } = data.expected
  const all = await askOne(
    app,
    `select ${sums}, count(distinct o.party_id) as vendors,
        count(*) filter (where l.stocked and l.shipped = l.base_quantity) as in_full,
        count(*) filter (where l.stocked and l.shipped < l.base_quantity) as short,
        count(*) filter (where l.rejected > 0) as with_rejects,
        count(*) filter (where l.rejected > 0 and l.rejected = l.shipped) as all_rejected
      ${from}`,
  )
  figures.compare('purchase orders', expected.orders, all['orders'])
  figures.compare('vendors with orders', expected.vendors_with_orders, all['vendors'])
  for (const column of summed) figures.compare(column, overall[column], all[column])
  figures.compare('Freight', overall.Freight, all['Freight'])
  figures.compare('lines received in full', checks.lines_received_in_full, all['in_full'])
  figures.compare('lines received short', checks.lines_short_received, all['short'])
  figures.compare('lines with rejects', checks.lines_with_rejects, all['with_rejects'])
  figures.compare('lines rejected whole', checks.lines_all_rejected, all['all_rejected'])

  const yearly = [...summed, 'Freight', 'orders'] as const
  const years = await askTable(
    app,
    yearly,
    `select extract(year from o.date) as key, ${sums} ${from} group by 1`,
  )
  figures.compareAll('per year', tableOf(expected.per_year, yearly), years)
  const top = (key: string, limit: number, columns: readonly string[]): Promise<Map<string, string>> =>
    askTable(
      app,
      columns,
      `select ${key} as key, ${sums} ${from} where l.stocked group by 1 order by line_total desc, 1 limit ${limit}`,
    )
  const products = Object.fromEntries(expected.top20_products_by_line_total.map((row) => [row.number, row]))
  figures.compareAll('top 20 products', tableOf(products, summed), await top('l.sku', 20, summed))
  const ofVendor = [...summed, 'orders'] as const
  const vendors = Object.fromEntries(expected.top10_vendors_by_line_total.map((row) => [row.name, row]))
  figures.compareAll(
    'top 10 vendors',
    tableOf(vendors, ofVendor),
    await top(`o.party->>'name'`, 10, ofVendor),
  )
}

export async function compareMoney(
  app: TestApp,
  data: AdventureWorks,
  loaded: LoadedAdventureWorks,
  figures: Figures,
): Promise<void> {
  const money = moneyOfAll(data)
  const orders = await askOne(
    app,
    `select sum(o.net) as net, sum(o.tax) as tax, sum(o.gross) as gross, count(*) filter (where o.state = 'closed') as closed,
        count(*) filter (where o.fulfilment = 'full' and o.invoicing = 'full') as full
      from orders o`,
  )
  figures.compare('orders, net by rule R2', dollars(money.net + money.freight), orders['net'])
  figures.compare('orders, tax by rule R3', dollars(money.tax), orders['tax'])
  figures.compare('orders, gross', dollars(money.net + money.freight + money.tax), orders['gross'])
  const eachOrder = (value: (order: AdventureWorks['orders'][number]) => bigint): Map<string, string> =>
    new Map(data.orders.map((order) => [order.id, dollars(value(order))]))
  figures.compareAll(
    'gross of each order',
    eachOrder((order) => {
      const { net, freight, tax } = moneyOf(order)
      return net + freight + tax
    }),
    await askMap(app, 'select o.reference as key, o.gross as value from orders o'),
  )
  const short = data.orders.filter((order) => order.lines.some((line) => line.received < line.ordered))
  figures.compare('orders closed because the rest never came', short.length, orders['closed'])
  figures.compare('orders received and billed', data.orders.length, orders['full'])

  const bills = await askOne(
    app,
    `select count(*) as bills, sum(i.net) as net, sum(i.tax) as tax, count(i.match_decision) as decided
      from invoices i where i.kind = 'bill' and i.state = 'posted'`,
  )
  const rejected = data.orders.filter((order) => order.lines.some((line) => line.rejected > 0))
  figures.compare('bills', data.orders.length, bills['bills'])
  figures.compare('billed for what was received', dollars(money.billed + money.freight), bills['net'])
  figures.compare('tax on it', dollars(money.billedTax), bills['tax'])
  figures.compareAll(
    'gross of each bill',
    eachOrder((order) => {
      const { billed, freight, billedTax } = moneyOf(order)
      return billed + freight + billedTax
    }),
    await askMap(
      app,
      `select o.reference as key, i.gross as value
        from invoices i join orders o on o.company_id = i.company_id and o.id = i.order_id`,
    ),
  )
  figures.compareAll(
    'bills refused until they were decided on',
    new Map(rejected.map((order) => [order.id, 1])),
    new Map([...loaded.decided].map((orderId) => [orderId, 1])),
  )
  figures.compare('bills with a decision', rejected.length, bills['decided'])
  await compareSeries(app, figures)
}

export async function compareGoods(app: TestApp, data: AdventureWorks, figures: Figures): Promise<void> {
  const numbers = new Map(data.products.map((row) => [row.ProductID, row.ProductNumber]))
  const levels = await everything<LevelAnswer & { readonly sku: string }>(app, '/stock/levels')
  const lines = Map.groupBy(
    data.orders.flatMap((order) => order.lines),
    (line) => numbers.get(line.productId)!,
  )
  const compare = (field: keyof LevelAnswer, should: ReadonlyMap<string, string | number>): void =>
    figures.compareAll(
      `${field} of each product`,
      should,
      new Map(levels.map((level) => [level.sku, String(level[field])])),
    )
  const counted = (quantity: (line: { received: number; rejected: number }) => number): Map<string, number> =>
    new Map([...lines].map(([sku, all]) => [sku, all.reduce((sum, line) => sum + quantity(line), 0)]))
  compare(
    'onHand',
    counted((line) => line.received - line.rejected),
  )
  compare(
    'quarantined',
    counted((line) => line.rejected),
  )
  compare('incoming', new Map())
  compare('reserved', new Map())
  const worth = [...moneyOfAll(data).worth]
  compare('value', new Map(worth.map(([productId, cents]) => [numbers.get(productId)!, dollars(cents)])))
  const total = await askOne(
    app,
    'select sum(on_hand) as on_hand, sum(quarantined) as quarantined, sum(value) as value from stock_levels',
  )
  const { overall } = data.expected
  figures.compare('on hand', overall.stocked, total['on_hand'])
  figures.compare('in quarantine', overall.rejected, total['quarantined'])
  figures.compare('value of both', dollars(moneyOfAll(data).billed), total['value'])
  const corrections = await askOne(app, 'select count(*) as made from stock_value_corrections')
  figures.compare('corrections of value: every bill had the price of its order', 0, corrections['made'])
}
