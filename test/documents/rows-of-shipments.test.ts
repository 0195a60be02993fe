import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answered } from '../support/api.ts'
import { type Trade, openTrade, part } from '../support/trade.ts'

describe('rows of lists of shipments', () => {
  let trade: Trade
  let products: [string, string]
  beforeAll(async () => {
    trade = await openTrade()
    products = [await trade.product(), await trade.product()]
    for (const productId of products) await trade.stock(productId, '1000')
  })
  afterAll(() => trade.close())

  const lines = (quantity: string) =>
    products.map((productId) => ({ productId, quantity, unitPrice: '10.00' }))
  const row = async (path: string, { id }: Answered, more = {}): Promise<Answered> => {
    const { items } = await trade.api('GET', `/${path}?limit=200`, undefined, more)
    return items.find((item) => item.id === id)!
  }

  it('of deliveries name the order, count the lines, and say how far what stayed is invoiced', async () => {
    const order = await trade.sell(lines('4'))
    const first = await trade.follow('sales-orders', order, 'delivery-notes', part(order, '3'))
    expect(await row('delivery-notes', first)).toMatchObject({
      sourceNumber: order.number,
      lineCount: 2,
      invoicing: null,
    })
    await trade.act(`/delivery-notes/${first.id}/post`)
    const second = await trade.deliver(order.id)
    const states = async () => [
      (await row('delivery-notes', first))['invoicing'],
      (await row('delivery-notes', second))['invoicing'],
    ]
    expect(await states()).toEqual(['none', 'none'])
    // An invoice of the order counts for its oldest delivery first, line by line.
    await trade.invoice(order, part(order, ['4', '2']))
    expect(await states()).toEqual(['partial', 'partial'])
    await trade.invoice(order)
    expect(await states()).toEqual(['full', 'full'])
  })

  it('of a delivery that came back whole have nothing to invoice', async () => {
    const delivery = await trade.deliver((await trade.sell(lines('1'))).id)
    await trade.takeBack(delivery)
    expect((await row('delivery-notes', delivery))['invoicing']).toBeNull()
  })

  it('of returns say why goods came back, where they went, and how far they are credited', async () => {
    const order = await trade.sell(lines('2'))
    const delivery = await trade.deliver(order.id)
    const back = (quantity: string, line: object) => part(delivery, quantity, line)
    const never = await trade.takeBack(delivery, {
      reason: 'Too many',
      ...back('1', { reason: 'Scratched', disposition: 'scrap' }),
    })
    expect(await row('sales-returns', never)).toMatchObject({
      sourceNumber: delivery.number,
      reasons: ['Too many', 'Scratched'],
      dispositions: ['scrap'],
      invoicing: null,
    })
    await trade.invoice(order)
    const later = await trade.takeBack(delivery, back('1', { reason: 'Scratched' }))
    expect((await row('sales-returns', later))['invoicing']).toBe('none')
    await trade.followAndPost('sales-returns', later, 'credit-notes')
    expect((await row('sales-returns', later))['invoicing']).toBe('full')
  })

  it('of receipts count the lines accepted and rejected, and say how far they are billed', async () => {
    const order = await trade.buy(lines('10'))
    const [one, other] = order.lines
    const receipt = await trade.receive(order, {
      lines: [
        { sourceLineId: one!.id, quantity: '8', rejectedQuantity: '2', reason: 'damaged' },
        { sourceLineId: other!.id, quantity: '10' },
      ],
    })
    expect(await row('receipt-notes', receipt)).toMatchObject({
      sourceNumber: order.number,
      lineCount: 2,
      acceptedLines: 2,
      rejectedLines: 1,
      reasons: ['damaged'],
      invoicing: 'none',
    })
    await trade.bill(order, part(order, ['8', '5']))
    expect((await row('receipt-notes', receipt))['invoicing']).toBe('partial')
    await trade.bill(order)
    expect((await row('receipt-notes', receipt))['invoicing']).toBe('full')
    const back = await trade.sendBack(receipt, {
      reason: 'Wrong colour',
      lines: [{ sourceLineId: receipt.lines[1]!.id, quantity: '4' }],
    })
    expect(await row('purchase-returns', back)).toMatchObject({
      sourceNumber: receipt.number,
      reasons: ['Wrong colour'],
      invoicing: 'none',
    })
    await trade.followAndPost('purchase-returns', back, 'vendor-credits')
    expect((await row('purchase-returns', back))['invoicing']).toBe('full')
  })

  it('of transfers tell what arrived, and what differs once something has', async () => {
    const toWarehouseId = await trade.warehouse('ROWS')
    const sent = await trade.act('/stock-transfers', {
      warehouseId: trade.warehouseId,
      toWarehouseId,
      viaTransit: true,
      post: true,
      lines: products.map((productId) => ({ productId, quantity: '5' })),
    })
    const shown = async (transfer: Answered) => {
      const { arrivedLines, differingLines } = (await row('stock-transfers', transfer)) as unknown as {
        arrivedLines: number | null
        differingLines: number | null
      }
      return [arrivedLines, differingLines]
    }
    expect(await shown(sent)).toEqual([0, null])
    const [one, other] = sent.lines
    await trade.act(`/stock-transfers/${sent.id}/receive`, {
      lines: [
        { sourceLineId: one!.id, quantity: '5' },
        { sourceLineId: other!.id, quantity: '2' },
      ],
    })
    expect(await shown(sent)).toEqual([1, 1])
    await trade.act(`/stock-transfers/${sent.id}/receive`)
    expect(await shown(sent)).toEqual([2, 0])
    const atOnce = await trade.act('/stock-transfers', {
      warehouseId: trade.warehouseId,
      toWarehouseId,
      post: true,
      lines: [{ productId: products[0], quantity: '1' }],
    })
    expect(await shown(atOnce)).toEqual([1, 0])
  })

  it('of adjustments tell what they change in value, as their page does', async () => {
    const productId = await trade.product()
    await trade.stock(productId, '10')
    const draft = await trade.act('/stock-adjustments', {
      warehouseId: trade.warehouseId,
      reason: 'Water damage',
      lines: [
        { productId, quantityChange: '-3' },
        { productId: await trade.product(), quantityChange: '1', unitCost: '1.00' },
      ],
    })
    expect((await row('stock-adjustments', draft))['value']).toBeNull()
    const posted = await trade.act(`/stock-adjustments/${draft.id}/post`)
    const shown = await row('stock-adjustments', draft)
    expect(shown).toMatchObject({ reasons: ['Water damage'], lineCount: 2 })
    expect(shown['value']).toBe('-2')
    expect(shown['value']).toBe(posted['value'])
    await trade.act(`/stock-adjustments/${draft.id}/reopen`)
    expect((await row('stock-adjustments', draft))['value']).toBeNull()
    await trade.act(`/stock-adjustments/${draft.id}/post`)
    expect((await row('stock-adjustments', draft))['value']).toBe('-2')
  })

  it('do not name an order that the caller may not read', async () => {
    const order = await trade.sell(lines('1'))
    const delivery = await trade.deliver(order.id)
    const { key } = await trade.api('POST', '/api-keys', {
      name: 'Part',
      role: 'owner',
      permissions: ['delivery-note:read'],
    })
    const as = { ...trade.owner, headers: { authorization: `Bearer ${String(key)}` } }
    expect((await row('delivery-notes', delivery))['sourceNumber']).toBe(order.number)
    expect((await row('delivery-notes', delivery, { as }))['sourceNumber']).toBeNull()
  })
})
