import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answered } from '../support/api.ts'
import { oneAndTwoProcesses } from '../support/server-processes.ts'
import { type Trade, openTrade, part, statuses } from '../support/trade.ts'

describe.each(oneAndTwoProcesses)(
  'S30 Serial numbers: two lines, two drafts, one number (%s)',
  (_, processes) => {
    let trade: Trade
    let productId: string
    let order: Answered
    let first: Answered
    let other: Answered
    beforeAll(async () => {
      trade = await openTrade({ processes, company: { backOrders: true } })
      productId = await trade.product({ tracking: 'serial', purchasePrice: '1.00' })
      const bought = await trade.buy([{ productId, quantity: '6', unitPrice: '1.00' }])
      await trade.receive(bought, part(bought, '6', { serials: ['S1', 'S2', 'S3', 'S4', 'S5', 'S6'] }))
    })
    afterAll(() => trade.close())

    const figures = () => trade.figures(productId, ['onHand', 'reserved', 'available'])
    const serials = (delivery: Answered) => delivery.lines.map((line) => line['serials'])

    it('two lines of one order never get the same number', async () => {
      order = await trade.sell([
        { productId, quantity: '3' },
        { productId, quantity: '3' },
      ])
      expect(await figures()).toEqual(['6', '6', '0'])
      first = await trade.follow('sales-orders', order, 'delivery-notes')
      expect(serials(first)).toEqual([
        ['S1', 'S2', 'S3'],
        ['S4', 'S5', 'S6'],
      ])
    })

    it('a number that is reserved is refused on another draft, also one that is not for an order', async () => {
      other = await trade.sell([{ productId, quantity: '1' }])
      expect(other.lines[0]).toMatchObject({ reserved: '0', backordered: '1' })
      const path = `/sales-orders/${other.id}/delivery-notes`
      const refused = await trade.refused(path, part(other, '1', { serials: ['S1'] }))
      expect(refused).toMatchObject({ status: 409, code: 'lot-not-available' })
      expect(refused.detail).toMatch(/S1 .* held for another order/)
      expect((await trade.api('GET', '/delivery-notes')).items).toHaveLength(1)
      expect(await figures()).toEqual(['6', '6', '0'])
    })

    it('the first delivery posts, the other is refused, and nothing goes below zero', async () => {
      // By hand, without an order: it holds nothing, so it is judged when it is posted.
      const byHand = await trade.api('POST', '/delivery-notes', {
        partyId: trade.customerId,
        warehouseId: trade.warehouseId,
        lines: [{ productId, quantity: '1', serials: ['S1'] }],
      })
      expect((await trade.refused(`/delivery-notes/${byHand.id}/post`)).status).toBe(409)

      await trade.act(`/delivery-notes/${first.id}/post`)
      expect(await figures()).toEqual(['0', '0', '0'])
      expect((await trade.refused(`/delivery-notes/${byHand.id}/post`)).status).toBe(409)
      await trade.refused(`/sales-orders/${other.id}/delivery-notes`, part(other, '1', { serials: ['S1'] }))
      expect(await figures()).toEqual(['0', '0', '0'])
      const { items } = await trade.api('GET', `/stock/balances?productId=${productId}`)
      expect(items.filter(({ quantity }) => Number(quantity) < 0)).toEqual([])
    })

    it('nothing is copied with its numbers: a delivery of the numbers that went out is refused', async () => {
      // Zapas has no action that copies a document. Whoever sends the lines of one again sends its numbers or leaves them
      // out: those of the first are out, and of themselves no numbers come to a delivery of what is not there.
      const again = (numbers: boolean) =>
        trade.api('POST', '/delivery-notes', {
          partyId: trade.customerId,
          warehouseId: trade.warehouseId,
          lines: first.lines.map(({ quantity, serials: of }) => ({
            productId,
            quantity,
            ...(numbers && { serials: of }),
          })),
        })
      const copy = await again(false)
      expect(serials(copy)).toEqual([[], []])
      for (const { id } of [copy, await again(true)])
        expect((await trade.refused(`/delivery-notes/${id}/post`)).status).toBe(409)
      expect(await figures()).toEqual(['0', '0', '0'])
    })

    it('a receipt brings a number once, and not one that is out', async () => {
      const bought = await trade.buy([{ productId, quantity: '2', unitPrice: '1.00' }])
      const path = `/purchase-orders/${bought.id}/receipt-notes`
      expect((await trade.refused(path, part(bought, '2', { serials: ['S7', 'S7'] }))).detail).toMatch(/S7/)

      const split = {
        lines: [1, 2].map(() => ({ sourceLineId: bought.lines[0]!.id, quantity: '1', serials: ['S7'] })),
      }
      expect((await trade.refused(path, split)).detail).toMatch(/S7/)

      const draft = await trade.follow(
        'purchase-orders',
        bought,
        'receipt-notes',
        part(bought, '2', { serials: ['S8', 'S1'] }),
      )
      const refused = await trade.refused(`/receipt-notes/${draft.id}/post`)
      expect(refused.detail).toMatch(/S1 came in before.*return/)
      expect(await figures()).toEqual(['0', '0', '0'])
    })

    it('it comes back by a return', async () => {
      const back = await trade.takeBack(first, {
        lines: [{ sourceLineId: first.lines[0]!.id, quantity: '1', serials: ['S1'] }],
      })
      expect(serials(back)).toEqual([['S1']])
      // The other order waits for one.
      expect(await figures()).toEqual(['1', '1', '0'])
      const delivery = await trade.follow('sales-orders', other, 'delivery-notes')
      expect(serials(delivery)).toEqual([['S1']])
    })

    it('of two drafts posted at the same moment with one number, one goes through', async () => {
      const drafts = await Promise.all(
        [1, 2].map(() =>
          trade.api('POST', '/delivery-notes', {
            partyId: trade.customerId,
            warehouseId: trade.warehouseId,
            lines: [{ productId, quantity: '1', serials: ['S2'] }],
          }),
        ),
      )
      await trade.takeBack(first, {
        lines: [{ sourceLineId: first.lines[0]!.id, quantity: '1', serials: ['S2'] }],
      })
      expect(await figures()).toEqual(['2', '1', '1'])
      const answers = await Promise.all(
        drafts.map(({ id }) => trade.send('POST', `/delivery-notes/${id}/post`)),
      )
      expect(statuses(answers)).toEqual({ 200: 1, 409: 1 })
      expect(await figures()).toEqual(['1', '1', '0'])
    })
  },
)
