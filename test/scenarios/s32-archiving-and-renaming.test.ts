import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { setClock } from '../../src/kernel/clock.ts'
import type { Answered } from '../support/api.ts'
import { type Trade, exact, fields, openTrade } from '../support/trade.ts'

describe('S32 Deleting or renaming a product that documents use', () => {
  let trade: Trade
  let productId: string
  let lastYears: Answered
  let order: Answered
  beforeAll(async () => {
    trade = await openTrade()
    productId = await trade.product({ sku: 'MUG', name: 'Blue mug', salesPrice: '10.00' })
    await trade.stock(productId, '10')
    setClock(new Date('2025-11-10T12:00:00Z'))
    const draft = await trade.api('POST', '/invoices', {
      partyId: trade.customerId,
      lines: [{ productId, quantity: '2' }],
    })
    lastYears = await trade.act(`/invoices/${draft.id}/post`)
    setClock(null)
    order = await trade.sell([{ productId, quantity: '3', unitPrice: '10.00' }])
  })
  afterAll(() => trade.close())

  it('is not deleted while documents use it, and says which; it is archived', async () => {
    expect(lastYears).toMatchObject({ date: '2025-11-10', lines: [{ description: 'Blue mug' }] })
    const refused = await trade.refused(`/products/${productId}`, undefined, { method: 'DELETE' })
    expect(fields(refused, 'status', 'code')).toEqual([409, 'in-use'])
    expect(refused.detail).toContain(`1 invoice (${lastYears.number})`)
    expect(refused.detail).toContain(`1 sales order (${order.number})`)
    expect(refused.detail).toMatch(/archive/i)

    expect(await trade.act(`/products/${productId}/archive`)).toMatchObject({ archived: true })
    expect((await trade.api('GET', '/products?q=mug')).items).toEqual([])
    for (const [path, body] of [
      ['/sales-orders', { partyId: trade.customerId }],
      ['/invoices', { partyId: trade.customerId }],
      ['/purchase-orders', { partyId: trade.vendorId }],
    ] as const) {
      const offered = await trade.refused(path, { ...body, lines: [{ productId, quantity: '1' }] })
      expect(offered.detail).toMatch(/archived/)
    }
  })

  it('keeps its old name on the invoice of last year, byte for byte', async () => {
    const path = `/invoices/${lastYears.id}`
    const before = await trade.send('GET', path)
    await trade.api('PATCH', `/products/${productId}`, { name: 'Navy mug', sku: 'NAVY' })
    expect((await trade.api('GET', `/products/${productId}`)).name).toBe('Navy mug')
    const after = await trade.send('GET', path)
    expect(after.text).toBe(before.text)
    expect(after.text).toContain('Blue mug')
    // That its PDF is the same file is tested where documents are printed.
  })

  it('does not break lists and pages; the order is delivered and invoiced', async () => {
    for (const path of ['sales-orders', 'invoices', 'stock-adjustments', 'stock/levels', 'stock/moves']) {
      expect((await trade.api('GET', `/${path}`)).items.length).toBeGreaterThan(0)
    }
    const open = await trade.again('sales-orders', order)
    expect(open.lines[0]).toMatchObject({ sku: 'MUG', description: 'Blue mug', open: '3', reserved: '3' })

    const delivery = await trade.deliver(order.id)
    expect(fields(delivery.lines[0]!, 'quantity', 'description')).toEqual(['3', 'Blue mug'])
    expect(await trade.figures(productId, ['onHand', 'reserved'])).toEqual(['7', '0'])
    const invoice = await trade.invoice(order)
    expect(invoice.totals.gross).toBe(exact('30.00'))
    expect(fields(invoice.lines[0]!, 'sku', 'description')).toEqual(['MUG', 'Blue mug'])
  })

  it('a product that no document uses is deleted', async () => {
    const unused = await trade.product()
    await trade.api('DELETE', `/products/${unused}`, undefined, { expect: 204 })
    await trade.api('GET', `/products/${unused}`, undefined, { expect: 404 })
  })
})
