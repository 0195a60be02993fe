import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decimal, sum } from '../../src/kernel/decimal.ts'
import type { Answered } from '../support/api.ts'
import { oneAndTwoProcesses } from '../support/server-processes.ts'
import { type Trade, fields, openTrade } from '../support/trade.ts'

describe.each(oneAndTwoProcesses)(
  'S08 Cancelling or reopening the same delivery again and again (%s)',
  (_, processes) => {
    let trade: Trade
    let productId: string
    let order: Answered
    let delivery: Answered
    beforeAll(async () => {
      trade = await openTrade({ processes })
      productId = await trade.product()
      await trade.stock(productId, '10')
      order = await trade.sell([{ productId, quantity: '1' }])
      delivery = await trade.deliver(order.id)
    })
    afterAll(() => trade.close())

    const onHand = async () => (await trade.figures(productId, ['onHand']))[0]
    const line = async (...names: string[]) =>
      fields((await trade.again('sales-orders', order)).lines[0]!, ...names)
    /** The sum of all movements, which on hand must equal, and how many there are. */
    const movements = async () => {
      const { items } = await trade.api('GET', `/stock/moves?productId=${productId}&limit=200`)
      const changes = items.map(({ quantity, toWarehouseId }) => {
        const moved = decimal(quantity as string)
        return toWarehouseId === null ? moved.neg() : moved
      })
      return { count: items.length, sum: sum(changes).toFixed() }
    }

    it('is cancelled once', async () => {
      expect(await onHand()).toBe('9')
      await trade.act(`/delivery-notes/${delivery.id}/reverse`)
      expect(await onHand()).toBe('10')
      expect(await line('delivered', 'reserved', 'open')).toEqual(['0', '1', '1'])
    })

    it('is not cancelled a hundred times more', async () => {
      const answers = []
      for (let i = 0; i < 5; i++) {
        answers.push(
          ...(await Promise.all(
            Array.from({ length: 20 }, () => trade.send('POST', `/delivery-notes/${delivery.id}/reverse`)),
          )),
        )
      }
      expect(answers).toHaveLength(100)
      for (const { status, json } of answers) {
        expect([status, json.code]).toEqual([409, 'wrong-state'])
        expect(json.detail).toMatch(/reversed/)
      }
      expect(await onHand()).toBe('10')
      expect(await line('delivered', 'reserved')).toEqual(['0', '1'])
      expect(await movements()).toEqual({ count: 3, sum: '10' })
    })

    it('is delivered again', async () => {
      delivery = await trade.deliver(order.id)
      expect(await onHand()).toBe('9')
      expect(await line('delivered', 'reserved')).toEqual(['1', '0'])
    })

    it('is reopened and closed three times under one number', async () => {
      for (const round of [1, 2, 3]) {
        const open = await trade.act(`/delivery-notes/${delivery.id}/reopen`)
        expect(fields(open, 'state', 'number')).toEqual(['draft', delivery.number])
        expect(await onHand()).toBe('10')
        expect(await line('delivered', 'reserved')).toEqual(['0', '1'])
        const closed = await trade.act(`/delivery-notes/${delivery.id}/post`)
        expect(fields(closed, 'state', 'number')).toEqual(['posted', delivery.number])
        expect(await onHand()).toBe('9')
        expect(await line('delivered', 'reserved')).toEqual(['1', '0'])
        expect(await movements()).toEqual({ count: 4 + 2 * round, sum: '9' })
      }
    })
  },
)
