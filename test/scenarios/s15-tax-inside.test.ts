import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decimal } from '../../src/kernel/decimal.ts'
import type { Answered } from '../support/api.ts'
import { itAddsUp } from '../support/consistency.ts'
import { charge, sums, tax } from '../support/figures.ts'
import { type Trade, openTrade } from '../support/trade.ts'

describe('S15 With tax-inclusive prices the customer’s total never moves', () => {
  let trade: Trade
  const taxes = new Map<string, string>()
  beforeAll(async () => {
    trade = await openTrade({ company: { currency: 'EUR', pricesIncludeTax: true } })
    for (const rate of ['12', '5', '19']) taxes.set(rate, await tax(trade, rate))
  })
  afterAll(() => trade.close())

  const invoice = (prices: readonly string[], rate: string, taxRounding: string): Promise<Answered> => {
    const lines = prices.map((unitPrice) => ({ unitPrice, taxIds: [taxes.get(rate)!] }))
    return charge(trade, lines, { taxRounding })
  }

  it.each([
    ['(a)', ['52.50'], '12', 'document', '46.87 + 5.63 = 52.50'],
    ['(a)', ['52.50'], '12', 'line', '46.87 + 5.63 = 52.50'],
    ['(b)', ['1.10', '1.10', '1.10'], '5', 'document', '3.14 + 0.16 = 3.30'],
    ['(b)', ['1.10', '1.10', '1.10'], '5', 'line', '3.15 + 0.15 = 3.30'],
    ['(c)', ['340.00', '13.90'], '19', 'document', '297.39 + 56.51 = 353.90'],
    ['(d)', ['90.00', '55.00'], '5', 'document', '138.10 + 6.90 = 145.00'],
  ])('%s %j at %s per cent by %s: %s', async (_, prices, rate, taxRounding, expected) => {
    const posted = await invoice(prices, rate, taxRounding)
    expect(posted['pricesIncludeTax']).toBe(true)
    expect(sums(posted)).toBe(expected)
    const { net, tax: vat, gross } = posted.totals
    expect(decimal(net).plus(decimal(vat)).eq(decimal(gross))).toBe(true)
  })

  it('never moves along the chain either: order, invoice, credit note, and paid to the cent', async () => {
    const productId = await trade.product({ type: 'service' })
    const lines = ['340.00', '13.90'].map((unitPrice) => ({
      productId,
      quantity: '1',
      unitPrice,
      taxIds: [taxes.get('19')!],
    }))
    const order = await trade.sell(lines)
    const posted = await trade.invoice(order)
    for (const document of [order, posted, await trade.creditNote(posted)]) {
      expect(sums(document)).toBe('297.39 + 56.51 = 353.90')
    }
  })

  itAddsUp(() => trade)
})
