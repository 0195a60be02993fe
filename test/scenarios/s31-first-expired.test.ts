import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { setClock } from '../../src/kernel/clock.ts'
import type { Answered } from '../support/api.ts'
import { itAddsUp } from '../support/consistency.ts'
import { type Trade, openTrade } from '../support/trade.ts'

describe('S31 First expired, first out - but never the expired', () => {
  let shop: Trade
  let productId: string
  let order: Answered
  let delivery: Answered
  const receipts: Record<string, Answered> = {}
  beforeAll(async () => {
    setClock(new Date('2026-11-01T12:00:00Z'))
    shop = await openTrade()
    productId = await shop.product({ sku: 'MILK', tracking: 'lot' })
    for (const [number, expiresOn] of [
      ['L1', '2026-12-31'],
      ['L2', '2026-10-15'],
      ['L3', '2026-11-30'],
    ] as const) {
      const bought = await shop.buy([{ productId, quantity: '5', unitPrice: '1.00' }])
      receipts[number] = await shop.receive(bought, {
        lines: [
          {
            sourceLineId: bought.lines[0]!.id,
            quantity: '5',
            lots: [{ number, expiresOn, quantity: '5' }],
          },
        ],
      })
    }
  })
  afterAll(() => shop.close())

  const counters = () => shop.figures(productId, ['onHand', 'reserved', 'available'])
  const lots = (...chosen: readonly (readonly [number: string, quantity: string])[]) =>
    chosen.map(([number, quantity]) => ({ number, quantity }))
  const ofLines = ({ lines }: Answered) => lines.flatMap((line) => line['lots'])

  it('has 15 on hand and 10 to sell', async () => {
    expect(await counters()).toEqual(['15', '0', '10'])
  })

  it('1: chooses L3 5, then L1 2', async () => {
    order = await shop.sell([{ productId, quantity: '7', unitPrice: '2.00' }])
    expect(await counters()).toEqual(['15', '7', '3'])
    delivery = await shop.follow('sales-orders', order, 'delivery-notes')
    expect(ofLines(delivery)).toMatchObject(lots(['L3', '5'], ['L1', '2']))
  })

  it('2: refuses L2 to a customer', async () => {
    const by = { partyId: shop.customerId, warehouseId: shop.warehouseId }
    const line = { productId, quantity: '1', lots: lots(['L2', '1']) }
    const byHand = await shop.api('POST', '/delivery-notes', { ...by, lines: [line] })
    const refused = await shop.refused(`/delivery-notes/${byHand.id}/post`)
    expect(refused).toMatchObject({ status: 409, code: 'lot-expired' })
    expect(refused.detail).toContain('L2 expired on 2026-10-15')
    const more = await shop.order([{ productId, quantity: '4', unitPrice: '2.00' }])
    const short = await shop.refused(`/sales-orders/${more.id}/confirm`)
    expect(short.detail).toContain('Only 3 of MILK available')
  })

  it('3: L1 can be taken off the delivery and chosen again', async () => {
    const sourceLineId = order.lines[0]!.id
    const change = (quantity: string, chosen: object[]) =>
      shop.api('PATCH', `/delivery-notes/${delivery.id}`, {
        lines: [{ sourceLineId, quantity, lots: chosen }],
      })
    await change('5', lots(['L3', '5']))
    expect(await counters()).toEqual(['15', '5', '5'])
    await change('7', lots(['L3', '5'], ['L1', '2']))
    expect(await counters()).toEqual(['15', '7', '3'])
  })

  it('4: L2 goes back to the supplier', async () => {
    const receipt = receipts['L2']!
    await shop.sendBack(receipt, {
      lines: [
        {
          sourceLineId: receipt.lines[0]!.id,
          quantity: '5',
          reason: 'expired',
          lots: lots(['L2', '5']),
        },
      ],
    })
    expect(await counters()).toEqual(['10', '7', '3'])
  })

  it('4: or is written off', async () => {
    await shop.stock(productId, '2', { lots: [{ number: 'L4', expiresOn: '2026-10-31', quantity: '2' }] })
    expect(await counters()).toEqual(['12', '7', '3'])
    await shop.stock(productId, '-2', { lots: lots(['L4', '2']) })
    expect(await counters()).toEqual(['10', '7', '3'])
  })

  itAddsUp(() => shop)
})
