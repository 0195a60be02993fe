import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answered } from '../support/api.ts'
import { itAddsUp } from '../support/consistency.ts'
import { money } from '../support/figures.ts'
import { issue, receiveAt } from '../support/goods.ts'
import { type Trade, openTrade, part } from '../support/trade.ts'

/** Shipments that were reopened and posted again: their first moves and the opposites of these count nowhere. */
describe('a shipment that was reopened and posted again', () => {
  let trade: Trade
  beforeAll(async () => {
    trade = await openTrade({ company: { currency: 'EUR' } })
  })
  afterAll(() => trade.close())

  const postAgain = async (path: string, { id }: Answered, times: number) => {
    for (let i = 0; i < times; i++) {
      await trade.act(`/${path}/${id}/reopen`)
      await trade.act(`/${path}/${id}/post`)
    }
  }
  const costs = async (productId: string) => {
    const { items } = await trade.api<{ items: Record<string, string>[] }>('GET', '/reports/sales')
    const { items: months } = await trade.api<{ items: Record<string, string>[] }>(
      'GET',
      '/sales-by-month?months=1',
    )
    return [items.find((row) => row['id'] === productId)?.['cost'], months[0]!['cost']].map((c) => money(c))
  }

  it('costs once what it delivered, and takes off once what it brought back', async () => {
    const productId = await trade.product()
    await trade.stock(productId, '10', { unitCost: '4.00' })
    const delivery = await issue(trade, productId, '5')
    expect(await costs(productId)).toEqual(['20.00', '20.00'])
    await postAgain('delivery-notes', delivery, 3)
    // It said 80.00: once more for each posting.
    expect(await costs(productId)).toEqual(['20.00', '20.00'])
    const back = await trade.takeBack(delivery, part(delivery, '2'))
    await postAgain('sales-returns', back, 2)
    expect(await costs(productId)).toEqual(['12.00', '12.00'])
    await trade.act(`/sales-returns/${back.id}/reverse`)
    expect(await costs(productId)).toEqual(['20.00', '20.00'])
  })

  it('has the variance of what it took away at last', async () => {
    const productId = await trade.product()
    const order = await trade.buy([{ productId, quantity: '10', unitPrice: '10.00', taxIds: [] }])
    const receipt = await trade.receive(order)
    await trade.bill(order)
    const back = await trade.sendBack(receipt, part(receipt, '2', { reason: 'defective' }))
    await trade.act(`/purchase-returns/${back.id}/reopen`)
    await receiveAt(trade, productId, '10', '20.00')
    await trade.act(`/purchase-returns/${back.id}/post`)
    const credit = await trade.followAndPost('purchase-returns', back, 'vendor-credits')
    // Two left at the average of 15.00; it took the middle of that and of the 10.00 of the first time.
    expect([money(credit.totals.gross), money(credit['priceVariance'])]).toEqual(['20.00', '-10.00'])
  })

  itAddsUp(() => trade)
})
