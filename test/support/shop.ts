import type { Answered, CallOptions } from './api.ts'
import { type TestApp, type TestAppOptions, startTestApp } from './test-app.ts'

/** A stock level as the API answers it. */
export interface LevelAnswer {
  readonly productId: string
  readonly warehouseId: string
  readonly onHand: string
  readonly reserved: string
  readonly available: string
  readonly incoming: string
  readonly outgoing: string
  readonly forecast: string
  readonly quarantined: string
  readonly value: string
  readonly averageCost: string | null
}

/** A company with a warehouse, a customer and a vendor, and the steps that most tests of goods take. */
export interface Shop extends TestApp {
  readonly warehouseId: string
  readonly customerId: string
  readonly vendorId: string
  /** A new product; answers its id. */
  product(fields?: object): Promise<string>
  warehouse(code: string, fields?: object): Promise<string>
  customer(name: string): Promise<string>
  /** Puts goods into stock by an adjustment, at 1.00 each unless the line says otherwise. */
  stock(productId: string, quantity: string, line?: object, head?: object): Promise<Answered>
  /** A draft sales order of the customer. */
  order(lines: readonly object[], head?: object): Promise<Answered>
  /** Takes an action that must succeed, or answer the status that is expected. */
  readonly act: (path: string, body?: unknown, options?: CallOptions) => Promise<Answered>
  /** Makes the delivery of an order and posts it. */
  deliver(orderId: string, body?: unknown): Promise<Answered>
  /** The level of a product, all zero where nothing ever happened. */
  level(productId: string, warehouseId?: string): Promise<LevelAnswer>
  /** Some figures of a level, in the order asked for. */
  figures(productId: string, names: readonly (keyof LevelAnswer)[], warehouseId?: string): Promise<unknown[]>
}

/** Of the whole process, so that no two shops of one database make the same product. */
let made = 0

export async function openShop(options: TestAppOptions = {}): Promise<Shop> {
  const app = await startTestApp(options)
  const { api } = app
  const warehouseId = (await api('GET', '/warehouses')).items[0]!.id
  const party = async (name: string, role: string): Promise<string> =>
    (await api('POST', '/parties', { name, roles: [role] })).id
  const act: Shop['act'] = (path, body, more) => api('POST', path, body, more)
  const level: Shop['level'] = async (productId, where = warehouseId) => {
    const { items } = await api<{ items: LevelAnswer[] }>(
      'GET',
      `/stock/levels?productId=${productId}&warehouseId=${where}`,
    )
    return items[0] ?? nothing(productId, where)
  }
  const customerId = await party('Premium Computers', 'customer')
  return {
    ...app,
    warehouseId,
    customerId,
    vendorId: await party('Bright Components', 'vendor'),
    act,
    level,
    async product(fields = {}) {
      const sku = `P-${`${++made}`.padStart(5, '0')}` // sorts as it was made
      const product = { sku, name: `Product ${sku}`, unit: 'pcs', salesPrice: '10.00', ...fields }
      return (await api('POST', '/products', product)).id
    },
    async warehouse(code, fields = {}) {
      return (await api('POST', '/warehouses', { code, name: `Warehouse ${code}`, ...fields })).id
    },
    customer: (name) => party(name, 'customer'),
    async stock(productId, quantity, line = {}, head = {}) {
      const lines = [{ productId, quantityChange: quantity, unitCost: '1.00', reason: 'opening', ...line }]
      const draft = await api('POST', '/stock-adjustments', { warehouseId, ...head, lines })
      return act(`/stock-adjustments/${draft.id}/post`)
    },
    order: (lines, head = {}) =>
      api('POST', '/sales-orders', { partyId: customerId, warehouseId, ...head, lines }),
    async deliver(orderId, body) {
      const draft = await act(`/sales-orders/${orderId}/delivery-notes`, body)
      return act(`/delivery-notes/${draft.id}/post`)
    },
    async figures(productId, names, where = warehouseId) {
      const found = await level(productId, where)
      return names.map((name) => found[name])
    },
  }
}

function nothing(productId: string, warehouseId: string): LevelAnswer {
  const none = '0'
  return {
    productId,
    warehouseId,
    onHand: none,
    reserved: none,
    available: none,
    incoming: none,
    outgoing: none,
    forecast: none,
    quarantined: none,
    value: none,
    averageCost: null,
  }
}
