import type { Answered, CallOptions } from './api.ts'
import type { Caller } from './companies.ts'
import type { TestApp } from './test-app.ts'

/** A request of the story that succeeded, by its address with `{id}`: 'POST /sales-orders/{id}/confirm'. */
export type Told = Map<string, unknown>

let chapter = 0

/**
 * Buys, sells, returns and pays once, so that a company has one of everything. What an installation does
 * not have (yet) is left out.
 * @returns the body of every write that succeeded.
 */
export async function tellStory(app: TestApp, caller: Caller): Promise<Told> {
  const told: Told = new Map()
  const n = ++chapter
  const options: CallOptions = { as: caller }
  const post = async (path: string, body?: unknown): Promise<Answered | null> => {
    const answer = await app.send('POST', path, body, options)
    if (answer.status >= 300) return null
    told.set(`POST ${path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '{id}')}`, body)
    return answer.json
  }
  const follow = async (from: Answered | null, step: string, body?: unknown): Promise<Answered | null> =>
    from === null ? null : post(step.replace('{id}', from.id), body)

  const warehouse = (await app.send('GET', '/warehouses', undefined, options)).json.items?.[0]
  const second = await post('/warehouses', { code: `W${n}`, name: `Second ${n}` })
  const vendor = await post('/parties', { name: `Vendor ${n}`, roles: ['vendor'], currency: 'USD' })
  const customer = await post('/parties', { name: `Customer ${n}`, roles: ['customer'], currency: 'USD' })
  const tax = await post('/taxes', { name: `Tax ${n}`, rate: '10', category: 'S' })
  const product = await post('/products', {
    sku: `SKU-${n}`,
    name: `Product ${n}`,
    type: 'stocked',
    unit: 'pcs',
    salesPrice: '15.00',
  })
  await post('/products', {
    sku: `LOT-${n}`,
    name: `Lotted ${n}`,
    type: 'stocked',
    unit: 'pcs',
    tracking: 'lot',
  })
  await post('/exchange-rates', { currency: 'EUR', date: '2026-01-01', rate: '1.08' })
  await post('/price-books', {
    name: `Book ${n}`,
    currency: 'USD',
    entries: [{ productId: product?.id, unit: 'pcs', minQuantity: '1', price: '14.00' }],
  })
  await post('/locations', { warehouseId: warehouse?.id, code: `A-${n}`, name: `Aisle ${n}`, type: 'stock' })

  await post('/reorder-levels', {
    productId: product?.id,
    warehouseId: warehouse?.id,
    vendorId: vendor?.id,
    minimum: '1',
    maximum: '20',
  })

  const head = { warehouseId: warehouse?.id, currency: 'USD' }
  const line = { productId: product?.id, quantity: '10', unitPrice: '5.00', taxIds: [tax?.id] }
  await post('/purchase-orders', { ...head, partyId: vendor?.id, lines: [line] })
  const bought = await post('/purchase-orders', { ...head, partyId: vendor?.id, lines: [line] })
  await follow(bought, '/purchase-orders/{id}/confirm')
  const receipt = await follow(bought, '/purchase-orders/{id}/receipt-notes')
  await follow(receipt, '/receipt-notes/{id}/post')
  const bill = await follow(bought, '/purchase-orders/{id}/bills')
  await follow(bill, '/bills/{id}/post')
  await follow(bill, '/bills/{id}/payments', { amount: '10.00', method: 'bank' })

  const sale = { ...line, quantity: '4', unitPrice: '15.00' }
  await post('/sales-orders', { ...head, partyId: customer?.id, lines: [sale] })
  const sold = await post('/sales-orders', { ...head, partyId: customer?.id, lines: [sale] })
  await follow(sold, '/sales-orders/{id}/confirm')
  const delivery = await follow(sold, '/sales-orders/{id}/delivery-notes')
  await follow(delivery, '/delivery-notes/{id}/post')
  const invoice = await follow(sold, '/sales-orders/{id}/invoices')
  await follow(invoice, '/invoices/{id}/post')
  await follow(invoice, '/invoices/{id}/payments', { amount: '20.00', method: 'card' })

  const part = (from: Answered | null, more: object) => ({
    lines: [{ sourceLineId: from?.lines?.[0]?.id, quantity: '1', ...more }],
  })
  const back = await follow(
    delivery,
    '/delivery-notes/{id}/sales-returns',
    part(delivery, { reason: 'defective', disposition: 'restock' }),
  )
  await follow(back, '/sales-returns/{id}/post')
  const returned = await follow(
    receipt,
    '/receipt-notes/{id}/purchase-returns',
    part(receipt, { reason: 'defective' }),
  )
  await follow(returned, '/purchase-returns/{id}/post')
  const credit = await follow(invoice, '/invoices/{id}/credit-notes', part(invoice, {}))
  await follow(credit, '/credit-notes/{id}/post')
  const vendorCredit = await follow(bill, '/bills/{id}/vendor-credits', part(bill, {}))
  await follow(vendorCredit, '/vendor-credits/{id}/post')

  const adjustment = await post('/stock-adjustments', {
    warehouseId: warehouse?.id,
    lines: [{ productId: product?.id, quantityChange: '5', unitCost: '5.00', reason: 'found' }],
  })
  await follow(adjustment, '/stock-adjustments/{id}/post')
  await post('/stock-transfers', {
    warehouseId: warehouse?.id,
    toWarehouseId: second?.id,
    lines: [{ productId: product?.id, quantity: '1' }],
  })
  const hold = { partyId: customer?.id, warehouseId: warehouse?.id, reserveUntil: '2099-12-31T00:00:00Z' }
  await post('/stock-reservations', { ...hold, lines: [{ productId: product?.id, quantity: '1' }] })
  return told
}
