import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answered } from '../support/api.ts'
import { type Trade, openTrade, part } from '../support/trade.ts'

/** A row of the list, of which the figures that only lists have are compared. */
type Row = Answered & { readonly payment: string | null; readonly daysLate: number | null }

describe('the list of orders', () => {
  let trade: Trade
  let productId: string
  beforeAll(async () => {
    trade = await openTrade()
    productId = await trade.product()
    await trade.stock(productId, '1000')
  })
  afterAll(() => trade.close())

  const sold = (head = {}) => trade.sell([{ productId, quantity: '10', unitPrice: '10.00' }], head)
  const row = async (order: Answered, path = 'sales-orders', more = {}): Promise<Row> => {
    const { items } = await trade.api<{ items: readonly Row[] }>('GET', `/${path}?limit=200`, undefined, more)
    return items.find(({ id }) => id === order.id)!
  }
  const payment = async (order: Answered, path?: string) => (await row(order, path)).payment

  it('says how far the invoices of each are paid', async () => {
    const order = await sold()
    expect(await payment(order)).toBeNull()
    const draft = await trade.follow('sales-orders', order, 'invoices')
    expect(await payment(order)).toBeNull()
    const invoice = await trade.act(`/invoices/${draft.id}/post`)
    expect(await payment(order)).toBe('open')
    await trade.pay(invoice, { amount: '40.00' })
    expect(await payment(order)).toBe('partial')
    await trade.pay(invoice)
    expect(await payment(order)).toBe('paid')
  })

  it('calls an order paid when it is invoiced in full, whatever its down payment is', async () => {
    const order = await sold()
    const advance = await trade.invoice(order, { downPayment: { percent: '20' } })
    expect(await payment(order)).toBe('open')
    await trade.pay(advance)
    expect(await payment(order)).toBe('partial')
    const rest = await trade.invoice(order)
    expect(await payment(order)).toBe('partial')
    await trade.pay(rest)
    expect(await payment(order)).toBe('paid')
  })

  it('is overdue by one invoice that is, and not by one that was credited in full', async () => {
    const order = await sold()
    const first = await trade.invoice(order, { ...part(order, '4'), date: '2026-01-02' })
    await trade.pay(await trade.invoice(order, part(order, '6')))
    expect(await payment(order)).toBe('overdue')
    await trade.creditNote(first)
    expect(await payment(order)).toBe('partial')
    await trade.pay(await trade.invoice(order))
    expect(await payment(order)).toBe('paid')
  })

  it('says nothing when all that was invoiced is taken back', async () => {
    const order = await sold()
    await trade.creditNote(await trade.invoice(order))
    expect(await payment(order)).toBeNull()
  })

  it('knows an invoice of several orders by its lines', async () => {
    const orders = [await sold(), await sold()]
    const sourceIds: string[] = []
    for (const { id } of orders) sourceIds.push((await trade.deliver(id)).id)
    const { id } = await trade.act('/invoices', { sourceIds })
    const invoice = await trade.act(`/invoices/${id}/post`)
    for (const order of orders) expect(await payment(order)).toBe('open')
    await trade.pay(invoice)
    for (const order of orders) expect(await payment(order)).toBe('paid')
  })

  it('says the same of bills, and how many days goods are late', async () => {
    const order = await trade.buy([{ productId, quantity: '5', unitPrice: '3.00' }], {
      expectedDate: '2026-01-01',
    })
    const late = await row(order, 'purchase-orders')
    const today = Date.parse(`${new Date().toISOString().slice(0, 10)}T00:00:00Z`)
    const days = (today - Date.parse('2026-01-01T00:00:00Z')) / 86_400_000
    expect(Math.abs(late.daysLate! - days)).toBeLessThanOrEqual(1)
    expect(late.payment).toBeNull()
    await trade.receive(order, part(order, '5'))
    await trade.bill(order)
    expect(await row(order, 'purchase-orders')).toMatchObject({ daysLate: null, payment: 'open' })
    expect((await row(await sold({ expectedDate: '2999-01-01' }))).daysLate).toBeNull()
  })

  it('keeps what is paid from whoever may not read invoices', async () => {
    const order = await sold()
    await trade.invoice(order)
    const as = await trade.signInAs('warehouse')
    expect((await row(order, 'sales-orders', { as })).payment).toBeNull()
    expect(await payment(order)).toBe('open')
  })
})
