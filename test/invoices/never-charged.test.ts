import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answered } from '../support/api.ts'
import { itAddsUp } from '../support/consistency.ts'
import { money } from '../support/figures.ts'
import { issue } from '../support/goods.ts'
import { type Trade, openTrade, part } from '../support/trade.ts'

/** What goods of a return are credited for, and whether a document offers what can be done with it. */
describe('credits of returns', () => {
  let trade: Trade
  let productId: string
  beforeAll(async () => {
    trade = await openTrade()
    productId = await trade.product({ salesPrice: '10.00' })
    await trade.stock(productId, '100')
  })
  afterAll(() => trade.close())

  const sell = (quantity: string) => trade.sell([{ productId, quantity, unitPrice: '10.00' }])
  const buy = (quantity: string) => trade.buy([{ productId, quantity, unitPrice: '3.00' }])
  const figures = async (path: string, order: Answered) => {
    const { invoicing, lines } = await trade.again(path, order)
    return [invoicing, lines[0]!['toInvoice'], lines[0]!['toCredit']]
  }
  const offered = async (path: string, document: Answered, action: string) => {
    const { actions } = await trade.again(path, document)
    const { allowed, reason } = actions.find(({ name }) => name === action)! as unknown as {
      allowed: boolean
      reason: { message: string } | null
    }
    return allowed || reason!.message
  }

  it('are none for goods that came back before the rest was invoiced ahead of its delivery', async () => {
    const order = await sell('5')
    const delivery = await trade.deliver(order.id, part(order, '3'))
    const back = await trade.takeBack(delivery, part(delivery, '1'))
    expect(money((await trade.invoice(order)).totals.gross)).toBe('40.00')
    expect(await figures('sales-orders', order)).toEqual(['full', '0', '0'])
    expect(await offered('sales-returns', back, 'credit-notes')).toMatch(/nothing .* left to credit/i)
    expect((await trade.refused(`/sales-returns/${back.id}/credit-notes`)).code).toBe('nothing-left')
    const another = await trade.takeBack(delivery, part(delivery, '1'))
    expect(await figures('sales-orders', order)).toEqual(['full', '0', '1'])
    const credit = await trade.followAndPost('sales-returns', another, 'credit-notes')
    expect(money(credit.totals.gross)).toBe('10.00')
    expect(await figures('sales-orders', order)).toEqual(['full', '0', '0'])
  })

  it('are due for what was invoiced before it came back, though more is still to be delivered', async () => {
    const order = await sell('5')
    const delivery = await trade.deliver(order.id, part(order, '3'))
    await trade.invoice(order, part(order, '3'))
    const back = await trade.takeBack(delivery, part(delivery, '1'))
    const credit = await trade.followAndPost('sales-returns', back, 'credit-notes')
    expect(money(credit.totals.gross)).toBe('10.00')
  })

  it('of a vendor are none beyond what was billed and is not wanted any more', async () => {
    const order = await buy('10')
    const receipt = await trade.receive(order, part(order, '8'))
    const back = await trade.sendBack(receipt, part(receipt, '3'))
    const bill = await trade.follow('purchase-orders', order, 'bills', part(order, '7'))
    await trade.act(`/bills/${bill.id}/post`, { acceptDifferences: { reason: 'in advance' } })
    expect(await figures('purchase-orders', order)).toEqual(['full', '0', '0'])
    expect(await offered('purchase-returns', back, 'vendor-credits')).toMatch(/nothing .* left to credit/i)
    await trade.refused(`/purchase-returns/${back.id}/vendor-credits`)
  })

  it('are offered until all of it is credited', async () => {
    const order = await sell('5')
    const delivery = await trade.deliver(order.id)
    const back = await trade.takeBack(delivery, part(delivery, '2'))
    expect(await offered('sales-returns', back, 'credit-notes')).toMatch(/nothing/i)
    const other = await sell('5')
    const gone = await trade.deliver(other.id)
    const invoice = await trade.invoice(other)
    const twice = [await trade.takeBack(gone, part(gone, '2')), await trade.takeBack(gone, part(gone, '1'))]
    expect(await offered('sales-returns', twice[0]!, 'credit-notes')).toBe(true)
    await trade.followAndPost('sales-returns', twice[0]!, 'credit-notes')
    expect(await offered('sales-returns', twice[0]!, 'credit-notes')).toMatch(/nothing/i)
    // The other one is credited on the invoice, not by its return.
    expect(await offered('sales-returns', twice[1]!, 'credit-notes')).toBe(true)
    await trade.creditNote(invoice, part(invoice, '1'))
    expect(await offered('sales-returns', twice[1]!, 'credit-notes')).toMatch(/nothing/i)
  })

  it('are offered of goods without an order until all of them are credited', async () => {
    const delivery = await issue(trade, productId, '5')
    await trade.followAndPost('delivery-notes', delivery, 'invoices')
    const back = await trade.takeBack(delivery, part(delivery, '2'))
    expect(await offered('sales-returns', back, 'credit-notes')).toBe(true)
    await trade.followAndPost('sales-returns', back, 'credit-notes')
    expect(await offered('sales-returns', back, 'credit-notes')).toMatch(/nothing/i)
  })

  it('a purchase order that is billed in full offers no bill', async () => {
    const order = await buy('4')
    expect(await offered('purchase-orders', order, 'bills')).toBe(true)
    await trade.receive(order)
    await trade.bill(order)
    expect(await offered('purchase-orders', order, 'bills')).toBe('Nothing is left to bill.')
  })

  it('a draft that was posted once offers no deletion', async () => {
    const order = await buy('1')
    const draft = await trade.follow('purchase-orders', order, 'receipt-notes')
    expect(await offered('receipt-notes', draft, 'delete')).toBe(true)
    await trade.act(`/receipt-notes/${draft.id}/post`)
    await trade.act(`/receipt-notes/${draft.id}/reopen`, { reason: 'mistyped' })
    expect(await offered('receipt-notes', draft, 'delete')).toMatch(/keeps its number/)
    await trade.refused(`/receipt-notes/${draft.id}`, undefined, { method: 'DELETE' })
  })

  itAddsUp(() => trade)
})
