import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decimal, sum } from '../../src/kernel/decimal.ts'
import type { Answered } from '../support/api.ts'
import { itAddsUp } from '../support/consistency.ts'
import { charge, invoiceOf, money } from '../support/figures.ts'
import { type Trade, openTrade } from '../support/trade.ts'

interface Row {
  readonly partyName: string
  readonly currency: string
  readonly [figure: string]: string
}
interface Ageing {
  readonly asOf: string
  readonly currency: string
  readonly items: readonly Row[]
  readonly totals: { readonly [figure: string]: string | number }
}

const names = ['notDue', 'days1to30', 'days31to60', 'days61to90', 'over90', 'open', 'credit', 'balance']

describe('figures over many documents', () => {
  let trade: Trade
  let today: string
  let other: string
  beforeAll(async () => {
    trade = await openTrade({ company: { currency: 'EUR' } })
    await trade.api('POST', '/exchange-rates', { currency: 'USD', date: '2000-01-01', rate: '0.9' })
    other = await trade.customer('Smaller Computers')
    const asked = await ageing('/receivables')
    today = asked.asOf
  })
  afterAll(() => trade.close())

  const ageing = (path: string): Promise<Ageing> => trade.api<Ageing>('GET', path)
  const ago = (days: number): string =>
    new Date(Date.parse(`${today}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10)
  const figures = (of: { readonly [figure: string]: unknown }): string[] =>
    names.map((name) => money(String(of[name])))
  const due = (amount: string, days: number, head: object = {}): Promise<Answered> =>
    charge(trade, [{ unitPrice: amount }], { date: ago(days), paymentTermDays: 0, ...head })

  it('age what customers owe from the due date, party by party and currency by currency', async () => {
    await due('10.00', 0)
    await due('20.00', 1)
    await due('30.00', 30)
    await due('40.00', 31)
    await due('50.00', 60)
    await due('60.00', 61)
    await due('70.00', 90)
    const oldest = await due('80.00', 91)
    await trade.pay(oldest, { amount: '5.00' })
    await due('100.00', 31, { currency: 'USD' })
    await due('7.77', 2, { partyId: other })
    await trade.api('POST', '/invoices', invoiceOf(trade, [{ unitPrice: '1000.00' }]))
    await trade.pay(await due('500.00', 3))
    const answer = await ageing('/receivables')
    expect(answer.currency).toBe('EUR')
    expect(answer.items.map((row) => [row.partyName, row.currency, ...figures(row)])).toEqual([
      ['Premium Computers', 'EUR', '10.00', '50.00', '90.00', '130.00', '75.00', '355.00', '0.00', '355.00'],
      ['Premium Computers', 'USD', '0.00', '0.00', '100.00', '0.00', '0.00', '100.00', '0.00', '100.00'],
      ['Smaller Computers', 'EUR', '0.00', '7.77', '0.00', '0.00', '0.00', '7.77', '0.00', '7.77'],
    ])
    expect(figures(answer.totals)).toEqual([
      '10.00', '57.77', '180.00', '130.00', '75.00', '452.77', '0.00', '452.77',
    ]) // prettier-ignore
    expect(answer.totals).toMatchObject({ parties: 2, rows: 3 })
  })

  it('take what is on account and credits that are left off the balance', async () => {
    const draft = await trade.api('POST', '/payments', {
      direction: 'in',
      partyId: other,
      amount: '2.50',
      post: true,
    })
    expect([draft.state, money(String(draft['unallocatedAmount']))]).toEqual(['posted', '2.50'])
    const paid = await due('4.00', 5, { partyId: other })
    await trade.pay(paid)
    await trade.creditNote(paid)
    const { items } = await ageing(`/receivables?partyId=${other}`)
    expect(items.map(figures)).toEqual([['0.00', '7.77', '0.00', '0.00', '0.00', '7.77', '6.50', '1.27']])
  })

  it('agree with the open invoices of the ledger, and each cell with the list that it opens', async () => {
    const { items } = await ageing(`/receivables?partyId=${trade.customerId}`)
    const list = async (search: string): Promise<string> => {
      const { items: found } = await trade.api(
        'GET',
        `/invoices?paymentStatus=unpaid&currency=EUR&partyId=${trade.customerId}&limit=200${search}`,
      )
      return money(sum(found.map((each) => decimal(each.openAmount))).toFixed())
    }
    const euros = items.find(({ currency }) => currency === 'EUR')!
    expect([
      await list(`&dueFrom=${today}`),
      await list(`&dueFrom=${ago(30)}&dueTo=${ago(1)}`),
      await list(`&dueFrom=${ago(60)}&dueTo=${ago(31)}`),
      await list(`&dueFrom=${ago(90)}&dueTo=${ago(61)}`),
      await list(`&dueTo=${ago(91)}`),
      await list(''),
    ]).toEqual(figures(euros).slice(0, 6))
  })

  it('age what vendors are owed in the same way', async () => {
    const draft = await trade.api('POST', '/bills', {
      ...invoiceOf(trade, [{ unitPrice: '33.00' }]),
      partyId: trade.vendorId,
      reference: 'B-1',
      date: ago(40),
      paymentTermDays: 5,
    })
    await trade.act(`/bills/${draft.id}/post`)
    const { items } = await ageing('/payables')
    expect(items.map((row) => [row.partyName, ...figures(row)])).toEqual([
      ['Bright Components', '0.00', '0.00', '33.00', '0.00', '0.00', '33.00', '0.00', '33.00'],
    ])
  })

  it('tell sales, cost and money of a month, and what the stock is worth', async () => {
    const fresh = await openTrade({ company: { currency: 'EUR' } })
    try {
      const product = await fresh.product()
      await fresh.stock(product, '10', { unitCost: '4.00' })
      const order = await fresh.sell([{ productId: product, quantity: '6', unitPrice: '10.00' }])
      const delivery = await fresh.deliver(order.id)
      const invoice = await fresh.invoice(order)
      await fresh.pay(invoice, { amount: '25.00' })
      await fresh.takeBack(delivery, { lines: [{ sourceLineId: delivery.lines[0]!.id, quantity: '2' }] })
      await fresh.followAndPost('invoices', invoice, 'credit-notes', { amount: '9.00' })
      const { items } = await fresh.api<{ items: Record<string, string>[] }>(
        'GET',
        '/sales-by-month?months=2',
      )
      expect(
        items.map(({ net, cost, margin, moneyIn, moneyOut }) =>
          [net, cost, margin, moneyIn, moneyOut].map((each) => money(each)),
        ),
      ).toEqual([
        ['0.00', '0.00', '0.00', '0.00', '0.00'],
        ['51.00', '16.00', '35.00', '25.00', '0.00'],
      ])
      const worth = await fresh.api<{ value: string; items: { value: string; products: number }[] }>(
        'GET',
        '/stock/value',
      )
      expect([
        money(worth.value),
        worth.items.map(({ value, products }) => [money(value), products]),
      ]).toEqual(['24.00', [['24.00', 1]]])
    } finally {
      await fresh.close()
    }
  })

  itAddsUp(() => trade)
})
