import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { itAddsUp } from '../support/consistency.ts'
import { money } from '../support/figures.ts'
import { cost, issue, pool, receiveAt } from '../support/goods.ts'
import { type Trade, openTrade, part } from '../support/trade.ts'

describe('goods that are sold before they come', () => {
  let trade: Trade
  beforeAll(async () => {
    trade = await openTrade()
  })
  afterAll(() => trade.close())

  let count = 0
  const shop = async (valuation: string) => {
    const warehouseId = await trade.warehouse(`NEG${++count}`, { allowNegative: true })
    const productId = await trade.product({ valuation, purchasePrice: '7.00' })
    const head = { warehouseId }
    return {
      productId,
      warehouseId,
      receive: (quantity: string, unitCost: string) => receiveAt(trade, productId, quantity, unitCost, head),
      deliver: (quantity: string) => issue(trade, productId, quantity, head),
      stock: () => pool(trade, productId, warehouseId),
      /** The cost of sales of the product. */
      sold: async () => {
        const { items } = await trade.api('GET', '/reports/sales')
        return money(items.find((row) => row.id === productId)!['cost'])
      },
    }
  }
  const billAt = async (receipt: { id: string; lines: readonly { id: string }[] }, unitPrice: string) => {
    const lines = [{ sourceLineId: receipt.lines[0]!.id, unitPrice }]
    const bill = await trade.act(`/receipt-notes/${receipt.id}/bills`, { lines })
    await trade.act(`/bills/${bill.id}/post`)
  }

  describe.each(['average', 'fifo'])('by %s', (valuation) => {
    it('cost what the receipt that covers them says, and then what its bill says', async () => {
      const { productId, receive, deliver, stock, sold, warehouseId } = await shop(valuation)
      const delivery = await deliver('5')
      expect([await cost(trade, 'delivery-notes', delivery), await sold()]).toEqual(['35.00', '35.00'])
      const receipt = await receive('8', '10.00')
      expect(await stock()).toBe('3 / 30.00')
      expect([await cost(trade, 'delivery-notes', delivery), await sold()]).toEqual(['50.00', '50.00'])
      const { items } = await trade.api('GET', `/stock/moves?productId=${productId}`)
      expect(items.map((m) => money(m['value']))).toEqual(['80.00', '50.00'])
      const explained = await trade.api('GET', `/documents/${delivery.id}/explain?field=value`)
      expect(money(explained['value'])).toBe('50.00')
      await billAt(receipt, '15.00')
      expect(await stock()).toBe('3 / 45.00')
      expect([await cost(trade, 'delivery-notes', delivery), await sold()]).toEqual(['75.00', '75.00'])
      const why = await trade.api(
        'GET',
        `/stock/levels/explain?productId=${productId}&warehouseId=${warehouseId}&field=value`,
      )
      const [row] = (why['rows'] as { cause: string; kind: string }[]).filter(
        (each) => each.kind === 'receipt-note' && each.cause === 'negative-stock',
      )
      expect(row).toMatchObject({ number: receipt['number'] })
    })

    it('bring back what they cost when the delivery is undone, and when they come back', async () => {
      for (const back of ['undone', 'returned']) {
        const { receive, deliver, stock } = await shop(valuation)
        const delivery = await deliver('5')
        await receive('8', '10.00')
        if (back === 'undone') await trade.act(`/delivery-notes/${delivery.id}/reverse`)
        else expect(await cost(trade, 'sales-returns', await trade.takeBack(delivery))).toBe('50.00')
        expect([back, await stock()]).toEqual([back, '8 / 80.00'])
      }
    })

    it('cost what a return that covers them came in at', async () => {
      const { receive, deliver, stock, sold } = await shop(valuation)
      await receive('3', '20.00')
      const first = await deliver('3')
      const second = await deliver('5')
      expect(await sold()).toBe('95.00')
      await trade.takeBack(first)
      expect(await stock()).toBe('-2 / -14.00')
      expect(await sold()).toBe('74.00')
      expect(await cost(trade, 'delivery-notes', second)).toBe('74.00')
    })

    it('are covered by their own return, and the other delivery by the receipt', async () => {
      const { receive, deliver, sold } = await shop(valuation)
      const first = await deliver('5')
      const second = await deliver('5')
      await trade.takeBack(second, part(second, '5'))
      await receive('5', '10.00')
      expect(await cost(trade, 'delivery-notes', first)).toBe('50.00')
      expect(await cost(trade, 'delivery-notes', second)).toBe('35.00')
      expect(await sold()).toBe('50.00')
    })

    it('are short again when the receipt is undone, and cost what the next one says', async () => {
      const { receive, deliver, stock, sold } = await shop(valuation)
      const delivery = await deliver('5')
      const receipt = await receive('8', '10.00')
      const later = await deliver('3')
      await trade.act(`/receipt-notes/${receipt.id}/reverse`)
      expect((await stock()).split(' ')[0]).toBe('-8')
      await receive('8', '12.00')
      expect(await stock()).toBe('0 / 0.00')
      expect(await cost(trade, 'delivery-notes', delivery)).toBe('60.00')
      expect(await cost(trade, 'delivery-notes', later)).toBe('36.00')
      expect(await sold()).toBe('96.00')
    })
  })

  itAddsUp(() => trade)
})
