import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import type { Answered } from '../support/api.ts'
import { oneAndTwoProcesses } from '../support/server-processes.ts'
import { type Trade, exact, openTrade, part, statuses } from '../support/trade.ts'

describe.each(oneAndTwoProcesses)('S04 Three returns of one piece on a sale of two (%s)', (_, processes) => {
  let trade: Trade | undefined
  let productId: string
  beforeEach(async () => {
    trade ??= await openTrade({ processes })
    productId = await trade.product()
    await trade.stock(productId, '10')
  })
  afterAll(() => trade?.close())

  const sale = async (delivered: string) => {
    const order = await trade!.sell([{ productId, quantity: '2', unitPrice: '15.00' }])
    const delivery = await trade!.deliver(order.id, part(order, delivered))
    const invoice = await trade!.invoice(order, part(order, delivered))
    return { order, delivery, invoice }
  }
  const onHand = async () => (await trade!.figures(productId, ['onHand']))[0]
  const returned = async (order: Answered) =>
    (await trade!.again('sales-orders', order)).lines[0]!['returned']

  it('takes back and credits two, and not a third', async () => {
    const { order, delivery, invoice } = await sale('2')
    expect(invoice.totals.gross).toBe(exact('30.00'))
    expect(await onHand()).toBe('8')
    for (const after of ['9', '10']) {
      const back = await trade!.takeBack(delivery, part(delivery, '1'))
      await trade!.followAndPost('sales-returns', back, 'credit-notes')
      expect(await onHand()).toBe(after)
    }
    const path = `/delivery-notes/${delivery.id}/sales-returns`
    expect((await trade!.refused(path, part(delivery, '1'))).detail).toMatch(/at most 0\b/i)
    expect(await onHand()).toBe('10')
    expect(await returned(order)).toBe('2')
    expect(await trade!.again('invoices', invoice)).toMatchObject(
      exact({ creditedAmount: '30.00', openAmount: '0.00' }),
    )
  })

  it('of two returns of the last piece at the same moment one is accepted', async () => {
    const { order, delivery } = await sale('2')
    await trade!.takeBack(delivery, part(delivery, '1'))
    const drafts = await Promise.all(
      [1, 2].map(() => trade!.follow('delivery-notes', delivery, 'sales-returns', part(delivery, '1'))),
    )
    const answers = await Promise.all(
      drafts.map(({ id }) => trade!.send('POST', `/sales-returns/${id}/post`)),
    )
    expect(statuses(answers)).toEqual({ 200: 1, 409: 1 })
    expect(answers.find(({ status }) => status === 409)!.json.detail).toMatch(/at most 0\b/i)
    expect(await returned(order)).toBe('2')
    expect(await onHand()).toBe('10')
  })

  it('takes back no more than was delivered', async () => {
    const { order, delivery } = await sale('1')
    const path = `/delivery-notes/${delivery.id}/sales-returns`
    expect((await trade!.refused(path, part(delivery, '2'))).detail).toMatch(/at most 1\b/i)
    expect(await returned(order)).toBe('0')
    expect(await onHand()).toBe('9')
  })
})
