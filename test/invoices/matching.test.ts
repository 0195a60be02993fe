import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Trade, openTrade, part } from '../support/trade.ts'

/** How much a bill's price may be off by rounding alone is an amount of its currency (R1). */

let trade: Trade
beforeAll(async () => {
  trade = await openTrade({ company: { currency: 'EUR' } })
  for (const currency of ['JPY', 'KWD'])
    await trade.api('POST', '/exchange-rates', { currency, date: '2020-01-01', rate: '1' })
})
afterAll(() => trade.close())

/** A draft bill of one piece of an order that was received. */
const billOne = async (currency: string, quantity: string, unitPrice: string, billed?: string) => {
  const productId = await trade.product()
  const order = await trade.buy([{ productId, quantity, unitPrice, taxIds: [] }], { currency })
  await trade.receive(order)
  const price = billed === undefined ? {} : { unitPrice: billed }
  return trade.follow('purchase-orders', order, 'bills', part(order, '1', price))
}

describe('a bill of one piece', () => {
  it.each([
    // 1,001 for three are 333.67 for one; a bill in yen can only say 334.
    ['JPY', '3', '333.5'],
    ['EUR', '3', '0.335'],
    ['KWD', '3', '0.3335'],
  ])('in %s of %s ordered at %s is posted as it was made', async (currency, quantity, unitPrice) => {
    const draft = await billOne(currency, quantity, unitPrice)
    await trade.act(`/bills/${draft.id}/post`)
  })

  it.each([
    ['JPY', '100', '102'],
    ['EUR', '0.1', '0.12'],
    ['KWD', '0.1', '0.109'],
  ])('in %s ordered at %s and billed at %s needs a decision', async (currency, ordered, billed) => {
    const draft = await billOne(currency, '1', ordered, billed)
    expect(draft['match']).toMatchObject({ differences: [{ field: 'price', ordered, billed }] })
    expect((await trade.refused(`/bills/${draft.id}/post`)).detail).toMatch(`billed at ${billed}`)
  })
})

it('accepting differences can be tried out, and then nothing is accepted', async () => {
  const draft = await billOne('EUR', '1', '10', '12')
  const body = { reason: 'price of the day' }
  const tried = await trade.act(`/bills/${draft.id}/accept-differences?preview=true`, body)
  expect(tried['match']).toMatchObject({ status: 'accepted' })
  expect(tried['changes']).toMatchObject({ documents: [{ kind: 'bill', change: 'changed' }] })
  expect((await trade.again('bills', draft))['match']).toMatchObject({ status: 'differs' })
})
