import { type Client as Api, connect } from './client.ts'
import { type Installation, asAdmin } from './installation.ts'

/** What is traded in the benchmarks. */
export interface Goods {
  readonly warehouseId: string
  readonly products: readonly string[]
  readonly customers: readonly string[]
  readonly vendors: readonly string[]
}

const productCount = 10_000
const partyCount = 1000

/**
 * 10,000 products with stock, 1,000 customers and 1,000 vendors. The first of each is made through the API
 * and copied in the database; the stock comes in by adjustments of 1,000 lines through the API.
 */
export async function stockUp(installation: Installation): Promise<Goods> {
  const server = await installation.serve()
  const api = connect(server.url, installation.key, 4)
  try {
    const warehouseId = (await api.call('GET', '/warehouses')).items[0]!.id
    const product = {
      sku: 'B-0',
      name: 'Bench product',
      type: 'stocked',
      unit: 'pcs',
      salesPrice: '10.00',
      purchasePrice: '5.00',
    }
    await api.call('POST', '/products', product)
    await api.call('POST', '/parties', { name: 'Customer', roles: ['customer'], currency: 'USD' })
    await api.call('POST', '/parties', { name: 'Vendor', roles: ['vendor'], currency: 'USD' })
    const goods = await copy(installation)
    for (let i = 0; i < goods.products.length; i += 1000) {
      await api.call('POST', '/stock-adjustments', {
        post: true,
        warehouseId,
        lines: stockLines(goods.products.slice(i, i + 1000)),
      })
    }
    await asAdmin(installation.adminUrl, (client) => client.query('vacuum analyze'))
    return { warehouseId, ...goods }
  } finally {
    await api.close()
    await server.stop()
  }
}

function stockLines(products: readonly string[]): object[] {
  return products.map((productId) => ({
    productId,
    quantityChange: '1000000',
    unitCost: '5.00',
    reason: 'opening',
  }))
}

async function copy({ adminUrl }: Installation): Promise<Omit<Goods, 'warehouseId'>> {
  return asAdmin(adminUrl, async (client) => {
    // Whatever columns a product has, a copy has the same but for its key.
    await client.query(
      `insert into products select (jsonb_populate_record(p, jsonb_build_object('id', uuidv7(), 'sku', 'B-' || n, 'name', 'Bench product ' || n,
         'search', p.search || ' ' || n))).*
       from products p, generate_series(1, $1::int - 1) n where p.sku = 'B-0'`,
      [productCount],
    )
    await client.query(
      `insert into parties select (jsonb_populate_record(p, jsonb_build_object('id', uuidv7(), 'name', p.name || ' ' || n, 'search', p.search || ' ' || n))).*
       from parties p, generate_series(1, $1::int - 1) n where p.name in ('Customer', 'Vendor')`,
      [partyCount],
    )
    const ids = async (query: string): Promise<string[]> =>
      (await client.query<{ id: string }>(query)).rows.map((row) => row.id)
    return {
      products: await ids('select id from products order by id'),
      customers: await ids(`select id from parties where name like 'Customer%' order by id`),
      vendors: await ids(`select id from parties where name like 'Vendor%' order by id`),
    }
  })
}

/** One of them, evenly. */
export function oneOf<T>(of: readonly T[]): T {
  return of[Math.floor(Math.random() * of.length)]!
}

/** A pair of flows through the API, five requests each, every one its own durable commit. */
export function flows(
  api: Api,
  goods: Goods,
): Readonly<Record<'order-to-cash' | 'purchase-to-pay', () => Promise<void>>> {
  const lines = (unitPrice: string): object[] =>
    Array.from({ length: 5 }, () => ({ productId: oneOf(goods.products), quantity: '2', unitPrice }))
  const { warehouseId } = goods
  return {
    async 'order-to-cash'() {
      const order = await api.call('POST', '/sales-orders', {
        partyId: oneOf(goods.customers),
        warehouseId,
        lines: lines('10.00'),
      })
      await api.call('POST', `/sales-orders/${order.id}/confirm`)
      await api.call('POST', `/sales-orders/${order.id}/delivery-notes`, { post: true })
      const invoice = await api.call('POST', `/sales-orders/${order.id}/invoices`, { post: true })
      await api.call('POST', `/invoices/${invoice.id}/payments`, { amount: '100.00', method: 'card' })
    },
    async 'purchase-to-pay'() {
      const order = await api.call('POST', '/purchase-orders', {
        partyId: oneOf(goods.vendors),
        warehouseId,
        lines: lines('5.00'),
      })
      await api.call('POST', `/purchase-orders/${order.id}/confirm`)
      await api.call('POST', `/purchase-orders/${order.id}/receipt-notes`, { post: true })
      const bill = await api.call('POST', `/purchase-orders/${order.id}/bills`, { post: true })
      await api.call('POST', `/bills/${bill.id}/payments`, { amount: '50.00', method: 'bank' })
    },
  }
}
