import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { itAddsUp } from '../support/consistency.ts'
import { oneAndTwoProcesses } from '../support/server-processes.ts'
import { type Trade, openTrade } from '../support/trade.ts'

describe.each(oneAndTwoProcesses)('S23 You cannot transfer what is not there (%s)', (_, processes) => {
  let shop: Trade
  let a: string
  let b: string
  let c: string
  beforeAll(async () => {
    shop = await openTrade({ processes })
    a = await shop.warehouse('A')
    b = await shop.warehouse('B')
    c = await shop.warehouse('C')
  })
  afterAll(() => shop.close())

  const draft = (productId: string, quantity: string, toWarehouseId: string) =>
    shop.api('POST', '/stock-transfers', {
      warehouseId: a,
      toWarehouseId,
      lines: [{ productId, quantity }],
    })
  const onHand = async (productId: string) => {
    const levels = await Promise.all([a, b, c].map((warehouse) => shop.level(productId, warehouse)))
    return levels.map((level) => level.onHand)
  }

  it('1 and 2: neither nothing nor too little is moved', async () => {
    const productId = await shop.product({ sku: 'CHAIR' })
    const transfer = await draft(productId, '5', b)
    const post = `/stock-transfers/${transfer.id}/post`
    expect((await shop.refused(post)).detail).toContain('At most 0 of CHAIR can be transferred')
    await shop.stock(productId, '3', {}, { warehouseId: a })
    const refused = await shop.refused(post)
    expect(refused).toMatchObject({ status: 409, code: 'not-available', available: '3' })
    expect(refused.detail).toContain('At most 3 of CHAIR can be transferred')
    expect(await onHand(productId)).toEqual(['3', '0', '0'])
  })

  it('3: of two transfers of the same 5 at the same time one succeeds', async () => {
    const productId = await shop.product()
    await shop.stock(productId, '5', {}, { warehouseId: a })
    const drafts = [await draft(productId, '5', b), await draft(productId, '5', c)]
    const answers = await Promise.all(
      drafts.map(({ id }) => shop.send('POST', `/stock-transfers/${id}/post`)),
    )
    expect(answers.map((answer) => answer.status).toSorted((x, y) => x - y)).toEqual([200, 409])
    const [left, ...gone] = await onHand(productId)
    expect(left).toBe('0')
    expect(gone.toSorted()).toEqual(['0', '5'])
  })

  it('4: a warehouse that may go negative sells what is not there, and transfers none of it', async () => {
    const productId = await shop.product()
    await shop.api('PATCH', `/warehouses/${a}`, { allowNegative: true })
    const order = await shop.sell([{ productId, quantity: '2', unitPrice: '1.00' }], { warehouseId: a })
    await shop.deliver(order.id)
    expect(await onHand(productId)).toEqual(['-2', '0', '0'])
    const transfer = await draft(productId, '1', b)
    expect((await shop.refused(`/stock-transfers/${transfer.id}/post`)).code).toBe('not-available')
    expect(await onHand(productId)).toEqual(['-2', '0', '0'])
  })

  it('5: a negative lot is never proposed', async () => {
    const productId = await shop.product({ tracking: 'lot' })
    const lots = (number: string, quantity: string) => ({ lots: [{ number, quantity }] })
    await shop.stock(productId, '1', lots('L1', '1'), { warehouseId: a })
    const early = await shop.sell([{ productId, quantity: '2', unitPrice: '1.00' }], { warehouseId: a })
    await shop.deliver(early.id, {
      lines: [{ sourceLineId: early.lines[0]!.id, quantity: '2', ...lots('L1', '2') }],
    })
    await shop.stock(productId, '4', lots('L2', '4'), { warehouseId: a })
    expect(await onHand(productId)).toEqual(['3', '0', '0'])
    const order = await shop.sell([{ productId, quantity: '3', unitPrice: '1.00' }], { warehouseId: a })
    const proposed = await shop.follow('sales-orders', order, 'delivery-notes')
    expect(proposed.lines).toMatchObject([{ quantity: '3', lots: [{ number: 'L2', quantity: '3' }] }])
    await shop.act(`/delivery-notes/${proposed.id}/post`)
    const { items } = await shop.api('GET', `/stock/balances?productId=${productId}`)
    expect(items).toMatchObject([
      { lotNumber: 'L1', quantity: '-1' },
      { lotNumber: 'L2', quantity: '1' },
    ])
  })

  itAddsUp(() => shop)
})
