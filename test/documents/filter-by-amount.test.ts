import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { charge, invoiceOf } from '../support/figures.ts'
import { type Trade, openTrade } from '../support/trade.ts'

describe('lists filtered by amount', () => {
  let trade: Trade
  beforeAll(async () => {
    trade = await openTrade({ company: { currency: 'EUR' } })
    await trade.api('POST', '/exchange-rates', { currency: 'USD', date: '2000-01-01', rate: '0.5' })
  })
  afterAll(() => trade.close())

  const references = async (path: string, search: string): Promise<unknown[]> => {
    const { items } = await trade.api<{ items: { reference: string }[] }>(
      'GET',
      `/${path}?sort=${path === 'payments' ? 'amount' : 'gross'}&${search}`,
    )
    const { count } = await trade.api<{ count: number }>('GET', `/${path}/count?${search}`)
    expect(count, search).toBe(items.length)
    return items.map(({ reference }) => reference)
  }

  it('of invoices compare exactly, in their own currency, ends included', async () => {
    for (const [reference, unitPrice, head] of [
      ['cheap', '99.99', {}],
      ['from', '100.00', {}],
      ['dollars', '300.00', { currency: 'USD' }],
      ['to', '500.00', {}],
      ['dear', '500.01', {}],
    ] as const)
      await charge(trade, [{ unitPrice }], { reference, ...head })
    expect(await references('invoices', 'grossFrom=100&grossTo=500.00')).toEqual(['from', 'dollars', 'to'])
    expect(await references('invoices', 'grossFrom=100.000001')).toEqual(['dollars', 'to', 'dear'])
    expect(await references('invoices', 'grossTo=99.99')).toEqual(['cheap'])
    expect(await references('invoices', 'grossFrom=100&grossTo=500&currency=USD')).toEqual(['dollars'])
    const file = await trade.api<string>(
      'GET',
      `/exports?list=invoices&format=csv&search=${encodeURIComponent('grossFrom=100&grossTo=500&sort=gross')}&columns=${encodeURIComponent('[{"path":"reference","title":"R"}]')}`,
    )
    expect(file.replace('\uFEFF', '').trim().split('\r\n')).toEqual(['R', 'from', 'dollars', 'to'])
  })

  it('of what is open know only posted documents, whatever was paid of them', async () => {
    const paid = await charge(trade, [{ unitPrice: '1000.00' }], { reference: 'paid in part' })
    await trade.pay(paid, { amount: '940.00' })
    await trade.api('POST', '/invoices', invoiceOf(trade, [{ unitPrice: '60.00' }], { reference: 'draft' }))
    expect(await references('invoices', 'openFrom=60&openTo=60.00')).toEqual(['paid in part'])
    expect(await references('invoices', 'openTo=60')).toEqual(['paid in part'])
  })

  it('of orders and payments do the same', async () => {
    const { id: productId } = await trade.api('POST', '/products', { sku: 'A-1', name: 'Thing', taxIds: [] })
    for (const [reference, unitPrice] of [
      ['small', '10.00'],
      ['big', '20.00'],
    ] as const)
      // prettier-ignore
      await trade.api('POST', '/sales-orders', {
        partyId: trade.customerId,
        reference,
        lines: [{ productId, quantity: '1', unitPrice, taxIds: [] }],
      })
    expect(await references('sales-orders', 'grossFrom=10.01')).toEqual(['big'])
    expect(await references('sales-orders', 'grossTo=10')).toEqual(['small'])
    for (const [reference, amount, post] of [
      ['kept', '70.00', true],
      ['draft', '80.00', false],
    ] as const)
      // prettier-ignore
      await trade.api('POST', '/payments', { direction: 'in', partyId: trade.customerId, amount, reference, post })
    expect(await references('payments', 'amountFrom=70&amountTo=80')).toEqual(['kept', 'draft'])
    expect(await references('payments', 'unallocatedFrom=70')).toEqual(['kept'])
  })

  it('refuse what is no decimal, by its name', async () => {
    for (const wrong of ['1,5', '1e3', 'much', '1.1234567'])
      expect(await trade.refused(`/invoices?grossFrom=${wrong}`, undefined, { method: 'GET' })).toMatchObject(
        {
          status: 400,
          errors: [{ pointer: 'grossFrom', message: expect.stringContaining('must be a decimal') as string }],
        },
      )
  })
})
