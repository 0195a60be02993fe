import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Shop, openShop } from '../support/shop.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

it('lists find orders of which something is left to deliver or to invoice', async () => {
  const productId = await shop.product()
  await shop.stock(productId, '10')
  const ids: string[] = []
  for (const quantity of ['1', '2', '3']) {
    const { id } = await shop.order([{ productId, quantity, unitPrice: '5' }])
    ids.push(id)
  }
  const [draft, part, delivered] = ids
  await shop.act(`/sales-orders/${part}/confirm`)
  await shop.act(`/sales-orders/${delivered}/confirm`)
  const { lines } = await shop.api('GET', `/sales-orders/${part}`)
  expect(lines[0]!.stocked).toBe(true)
  await shop.deliver(part!, { lines: [{ sourceLineId: lines[0]!.id, quantity: '1' }] })
  await shop.deliver(delivered!)
  const found = async (query: string) =>
    (await shop.api('GET', `/sales-orders?${query}`)).items.map(({ id }) => id)
  expect(await found('fulfilment=open')).toEqual([part])
  expect(await found('invoicing=open')).toEqual([delivered, part])
  expect(await found('state=draft')).toEqual([draft])
  expect(await shop.api('GET', '/sales-orders/count?fulfilment=open')).toEqual({ count: 1, capped: false })
})

it('lists find what the person who asks has made, of every kind, and nothing of others', async () => {
  const [anna, marek] = [await shop.sessionAs('owner'), await shop.sessionAs('owner')]
  const productId = await shop.product()
  await shop.stock(productId, '10')
  const line = { productId, quantity: '1', unitPrice: '5' }
  const partyId = shop.customerId
  const { warehouseId } = shop
  const made: Record<string, object> = {
    'sales-orders': { partyId, warehouseId, lines: [line] },
    'stock-adjustments': { warehouseId, lines: [{ productId, quantityChange: '1', reason: 'found' }] },
    invoices: { partyId, lines: [line] },
    payments: { direction: 'in', partyId, amount: '5', method: 'cash' },
    'stock-reservations': {
      partyId,
      warehouseId,
      reserveUntil: new Date(Date.now() + 3_600_000).toISOString(),
      lines: [{ productId, quantity: '1' }],
    },
  }
  for (const [list, body] of Object.entries(made)) {
    const { id } = await shop.api('POST', `/${list}`, body, { as: anna })
    const mine = (as: typeof anna) =>
      shop
        .api('GET', `/${list}?createdBy=me`, undefined, { as })
        .then(({ items }) => items.map((row) => row.id))
    expect(await mine(anna), list).toEqual([id])
    expect(await mine(marek), list).toEqual([])
    expect(await mine(shop.owner), list).toEqual([])
    const counted = await shop.api('GET', `/${list}/count?createdBy=me`, undefined, { as: anna })
    expect(counted, list).toEqual({ count: 1, capped: false })
  }
  const refused = await shop.send('GET', '/invoices?createdBy=anna')
  expect(refused.status).toBe(400)
})

it('sales orders that wait for goods come in the order in which goods are given to them', async () => {
  const productId = await shop.product()
  await shop.stock(productId, '1')
  const lines = [{ productId, quantity: '5', unitPrice: '5' }]
  const confirmed = async (head: object) => {
    const { id } = await shop.order(lines, { backOrders: true, ...head })
    await shop.act(`/sales-orders/${id}/confirm`)
    return id
  }
  const late = await confirmed({ expectedDate: '2031-02-01' })
  const early = await confirmed({ expectedDate: '2031-01-01' })
  const urgent = await confirmed({ expectedDate: '2031-03-01', priority: 5 })
  await shop.order(lines)
  const waiting = async (query = '') =>
    (await shop.api('GET', `/sales-orders?waiting=true&sort=allocation${query}`)).items.map(({ id }) => id)
  expect(await waiting()).toEqual([urgent, early, late])
  const { nextCursor } = await shop.api('GET', '/sales-orders?waiting=true&sort=allocation&limit=1')
  expect(await waiting(`&cursor=${nextCursor}`)).toEqual([early, late])
  expect(await shop.api('GET', '/sales-orders/count?waiting=true')).toEqual({ count: 3, capped: false })
  await shop.stock(productId, '10')
  expect(await waiting()).toEqual([late])
  expect((await shop.api('GET', '/purchase-orders?waiting=true')).items).toEqual([])
})

it('orders without a date come behind those with one, sorted either way, over pages', async () => {
  const productId = await shop.product()
  const order = async (head: object) => (await shop.order([{ productId, quantity: '1' }], head)).id
  const undated = [await order({ expectedDate: null }), await order({ expectedDate: null })]
  const late = await order({ expectedDate: '2020-01-01' })
  const later = await order({ expectedDate: '2020-02-01' })
  const sorted = async (sort: string) => {
    const ids: string[] = []
    for (let cursor = ''; ;) {
      const page = await shop.api<{ items: { id: string }[]; nextCursor: string | null }>(
        'GET',
        `/sales-orders?productId=${productId}&limit=1&sort=${sort}${cursor}`,
      )
      ids.push(...page.items.map(({ id }) => id))
      if (page.nextCursor === null) return ids
      cursor = `&cursor=${page.nextCursor}`
    }
  }
  expect(await sorted('expectedDate')).toEqual([late, later, ...undated])
  expect(await sorted('-expectedDate')).toEqual([later, late, ...undated.toReversed()])
})
