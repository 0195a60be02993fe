import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answered } from '../support/api.ts'
import { itAddsUp } from '../support/consistency.ts'
import { sums, tax } from '../support/figures.ts'
import { type Trade, openTrade } from '../support/trade.ts'

/** Prices of a book are with tax or without, and those of a document are: the customer pays what the book says. */

let trade: Trade
let twenty: string
let withTax: Answered
let without: Answered
let consumer: string
let reseller: string
/** 12.00 with tax in one book, 10.00 without in the other. */
let cup: string
/** In no book; its own price of 10.00 is without tax, as the company's prices are. */
let spoon: string
beforeAll(async () => {
  trade = await openTrade({ company: { currency: 'EUR' } })
  twenty = await tax(trade, '20')
  cup = await trade.product({ taxIds: [twenty], purchaseTaxIds: [twenty] })
  spoon = await trade.product({ taxIds: [twenty], salesPrice: '10.00' })
  const book = (name: string, pricesIncludeTax: boolean, price: string) =>
    trade.api('POST', '/price-books', {
      name,
      currency: 'EUR',
      pricesIncludeTax,
      priceGroups: [name],
      entries: [{ productId: cup, price }],
    })
  withTax = await book('consumers', true, '12')
  without = await book('resellers', false, '10')
  const customer = async (name: string, more: object) =>
    (await trade.api('POST', '/parties', { name, roles: ['customer'], ...more })).id
  consumer = await customer('Consumer', { priceBookId: withTax.id })
  reseller = await customer('Reseller', { priceBookId: without.id })
})
afterAll(() => trade.close())

const order = (partyId: string, head: object = {}, line: object = {}) =>
  trade.order([{ productId: cup, quantity: '1', ...line }], { partyId, ...head })
const priced = (document: Answered) => [
  document['pricesIncludeTax'],
  document.lines.map((line) => line['unitPrice']),
  sums(document),
]

describe('a document that does not say whether its prices include tax', () => {
  it("has them as the party's own book has", async () => {
    // It said 12.00 + 2.40 = 14.40.
    expect(priced(await order(consumer))).toEqual([true, ['12'], '10.00 + 2.00 = 12.00'])
    expect(priced(await order(reseller))).toEqual([false, ['10'], '10.00 + 2.00 = 12.00'])
    const lines = [{ productId: cup, quantity: '1' }]
    const invoice = await trade.api('POST', '/invoices', { partyId: consumer, lines })
    expect(priced(invoice)).toEqual([true, ['12'], '10.00 + 2.00 = 12.00'])
  })

  it('costs the same where goods went out without an order', async () => {
    await trade.stock(cup, '5')
    const { warehouseId } = trade
    const lines = [{ productId: cup, quantity: '1' }]
    const note = await trade.api('POST', '/delivery-notes', {
      partyId: consumer,
      warehouseId,
      lines,
      post: true,
    })
    const invoice = await trade.follow('delivery-notes', note, 'invoices')
    expect(priced(invoice)).toEqual([false, ['10'], '10.00 + 2.00 = 12.00'])
  })

  it('has them as the book that it names, whatever the party has', async () => {
    const named = await order(reseller, { priceBookId: withTax.id })
    expect(priced(named)).toEqual([true, ['12'], '10.00 + 2.00 = 12.00'])
  })

  it('has them as the company, where no such book has prices for it', async () => {
    const dollars = await trade.api('POST', '/price-books', {
      name: 'of dollars',
      currency: 'USD',
      pricesIncludeTax: true,
      priceGroups: ['nobody'],
    })
    const dear = await order(trade.customerId, { priceBookId: dollars.id }, { unitPrice: '10' })
    expect(dear['pricesIncludeTax']).toBe(false)
    const bill = await trade.api('POST', '/purchase-orders', {
      partyId: trade.vendorId,
      priceBookId: withTax.id,
      lines: [{ productId: cup, quantity: '1', unitPrice: '5' }],
    })
    expect(bill['pricesIncludeTax']).toBe(false)
  })

  it('has the prices of other books, and of products, in its own way', async () => {
    const own = await order(consumer, {}, { productId: spoon })
    expect(priced(own)).toEqual([true, ['12'], '10.00 + 2.00 = 12.00'])
    const member = await trade.api('POST', '/parties', {
      name: 'Member',
      roles: ['customer'],
      priceGroup: 'consumers',
    })
    expect(priced(await order(member.id))).toEqual([false, ['10'], '10.00 + 2.00 = 12.00'])
  })
})

describe('a document that says it', () => {
  it('gets the price of the book with the taxes of its lines taken off, or added', async () => {
    const net = await order(consumer, { pricesIncludeTax: false })
    expect(priced(net)).toEqual([false, ['10'], '10.00 + 2.00 = 12.00'])
    const gross = await order(reseller, { pricesIncludeTax: true })
    expect(priced(gross)).toEqual([true, ['12'], '10.00 + 2.00 = 12.00'])
    const free = await order(consumer, { pricesIncludeTax: false }, { taxIds: [] })
    expect(priced(free)).toEqual([false, ['12'], '12.00 + 0.00 = 12.00'])
    const [more, odd] = [await tax(trade, '5'), await tax(trade, '23')]
    const both = await order(consumer, { pricesIncludeTax: false }, { taxIds: [twenty, more] })
    expect(priced(both)).toEqual([false, ['9.6'], '9.60 + 2.40 = 12.00'])
    const fraction = await order(consumer, { pricesIncludeTax: false }, { taxIds: [odd] })
    expect(priced(fraction)).toEqual([false, ['9.756098'], '9.76 + 2.24 = 12.00'])
  })

  it('keeps what was entered by hand', async () => {
    const entered = await order(consumer, { pricesIncludeTax: false }, { unitPrice: '12' })
    expect(priced(entered)).toEqual([false, ['12'], '12.00 + 2.40 = 14.40'])
  })

  it('has added lines of a draft in the same way', async () => {
    const draft = await order(consumer, { pricesIncludeTax: false })
    const lines = [{ productId: cup, quantity: '2' }]
    const changed = await trade.api('PATCH', `/sales-orders/${draft.id}`, { lines })
    expect(priced(changed)).toEqual([false, ['10'], '20.00 + 4.00 = 24.00'])
    const head = { partyId: consumer, pricesIncludeTax: false, lines }
    const invoice = await trade.api('POST', '/invoices', head)
    const added = [{ id: invoice.lines[0]!.id }, { productId: cup, quantity: '1' }]
    const longer = await trade.api('PATCH', `/invoices/${invoice.id}`, { lines: added })
    expect(priced(longer)).toEqual([false, ['10', '10'], '30.00 + 6.00 = 36.00'])
  })
})

describe('prices of many lines at once', () => {
  interface Offer extends Answered {
    readonly pricesIncludeTax: boolean
    readonly lines: { price: { price: string; pricesIncludeTax: boolean; explanation: string } }[] &
      Answered['lines']
  }
  const ask = async (body: object) => {
    const lines = [{ productId: cup }, { productId: spoon }]
    const answer = await trade.api<Offer>('POST', '/stock/availability', { lines, ...body })
    return [answer.pricesIncludeTax, ...answer.lines.map(({ price }) => price.price)]
  }

  it('are those that the document will have', async () => {
    expect(await ask({ partyId: consumer })).toEqual([true, '12', '12'])
    expect(await ask({ partyId: reseller })).toEqual([false, '10', '10'])
    expect(await ask({ partyId: consumer, pricesIncludeTax: false })).toEqual([false, '10', '10'])
    expect(await ask({ partyId: reseller, priceBookId: withTax.id })).toEqual([true, '12', '12'])
    const untaxed = [{ productId: cup, taxIds: [] }]
    expect(await ask({ partyId: consumer, pricesIncludeTax: false, lines: untaxed })).toEqual([false, '12'])
    expect(await ask({ partyId: consumer, lines: [] })).toEqual([true])
  })

  it('say how they came about', async () => {
    const lines = [{ productId: cup }]
    const asked = { partyId: consumer, pricesIncludeTax: false, lines }
    const { lines: offers } = await trade.api<Offer>('POST', '/stock/availability', asked)
    expect(offers[0]!.price).toMatchObject({
      price: '10',
      pricesIncludeTax: false,
      explanation:
        "12 EUR per pcs by 'consumers', the party's own price book. This price includes tax; without 20 % it is 10 EUR.",
    })
    const which = await trade.api('GET', `/price-books/which?partyId=${consumer}&productId=${cup}`)
    expect(which).toMatchObject({ price: '12', pricesIncludeTax: true })
  })
})

itAddsUp(() => trade)
