import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Shop, openShop } from '../support/shop.ts'

interface Move {
  readonly id: string
  readonly fromName: string
  readonly toName: string
  readonly quantity: string
  readonly value: string
  readonly unitValue: string
  readonly documentKind: string
  readonly documentNumber: string
  readonly onHandChange: string | null
  readonly balanceAfter: string | null
}
interface Page {
  readonly items: Move[]
  readonly nextCursor: string | null
}

describe('the stock ledger', () => {
  let shop: Shop
  let second: string
  let productId: string
  beforeAll(async () => {
    shop = await openShop()
    second = await shop.warehouse('SECOND')
    productId = await shop.product()
    await shop.stock(productId, '10', { unitCost: '2.50' }, { date: '2026-03-01' })
    const order = await shop.order([{ productId, quantity: '4', unitPrice: '9.00' }])
    await shop.act(`/sales-orders/${order.id}/confirm`)
    await shop.deliver(order.id)
    await shop.stock(productId, '7', { unitCost: '2.50' }, { warehouseId: second })
    await shop.stock(productId, '-1', {}, { date: '2026-02-01' })
    const transfer = await shop.act('/stock-transfers', {
      warehouseId: second,
      toWarehouseId: shop.warehouseId,
      lines: [{ productId, quantity: '3' }],
    })
    await shop.act(`/stock-transfers/${transfer.id}/post`)
  })
  afterAll(() => shop.close())

  const moves = (query: string) => shop.api<Page>('GET', `/stock/moves?productId=${productId}${query}`)

  it('says what moved from where to where, by which document, at what value', async () => {
    const { items } = await moves('')
    expect(items.map((m) => [m.documentKind, m.fromName, m.toName, m.quantity, m.value])).toEqual([
      ['stock-transfer', 'Stock', 'Stock', '3', '7.5'],
      ['stock-adjustment', 'Stock', 'Adjustments', '1', '2.5'],
      ['stock-adjustment', 'Adjustments', 'Stock', '7', '17.5'],
      ['delivery-note', 'Stock', 'Customers', '4', '10'],
      ['stock-adjustment', 'Adjustments', 'Stock', '10', '25'],
    ])
    expect(items.every((m) => m.unitValue === '2.5' && m.balanceAfter === null)).toBe(true)
    expect(items[3]!.documentNumber).toMatch(/^DN-/)
  })

  it('says what was on hand after each move of one product and warehouse', async () => {
    const here = `&warehouseId=${shop.warehouseId}`
    const { items } = await moves(here)
    expect(items.map((m) => [m.onHandChange, m.balanceAfter])).toEqual([
      ['3', '8'],
      ['-1', '5'],
      ['-4', '6'],
      ['10', '10'],
    ])
    const oldestFirst = await moves(`${here}&sort=id`)
    expect(oldestFirst.items).toEqual(items.toReversed())
    const dated = await moves(`${here}&to=2026-03-01`)
    expect(dated.items.map((m) => [m.onHandChange, m.balanceAfter])).toEqual([
      ['-1', '5'],
      ['10', '10'],
    ])
    const there = await moves(`&warehouseId=${second}`)
    expect(there.items.map((m) => m.balanceAfter)).toEqual(['4', '7'])
  })

  it('keeps the balances right from page to page', async () => {
    const found: (string | null)[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const page: Page = await moves(
        `&warehouseId=${shop.warehouseId}&limit=1${cursor === '' ? '' : `&cursor=${cursor}`}`,
      )
      found.push(...page.items.map((m) => m.balanceAfter))
      cursor = page.nextCursor
    }
    expect(found).toEqual(['8', '5', '6', '10'])
  })

  it('within a warehouse take from elsewhere than where the goods go', async () => {
    const other = await shop.product()
    await shop.stock(other, '5')
    const bin = await shop.api('POST', '/locations', { warehouseId: shop.warehouseId, code: 'BIN-7' })
    const toBin = async (quantity: string) => {
      const lines = [{ productId: other, quantity, toLocationId: bin.id }]
      const draft = await shop.act('/stock-transfers', { warehouseId: shop.warehouseId, lines })
      return shop.send('POST', `/stock-transfers/${draft.id}/post`)
    }
    expect((await toBin('3')).status).toBe(200)
    const refused = await toBin('3')
    expect([refused.status, refused.json['code'], refused.json['detail']]).toEqual([
      409,
      'not-on-hand',
      expect.stringMatching(/^Only 2 of .* are there, beside what lies in BIN-7 already\.$/),
    ])
    expect((await toBin('2')).status).toBe(200)
    const balances = await shop.api<{ items: { locationCode: string; quantity: string }[] }>(
      'GET',
      `/stock/balances?productId=${other}`,
    )
    expect(balances.items.map((b) => [b.locationCode, b.quantity])).toEqual([['BIN-7', '5']])
  })

  it('counts goods in quarantine apart', async () => {
    const other = await shop.product()
    await shop.stock(other, '5')
    const { items } = await shop.api('GET', `/locations?warehouseId=${shop.warehouseId}&type=quarantine`)
    const transfer = await shop.act('/stock-transfers', {
      warehouseId: shop.warehouseId,
      lines: [{ productId: other, quantity: '2', toLocationId: items[0]!.id }],
    })
    await shop.act(`/stock-transfers/${transfer.id}/post`)
    const page = await shop.api<Page>(
      'GET',
      `/stock/moves?productId=${other}&warehouseId=${shop.warehouseId}&shipmentId=${transfer.id}`,
    )
    expect(page.items.map((m) => [m.onHandChange, m.balanceAfter, m.value])).toEqual([['-2', '3', '0']])
    const level = await shop.level(other)
    expect([level.onHand, level.quarantined, level.value]).toEqual(['3', '2', '5'])
    const balances = await shop.api<{ items: { locationType: string; quantity: string }[] }>(
      'GET',
      `/stock/balances?productId=${other}&sort=location`,
    )
    expect(balances.items.map((b) => [b.locationType, b.quantity])).toEqual([
      ['quarantine', '2'],
      ['stock', '3'],
    ])
  })
})

describe('balances', () => {
  let shop: Shop
  beforeAll(async () => {
    shop = await openShop()
  })
  afterAll(() => shop.close())

  it('say how much of which lot lies where, page by page', async () => {
    const productId = await shop.product({ tracking: 'lot' })
    for (const [number, expiresOn] of [
      ['L1', '2020-01-01'],
      ['L2', '2099-01-01'],
      ['L3', null],
    ]) {
      await shop.stock(productId, '5', { lots: [{ number, expiresOn, quantity: '5' }] })
    }
    interface Balance {
      lotNumber: string
      expired: boolean
      quantity: string
    }
    const found: unknown[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const page: { items: Balance[]; nextCursor: string | null } = await shop.api(
        'GET',
        `/stock/balances?productId=${productId}&limit=1${cursor === '' ? '' : `&cursor=${cursor}`}`,
      )
      found.push(...page.items.map((b) => [b.lotNumber, b.expired, b.quantity]))
      cursor = page.nextCursor
    }
    expect(found).toEqual([
      ['L1', true, '5'],
      ['L2', false, '5'],
      ['L3', false, '5'],
    ])
    expect(await shop.figures(productId, ['onHand', 'available'])).toEqual(['15', '10'])
  })
})
