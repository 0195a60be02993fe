import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decimal } from '../../src/kernel/decimal.ts'
import type { Answered } from '../support/api.ts'
import { pool, receiveAt } from '../support/goods.ts'
import { type Trade, openTrade, part } from '../support/trade.ts'

/** What goods are worth when their bill comes in parts, is taken back, or comes before them. */

let trade: Trade
beforeAll(async () => {
  trade = await openTrade()
})
afterAll(() => trade.close())

const bought = async (quantity: string): Promise<{ productId: string; order: Answered }> => {
  const productId = await trade.product()
  return { productId, order: await trade.buy([{ productId, quantity, unitPrice: '10.00' }]) }
}
/** Bills a part at a price, accepting that it differs. */
const bill = async (source: string, document: Answered, quantity: string, unitPrice: string) => {
  const draft = await trade.follow(source, document, 'bills', part(document, quantity, { unitPrice }))
  return trade.act(`/bills/${draft.id}/post`, { acceptDifferences: { reason: 'as agreed' } })
}

describe('a receipt that is billed in two parts at two prices', () => {
  it('is worth what both bills say', async () => {
    const { productId, order } = await bought('10')
    await trade.receive(order)
    await bill('purchase-orders', order, '5', '15.00')
    expect(await pool(trade, productId)).toBe('10 / 125.00')
    // The second part was taken to have cost 12.50 before its bill: 122.50 came out.
    await bill('purchase-orders', order, '5', '12.00')
    expect(await pool(trade, productId)).toBe('10 / 135.00')
  })

  it('is so when the first part was billed before anything came', async () => {
    const { productId, order } = await bought('10')
    await bill('purchase-orders', order, '5', '15.00')
    await trade.receive(order)
    expect(await pool(trade, productId)).toBe('10 / 125.00')
    await bill('purchase-orders', order, '5', '12.00')
    expect(await pool(trade, productId)).toBe('10 / 135.00')
  })

  it('keeps the cents', async () => {
    const { productId, order } = await bought('3')
    await trade.receive(order)
    for (const price of ['3.333', '3.333', '3.333']) await bill('purchase-orders', order, '1', price)
    expect(await pool(trade, productId)).toBe('3 / 9.99')
  })
})

describe('a bill that was wrong and is credited', () => {
  it('makes room for the right one, at the price of the order', async () => {
    const { productId, order } = await bought('4')
    const receipt = await trade.receive(order)
    const wrong = await bill('receipt-notes', receipt, '4', '25.00')
    expect(await pool(trade, productId)).toBe('4 / 100.00')
    await trade.followAndPost('bills', wrong, 'vendor-credits', { reason: 'wrong price' })
    // Nothing was left to bill of the receipt, and the goods stayed at 25.00 each for good.
    await trade.followAndPost('receipt-notes', receipt, 'bills')
    expect(await pool(trade, productId)).toBe('4 / 40.00')
  })

  it('lets a receipt of goods without an order be undone', async () => {
    const productId = await trade.product()
    const receipt = await receiveAt(trade, productId, '4', '2.00')
    const wrong = await bill('receipt-notes', receipt, '4', '3.00')
    expect((await trade.refused(`/receipt-notes/${receipt.id}/reverse`)).code).toBe('built-upon')
    await trade.followAndPost('bills', wrong, 'vendor-credits', { reason: 'not ours' })
    await trade.act(`/receipt-notes/${receipt.id}/reverse`)
    expect(await pool(trade, productId)).toBe('0 / 0.00')
  })
})

describe('an invoice of a delivery that is credited in full', () => {
  it('makes room for another one, or for undoing the delivery', async () => {
    const productId = await trade.product()
    await trade.stock(productId, '5')
    const order = await trade.sell([{ productId, quantity: '5' }])
    const delivery = await trade.deliver(order.id)
    const wrong = await trade.followAndPost('delivery-notes', delivery, 'invoices')
    await trade.creditNote(wrong, { reason: 'wrong address' })
    const right = await trade.followAndPost('delivery-notes', delivery, 'invoices')
    expect(right.totals.gross).toBe('50')
    expect((await trade.refused(`/delivery-notes/${delivery.id}/reverse`)).code).toBe('built-upon')
    await trade.creditNote(right, { reason: 'never delivered' })
    await trade.act(`/delivery-notes/${delivery.id}/reverse`)
    expect(await pool(trade, productId)).toBe('5 / 5.00')
  })
})

describe('a bill of a receipt that another bill has taken meanwhile', () => {
  it('counts on the other receipts of the order line', async () => {
    const { order } = await bought('10')
    const first = await trade.receive(order, part(order, '5'))
    const second = await trade.receive(order, part(order, '5'))
    const draft = await trade.follow('receipt-notes', first, 'bills')
    await trade.bill(order, part(order, '5'))
    await trade.act(`/bills/${draft.id}/post`)
    const invoiced = async (receipt: Answered) =>
      (await trade.again('receipt-notes', receipt)).lines[0]!['invoiced']
    expect([await invoiced(first), await invoiced(second)]).toEqual(['5', '5'])
  })
})

describe('stock that was put in by mistake and taken out again before a low bill came', () => {
  it('never left the rest worth less than nothing', async () => {
    const { productId, order } = await bought('2')
    const opening = await trade.stock(productId, '2', { unitCost: '10.00' })
    await trade.receive(order)
    // One of four goes out at 10.00, then the two of the mistake at 10.00 each; 10.00 are left for one.
    await trade.stock(productId, '-1', { unitCost: null })
    await trade.act(`/stock-adjustments/${opening.id}/reverse`)
    await bill('purchase-orders', order, '2', '1.00')
    // By the bill all four were worth 22.00: the issue costs 5.50, and 16.50 is less than the two took out.
    const { rows } = await trade.ownerDb.query<{ least: string }>(
      `select min(value) as least from (
         select sum(case when h.to_seq is not null then v.value else -v.value end) over (order by coalesce(h.to_seq, h.from_seq)) as value
         from stock_moves h, lateral (select h.value + coalesce((select sum(c.value_change) from stock_value_corrections c where c.move_id = h.id), 0) as value) v
         where h.product_id = $1) x`,
      [productId],
    )
    expect(decimal(rows[0]!.least).gte('0')).toBe(true)
    expect(await pool(trade, productId)).toBe('1 / 0.00')
  })
})
