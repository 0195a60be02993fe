import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answered } from '../support/api.ts'
import { itAddsUp } from '../support/consistency.ts'
import { type Trade, openTrade } from '../support/trade.ts'

describe('S29 Transfer between warehouses with reserved goods', () => {
  let shop: Trade
  let north: string
  let south: string
  let productId: string
  let receipt: Answered
  let order: Answered
  beforeAll(async () => {
    shop = await openTrade()
    north = shop.warehouseId
    south = await shop.warehouse('S')
    productId = await shop.product({ sku: 'DESK' })
    const bought = await shop.buy([{ productId, quantity: '10', unitPrice: '5.00' }])
    receipt = await shop.receive(bought)
    order = await shop.sell([{ productId, quantity: '8', unitPrice: '9.00' }])
  })
  afterAll(() => shop.close())

  const transfer = async (quantity: string, more: object = {}) => {
    const head = { warehouseId: north, toWarehouseId: south, ...more }
    const draft = await shop.api('POST', '/stock-transfers', { ...head, lines: [{ productId, quantity }] })
    return `/stock-transfers/${draft.id}/post`
  }
  const levels = async (names: readonly ('onHand' | 'reserved' | 'available')[]) => [
    await shop.figures(productId, names, north),
    await shop.figures(productId, names, south),
  ]

  it('1: reserved goods stay: at most 2 can go', async () => {
    const refused = await shop.refused(await transfer('5'))
    expect(refused).toMatchObject({ status: 409, available: '2' })
    expect(refused.detail).toContain('At most 2 of DESK can be transferred')
  })

  it('2: 2 go', async () => {
    await shop.act(await transfer('2'))
    expect(await levels(['onHand', 'reserved', 'available'])).toEqual([
      ['8', '8', '0'],
      ['2', '0', '2'],
    ])
  })

  it('3: the receipt of what is held is not undone', async () => {
    const refused = await shop.refused(`/receipt-notes/${receipt.id}/reverse`)
    expect(refused).toMatchObject({ status: 409, code: 'not-available' })
  })

  it('4: 5 more go with their reservation', async () => {
    await shop.act(await transfer('5', { takeReservations: true }))
    expect(await levels(['onHand', 'reserved'])).toEqual([
      ['3', '3'],
      ['7', '5'],
    ])
  })

  it('5: the order goes out from both', async () => {
    const delivery = await shop.deliver(order.id)
    expect(delivery.lines.map((line) => [line['warehouseId'], line.quantity])).toEqual([
      [north, '3'],
      [south, '5'],
    ])
    expect(await levels(['onHand', 'reserved'])).toEqual([
      ['0', '0'],
      ['2', '0'],
    ])
  })

  it('6: a lot that two orders share is delivered to each', async () => {
    const lotted = await shop.product({ tracking: 'lot' })
    await shop.stock(lotted, '2', { lots: [{ number: 'SHARED', quantity: '2' }] })
    const x = await shop.sell([{ productId: lotted, quantity: '1', unitPrice: '1.00' }])
    const y = await shop.sell([{ productId: lotted, quantity: '1', unitPrice: '1.00' }])
    await shop.deliver(x.id)
    expect(await shop.figures(lotted, ['onHand', 'reserved'])).toEqual(['1', '1'])
    expect((await shop.again('sales-orders', y)).lines[0]).toMatchObject({ reserved: '1' })
    await shop.deliver(y.id)
    expect(await shop.figures(lotted, ['onHand', 'reserved'])).toEqual(['0', '0'])
  })

  itAddsUp(() => shop)
})
