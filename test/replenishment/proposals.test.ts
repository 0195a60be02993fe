import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDays } from '../../src/kernel/dates.ts'
import type { Answered } from '../support/api.ts'
import { itAddsUp } from '../support/consistency.ts'
import { type Trade, openTrade, statuses } from '../support/trade.ts'

interface Proposal extends Answered {
  readonly productId: string
  readonly warehouseId: string
  readonly vendorId: string | null
  readonly quantity: string
  readonly rows: readonly Record<string, unknown>[]
}

interface Page {
  readonly items: readonly Proposal[]
  readonly nextCursor: string | null
}

let shop: Trade
const today = new Date().toISOString().slice(0, 10)
const inDays = (days: number): string => addDays(today, days)

beforeAll(async () => {
  shop = await openTrade({ company: { timeZone: 'UTC', backOrders: true } })
})
afterAll(() => shop.close())
itAddsUp(() => shop)

const product = (more: object = {}): Promise<string> =>
  shop.product({
    purchasePrice: '4.00',
    vendors: [{ partyId: shop.vendorId, price: '3.50', currency: 'USD', leadTimeDays: 5, preferred: true }],
    ...more,
  })
const level = (productId: string, more: object = {}): Promise<Answered> =>
  shop.api('POST', '/reorder-levels', {
    productId,
    warehouseId: shop.warehouseId,
    minimum: '20',
    maximum: '50',
    packSize: '12',
    ...more,
  })
const proposals = async (query = ''): Promise<Proposal[]> =>
  (await shop.api<{ items: Proposal[] }>('GET', `/purchase-proposals?limit=200${query}`)).items
const proposalOf = async (productId: string, query = ''): Promise<Proposal | undefined> =>
  (await proposals(query)).find((each) => each.productId === productId)
const explained = (productId: string, query = ''): Promise<Proposal> =>
  shop.api(
    'GET',
    `/purchase-proposals/explain?productId=${productId}&warehouseId=${shop.warehouseId}${query}`,
  )
const toOrder = (...of: readonly Proposal[]) => ({
  lines: of.map(({ productId, warehouseId, vendorId, quantity }) => ({
    productId,
    warehouseId,
    vendorId,
    quantity,
    proposed: quantity,
  })),
})

describe('reorder levels', () => {
  it('are set, set anew, changed, listed and deleted, with their history', async () => {
    const productId = await product({ name: 'Żuraw of oak' })
    const made = await level(productId, { leadTimeDays: 3 })
    expect(made).toMatchObject({
      minimum: '20',
      maximum: '50',
      packSize: '12',
      leadTimeDays: 3,
      vendorId: null,
      version: 1,
    })
    const again = await level(productId, {
      minimum: '0',
      maximum: '0',
      packSize: undefined,
      vendorId: shop.vendorId,
    })
    expect(again).toMatchObject({
      id: made.id,
      maximum: '0',
      packSize: '1',
      leadTimeDays: null,
      vendorName: 'Bright Components',
      version: 2,
    })
    const one = `/reorder-levels/${made.id}`
    expect((await shop.send('PATCH', one, { minimum: '1' }, { ifMatch: 1 })).status).toBe(412)
    expect(await shop.refused(one, { minimum: '1' }, { method: 'PATCH' })).toMatchObject({ code: 'maximum' })
    const changed = await shop.api(
      'PATCH',
      one,
      { minimum: '1', maximum: '9.5', vendorId: null },
      { ifMatch: 2 },
    )
    expect(changed).toMatchObject({ minimum: '1', maximum: '9.5', vendorId: null, version: 3 })
    const found = await shop.api('GET', `/reorder-levels?q=zuraw&warehouseId=${shop.warehouseId}`)
    expect(found.items).toEqual([changed])
    expect(await shop.api('GET', `/reorder-levels/count?productId=${productId}`)).toEqual({
      count: 1,
      capped: false,
    })
    await shop.api('DELETE', one, undefined, { ifMatch: 3 })
    expect((await shop.send('GET', one)).status).toBe(404)
    const { items } = await shop.api('GET', `/audit?objectId=${made.id}&sort=id`)
    expect(items.map((event) => event['type'])).toEqual([
      'reorder-level.created',
      'reorder-level.changed',
      'reorder-level.changed',
      'reorder-level.deleted',
    ])
    expect(items[1]!['before']).toEqual({
      minimum: '20',
      maximum: '50',
      packSize: '12',
      leadTimeDays: 3,
      vendorId: null,
    })
  })

  it('are refused where they cannot be meant', async () => {
    const productId = await product()
    const service = await shop.product({ type: 'service' })
    const body = { productId, warehouseId: shop.warehouseId, minimum: '5', maximum: '10' }
    for (const [more, code] of [
      [{ maximum: '4.999999' }, 'maximum'],
      [{ packSize: '0' }, 'pack-size'],
      [{ productId: service }, 'not-stocked'],
      [{ vendorId: shop.customerId }, 'wrong-role'],
      [{ productId: shop.vendorId }, 'unknown-product'],
      [{ warehouseId: shop.vendorId }, 'unknown-warehouse'],
    ] as const)
      expect(await shop.refused('/reorder-levels', { ...body, ...more })).toMatchObject({ status: 422, code })
  })
})

describe('proposals', () => {
  it('say what to buy, with every figure and the documents behind it, and are gone once they are ordered', async () => {
    const productId = await product()
    await level(productId)
    const line = (quantity: string, expectedDate: string) => [
      { productId, quantity, unitPrice: '9', expectedDate },
    ]
    await shop.stock(productId, '40')
    const sold = await shop.sell(line('18', today))
    await shop.deliver(sold.id)
    await shop.sell(line('6', inDays(3)))
    await shop.sell(line('5', inDays(30)))
    await shop.api('POST', '/stock-reservations', {
      partyId: shop.customerId,
      warehouseId: shop.warehouseId,
      reserveUntil: new Date(Date.now() + 3_600_000).toISOString(),
      lines: [{ productId, quantity: '2' }],
    })
    await shop.buy(line('4', inDays(4)))
    await shop.buy(line('100', inDays(60)))
    const partyId = shop.vendorId
    await shop.api('POST', '/purchase-orders', {
      partyId,
      warehouseId: shop.warehouseId,
      lines: line('1', inDays(12)),
    })

    const found = (await proposalOf(productId))!
    expect(found).toMatchObject({
      vendorId: partyId,
      vendorName: 'Bright Components',
      leadTimeDays: 5,
      until: inDays(12),
      onHand: '22',
      expired: '0',
      incoming: '4',
      drafted: '1',
      later: '100',
      outgoing: '8',
      sold: '18',
      demandPerDay: '0.2',
      demand: '2.4',
      projected: '19',
      quantity: '36',
    })
    expect(found['explanation']).toBe(
      `By ${inDays(12)}: 22 on hand, 4 on order, 1 on drafts of orders; 8 are ordered or reserved. That leaves 19 pcs, less than the minimum 20. Up to the maximum 50 it takes 31, in packs of 12: 36. 100 more are on order for later.`,
    )
    const why = await explained(productId)
    expect(why).toMatchObject({ projected: '19', quantity: '36', lowest: '14', lowestOn: inDays(3) })
    expect(why.rows.map((row) => [row['cause'], row['quantity'], row['kind'], row['date']])).toEqual([
      ['on-hand', '22', null, null],
      ['incoming', '4', 'purchase-order', inDays(4)],
      ['drafted', '1', 'purchase-order', inDays(12)],
      ['outgoing', '-2', 'stock-reservation', today],
      ['outgoing', '-6', 'sales-order', inDays(3)],
    ])
    // Looked further ahead: the order for later counts, and so do past sales, 18 in 90 days.
    const ahead = await explained(productId, '&reviewDays=120')
    expect(ahead).toMatchObject({
      until: inDays(125),
      incoming: '104',
      later: '0',
      outgoing: '13',
      demand: '25',
      projected: '102',
      quantity: '0',
    })
    expect(ahead.rows.at(-1)).toMatchObject({ cause: 'demand', quantity: '-12' })
    expect(await proposalOf(productId, '&reviewDays=120')).toBeUndefined()
    // 18 in 6 days are 3 a day.
    expect(await proposalOf(productId, '&demandDays=6')).toMatchObject({
      demandPerDay: '3',
      demand: '36',
      projected: '-9',
      quantity: '60',
    })

    const { orders } = await shop.api<{ orders: Answered[] }>(
      'POST',
      '/purchase-proposals/order',
      toOrder(found),
    )
    expect(orders).toHaveLength(1)
    expect(orders[0]).toMatchObject({
      state: 'draft',
      partyId,
      warehouseId: shop.warehouseId,
      expectedDate: inDays(5),
      lines: [
        { productId, quantity: '36', unitPrice: '3.5', priceSource: 'vendor', expectedDate: inDays(5) },
      ],
    })
    expect(await proposalOf(productId)).toBeUndefined()
    expect(await explained(productId)).toMatchObject({ drafted: '37', projected: '55', quantity: '0' })
    const late = await shop.refused('/purchase-proposals/order', toOrder(found))
    expect(late).toMatchObject({
      status: 409,
      code: 'proposal-changed',
      errors: [{ pointer: '/lines/0/quantity' }],
    })
    // Whoever throws the draft away brings the proposal back; whoever confirms it does not.
    await shop.api('DELETE', `/purchase-orders/${orders[0]!.id}`)
    expect(await proposalOf(productId)).toMatchObject({ quantity: '36' })
    const next = await shop.api<{ orders: Answered[] }>('POST', '/purchase-proposals/order', toOrder(found))
    await shop.act(`/purchase-orders/${next.orders[0]!.id}/confirm`)
    expect(await explained(productId)).toMatchObject({
      incoming: '40',
      drafted: '1',
      projected: '55',
      quantity: '0',
    })
  })

  it('make one order for each vendor and warehouse, at the usual or the last price, and refuse what has none', async () => {
    const other = (
      await shop.api('POST', '/parties', { name: 'Slow Parts', roles: ['vendor'], currency: 'USD' })
    ).id
    const second = await shop.warehouse('W2')
    const [a, b, c] = [await product(), await product({ purchasePrice: null, vendors: [] }), await product()]
    await level(a, { minimum: '5', maximum: '5', packSize: '1' })
    await level(b, { minimum: '5', maximum: '5', packSize: '1', vendorId: other, leadTimeDays: 9 })
    await level(c, { minimum: '1', maximum: '1', packSize: '0.25', warehouseId: second })
    const open = async () => (await proposals()).filter(({ productId }) => [a, b, c].includes(productId))
    expect((await open()).map(({ quantity }) => quantity).toSorted()).toEqual(['1', '5', '5'])
    expect((await proposals(`&vendorId=${other}`)).map(({ productId }) => productId)).toEqual([b])
    expect((await proposals(`&warehouseId=${second}`)).map(({ productId }) => productId)).toEqual([c])
    const lines = toOrder(...(await open()))
    const refused = await shop.refused('/purchase-proposals/order', lines)
    const at = lines.lines.findIndex((line) => line.productId === b)
    expect(refused).toMatchObject({ status: 422, errors: [{ pointer: `/lines/${at}/unitPrice` }] })
    expect(await open()).toHaveLength(3)
    // Bought once at 2.75, it is bought so again.
    const paid = await shop.api('POST', '/purchase-orders', {
      partyId: other,
      warehouseId: second,
      lines: [{ productId: b, quantity: '1', unitPrice: '2.75' }],
    })
    await shop.act(`/purchase-orders/${paid.id}/confirm`)
    const { orders } = await shop.api<{ orders: Answered[] }>('POST', '/purchase-proposals/order', lines)
    const said = orders.map((order) => [
      order['partyId'],
      order['warehouseId'],
      order.lines.map((line) => line['unitPrice']),
    ])
    expect(said).toHaveLength(3)
    expect(said).toContainEqual([other, shop.warehouseId, ['2.75']])
    expect(said).toContainEqual([shop.vendorId, second, ['3.5']])
    expect(await open()).toEqual([])
  })

  it('take the last price less its discount, with or without tax as the new order is', async () => {
    const tax = await shop.api('POST', '/taxes', { name: 'VAT 25', rate: '25' })
    const vendor = await shop.api('POST', '/parties', { name: 'Gross Parts', roles: ['vendor'] })
    const bought = await product({ purchasePrice: null, vendors: [], purchaseTaxIds: [tax.id] })
    await level(bought, { minimum: '5', maximum: '5', packSize: '1', vendorId: vendor.id })
    const paid = await shop.api('POST', '/purchase-orders', {
      partyId: vendor.id,
      pricesIncludeTax: true,
      lines: [{ productId: bought, quantity: '1', unitPrice: '125', discountPercent: '10' }],
    })
    await shop.act(`/purchase-orders/${paid.id}/confirm`)
    const lines = toOrder(...(await proposals(`&vendorId=${vendor.id}`)))
    const { orders } = await shop.api<{ orders: Answered[] }>('POST', '/purchase-proposals/order', lines)
    expect(orders[0]!.lines[0]).toMatchObject({ unitPrice: '100', discountPercent: '10' })
  })

  it('leave expired lots and ended reservations out, and sell at least what the vendor sells', async () => {
    const productId = await product({
      tracking: 'lot',
      units: [{ unit: 'box', numerator: 10 }],
      vendors: [{ partyId: shop.vendorId, unit: 'box', minimumQuantity: '3', preferred: true }],
    })
    await level(productId, { minimum: '5', maximum: '6', packSize: '7', leadTimeDays: 0 })
    await shop.stock(productId, '4', { lots: [{ number: 'OLD', expiresOn: '2020-01-01', quantity: '4' }] })
    await shop.stock(productId, '3', { lots: [{ number: 'NEW', quantity: '3' }] })
    const found = await proposalOf(productId)
    expect(found).toMatchObject({
      onHand: '7',
      expired: '4',
      projected: '3',
      vendorMinimum: '30',
      quantity: '35',
    })
    expect(found!['explanation']).toContain('it takes 3; the vendor sells at least 30, in packs of 7: 35.')
  })

  it('are ordered once, however many people order them at once', async () => {
    const products = await Promise.all(Array.from({ length: 6 }, () => product()))
    for (const productId of products) await level(productId)
    const open = (await proposals()).filter(({ productId }) => products.includes(productId))
    expect(open).toHaveLength(6)
    const people = await Promise.all(Array.from({ length: 4 }, () => shop.sessionAs('purchasing')))
    // Each of them in another order, and the last one half of them only.
    const answers = await Promise.all(
      people.map((as, i) => {
        const own = [...open.slice(i), ...open.slice(0, i)].slice(0, i === 3 ? 3 : 6)
        return shop.send('POST', '/purchase-proposals/order', toOrder(...own), { as })
      }),
    )
    const { 201: done = 0, 409: refused = 0 } = statuses(answers)
    expect(done + refused).toBe(4)
    expect(done).toBe(1)
    const left = (await proposals()).filter(({ productId }) => products.includes(productId))
    const first = answers.findIndex(({ status }) => status === 201)
    expect(left).toHaveLength(first === 3 ? 3 : 0)
    for (const productId of products) {
      const { drafted } = (await explained(productId)) as Proposal & { drafted: string }
      expect(['0', '60']).toContain(drafted)
    }
  })

  it('come page by page, each once, in any order, and as many as are counted', async () => {
    for (const productId of await Promise.all([product(), product(), product()])) await level(productId)
    for (const sort of ['sku', '-quantity', 'vendor']) {
      const seen: string[] = []
      let cursor: string | null = ''
      while (cursor !== null) {
        const page: Page = await shop.api(
          'GET',
          `/purchase-proposals?limit=2&sort=${sort}${cursor && `&cursor=${cursor}`}`,
        )
        seen.push(...page.items.map(({ productId, warehouseId }) => `${productId} ${warehouseId}`))
        cursor = page.nextCursor
      }
      expect(seen.length).toBeGreaterThan(3)
      expect(new Set(seen).size).toBe(seen.length)
      expect(await shop.api('GET', '/purchase-proposals/count')).toEqual({
        count: seen.length,
        capped: false,
      })
    }
  })
})
