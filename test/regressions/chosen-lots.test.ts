import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answered } from '../support/api.ts'
import { itAddsUp } from '../support/consistency.ts'
import { type Trade, fields, openTrade, part } from '../support/trade.ts'

/** Lots that people chose: while a delivery is a draft its order holds these and nothing else (S31). */

let trade: Trade
beforeAll(async () => {
  trade = await openTrade({ company: { backOrders: true } })
})
afterAll(() => trade.close())

const lots = (number: string, quantity: string) => ({ lots: [{ number, quantity }] })

describe('a part delivery with lots that somebody chose', () => {
  const stocked = async () => {
    const productId = await trade.product({ tracking: 'lot' })
    await trade.stock(productId, '10', lots('A', '10'))
    await trade.stock(productId, '10', lots('B', '10'))
    return productId
  }
  const held = async (order: Answered) =>
    fields((await trade.again('sales-orders', order)).lines[0]!, 'reserved', 'backordered')

  it.each(['A', 'B'])('of lot %s leaves the rest of the order held', async (number) => {
    const order = await trade.sell([{ productId: await stocked(), quantity: '4' }])
    expect(await held(order)).toEqual(['4', '0'])
    const delivery = await trade.follow(
      'sales-orders',
      order,
      'delivery-notes',
      part(order, '3', lots(number, '3')),
    )
    // While it is a draft only what was chosen is held (S31).
    expect(await held(order)).toEqual(['3', '1'])
    await trade.act(`/delivery-notes/${delivery.id}/post`)
    expect(await held(order)).toEqual(['1', '0'])
  })

  it('gives what comes free to whoever waits longest', async () => {
    const productId = await stocked()
    const first = await trade.sell([{ productId, quantity: '18' }])
    const second = await trade.sell([{ productId, quantity: '5' }])
    expect(await held(second)).toEqual(['2', '3'])
    const delivery = await trade.deliver(first.id, part(first, '3', lots('A', '3')))
    expect(delivery['state']).toBe('posted')
    expect(await held(first)).toEqual(['15', '0'])
    expect(await held(second)).toEqual(['2', '3'])
  })

  it('that is deleted leaves all of the order held', async () => {
    const order = await trade.sell([{ productId: await stocked(), quantity: '4' }])
    const draft = await trade.follow(
      'sales-orders',
      order,
      'delivery-notes',
      part(order, '3', lots('B', '3')),
    )
    expect(await held(order)).toEqual(['3', '1'])
    await trade.api('DELETE', `/delivery-notes/${draft.id}`)
    expect(await held(order)).toEqual(['4', '0'])
  })
})

describe('more of a lot than went out, in a return', () => {
  it('is refused with what can come back', async () => {
    const productId = await trade.product({ tracking: 'lot' })
    await trade.stock(productId, '5', lots('A', '5'))
    await trade.stock(productId, '5', lots('B', '5'))
    const order = await trade.sell([{ productId, quantity: '3' }])
    const chosen = [
      { number: 'A', quantity: '1' },
      { number: 'B', quantity: '2' },
    ]
    const delivery = await trade.deliver(order.id, part(order, '3', { lots: chosen }))
    const more = await trade.follow(
      'delivery-notes',
      delivery,
      'sales-returns',
      part(delivery, '2', lots('A', '2')),
    )
    const refusal = await trade.refused(`/sales-returns/${more.id}/post`)
    expect([refusal.code, refusal['limit']]).toEqual(['over-return', '1'])
    expect(refusal.detail).toContain('At most 1 of lot A can be returned: 1 delivered, 0 already back.')
    await trade.takeBack(delivery, part(delivery, '1', lots('A', '1')))
    const again = await trade.follow(
      'delivery-notes',
      delivery,
      'sales-returns',
      part(delivery, '1', lots('A', '1')),
    )
    expect((await trade.refused(`/sales-returns/${again.id}/post`)).detail).toContain(
      'At most 0 of lot A can be returned: 1 delivered, 1 already back.',
    )
  })
})

itAddsUp(() => trade)
