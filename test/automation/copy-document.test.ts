import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answered } from '../support/api.ts'
import { type Trade, openTrade } from '../support/trade.ts'

/** A new draft with the lines and terms of a document, whatever became of that. */
describe('a copy', () => {
  let trade: Trade
  let productId: string
  beforeAll(async () => {
    trade = await openTrade()
    productId = await trade.product({ salesPrice: '10.00', purchasePrice: '4.00' })
  })
  afterAll(() => trade.close())

  const line = (document: Answered) => document.lines[0] as unknown as Record<string, string>

  it('of an order has its lines and terms, not its number, reference or what was done with it', async () => {
    await trade.stock(productId, '5')
    const order = await trade.sell([{ productId, quantity: '3', unitPrice: '8.00', discountPercent: '10' }], {
      orderDate: '2026-03-02',
      expectedDate: '2026-03-09',
      reference: 'Their 17',
      notes: 'Ring twice',
    })
    await trade.deliver(order.id)
    const body = { date: '2026-04-01', prices: 'original' }
    const copy = await trade.api('POST', `/sales-orders/${order.id}/copy`, body)
    expect(copy).toMatchObject({
      number: null,
      state: 'draft',
      reference: null,
      notes: 'Ring twice',
      orderDate: '2026-04-01',
      expectedDate: '2026-04-08',
    })
    expect(line(copy)).toMatchObject({ quantity: '3', unitPrice: '8', discountPercent: '10', delivered: '0' })
  })

  it('takes the prices that apply now, unless it is to keep them', async () => {
    const lines = [{ productId, quantity: '2', unitPrice: '8.00', taxIds: [] }]
    const { partyId } = (await trade.sell(lines)) as unknown as { partyId: string }
    const draft = await trade.api('POST', '/invoices', { partyId, lines })
    const anew = await trade.act(`/invoices/${draft.id}/copy`)
    expect(line(anew)['unitPrice']).toBe('10')
    expect(line(await trade.act(`/invoices/${draft.id}/copy`, { prices: 'original' }))['unitPrice']).toBe('8')
    const bought = await trade.buy([{ productId, quantity: '4', unitPrice: '5' }])
    expect(line(await trade.act(`/purchase-orders/${bought.id}/copy`, { prices: 'original' }))).toMatchObject(
      {
        quantity: '4',
        unitPrice: '5',
      },
    )
  })

  it('of what belongs to one order alone is refused, and one of another kind is not found', async () => {
    await trade.stock(productId, '2')
    const order = await trade.sell([{ productId, quantity: '2', unitPrice: '10.00' }])
    const down = await trade.followAndPost('sales-orders', order, 'invoices', {
      downPayment: { percent: '10' },
    })
    expect((await trade.refused(`/invoices/${down.id}/copy`)).code).toBe('not-repeatable')
    await trade.api('POST', `/sales-orders/${down.id}/copy`, {}, { expect: 404 })
  })
})
