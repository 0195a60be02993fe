import { decimal, sum } from '../../src/kernel/decimal.ts'
import type { LevelAnswer } from '../support/shop.ts'
import type { TestApp } from '../support/test-app.ts'
import { askMap } from './ask.ts'
import { everything } from './everything.ts'
import type { Figures } from './figures.ts'
import type { LoadedNorthwind } from './load-northwind.ts'
import { type Northwind, type NorthwindOrder, soldIn } from './northwind-data.ts'

type Product = Northwind['products'][number]

export async function compareStock(
  app: TestApp,
  data: Northwind,
  loaded: LoadedNorthwind,
  figures: Figures,
): Promise<void> {
  const { stock } = data.expected
  const levels = await everything<LevelAnswer>(app, '/stock/levels')
  const total = (field: keyof LevelAnswer): string =>
    sum(levels.map((level) => decimal(String(level[field])))).toFixed()
  figures.compare('units in stock', stock.units_in_stock, total('onHand'))
  figures.compare('units on order', stock.units_on_order, total('incoming'))
  figures.compare('value at unit price', stock.value_at_unit_price, total('value'))

  const notShipped = data.orders.filter((order) => order.shipped === null)
  const wanted = new Map(soldIn(notShipped).map((each) => [each.productId, each.quantity]))
  const wants = (row: Product): number => wanted.get(row.product_id) ?? 0
  const skuOf = new Map([...loaded.productIds].map(([sku, id]) => [id, sku]))
  const compare = (field: keyof LevelAnswer, should: (row: Product) => string | number): void =>
    figures.compareAll(
      `${field} of each product`,
      new Map(data.products.map((row) => [row.product_id, should(row)])),
      new Map(levels.map((level) => [skuOf.get(level.productId)!, String(level[field])])),
    )
  compare('onHand', (row) => row.inStock)
  compare('incoming', (row) => row.onOrder)
  compare('outgoing', (row) => data.expected.per_product[row.product_id]!.not_shipped)
  compare('reserved', (row) => Math.min(row.inStock, wants(row)))
  compare('available', (row) => Math.max(row.inStock - wants(row), 0))
  compare('forecast', (row) => row.inStock + row.onOrder - wants(row))
  compare('quarantined', () => 0)
  // Everything came in at the list price, so whatever went out in between, what is left is worth it.
  compare('value', (row) => decimal(row.unit_price).times(decimal(row.inStock)).toFixed())
  figures.compareAll('held for each line that waits', heldByDate(notShipped, data), await holds(app))
}

function holds(app: TestApp): Promise<Map<string, string>> {
  return askMap(
    app,
    `select o.reference || ' ' || l.sku as key, coalesce(d.reserved, 0) as value
      from orders o join order_lines l on l.company_id = o.company_id and l.order_id = o.id
      left join stock_demands d on d.company_id = l.company_id and d.source_line_id = l.id
      where o.kind = 'sales-order' and o.fulfilment = 'none' and l.stocked`,
  )
}

/** The stock of the last day goes to the lines that wait by the date they are wanted, then by their entry. */
function heldByDate(waiting: readonly NorthwindOrder[], data: Northwind): Map<string, number> {
  const free = new Map(data.products.map((row) => [row.product_id, row.inStock]))
  const held = new Map<string, number>()
  const inTurn = waiting.toSorted(
    (a, b) => a.required.localeCompare(b.required) || Number(a.id) - Number(b.id),
  )
  for (const order of inTurn) {
    for (const { productId, quantity } of order.lines) {
      const taken = Math.min(quantity, free.get(productId)!)
      free.set(productId, free.get(productId)! - taken)
      held.set(`${order.id} ${productId}`, taken)
    }
  }
  return held
}
