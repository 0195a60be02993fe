import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { charge, money } from '../support/figures.ts'
import { issue, receiveAt } from '../support/goods.ts'
import { type Trade, openTrade, part } from '../support/trade.ts'

/** Faults with money that random histories and testers found, each told as the story in which it happened. */

let trade: Trade
beforeAll(async () => {
  trade = await openTrade({ company: { backOrders: true } })
})
afterAll(() => trade.close())

describe('an order with a document discount, one line of which is invoiced', () => {
  it('keeps the amount of that line when another one is amended', async () => {
    const line = async (unitPrice: string) => ({ productId: await trade.product(), quantity: '1', unitPrice })
    const lines = [await line('10.02'), await line('10.02')]
    const order = await trade.sell(lines, { discountPercent: '12.5' })
    const invoice = await trade.invoice(order, part(order, ['1']))
    expect(invoice.totals.gross).toBe('8.76')
    const amended = await trade.act(`/sales-orders/${order.id}/amend`, {
      lines: [{ id: order.lines[1]!.id, quantity: '2' }],
    })
    // The rounding of the discount went to the other line: this one said 8.77, and nothing was left to invoice.
    expect(amended.lines.map((l) => l['amount'])).toEqual(['8.76', '17.53'])
    const rest = await trade.invoice(order)
    expect([amended.totals.gross, rest.totals.gross]).toEqual(['26.29', '17.53'])
  })
})

describe('an invoice whose advance was cancelled before it is posted', () => {
  it('says so, and not that less is left than was asked for', async () => {
    const pay = { direction: 'in', partyId: trade.customerId, amount: '100.00', post: true }
    const payment = await trade.api('POST', '/payments', pay)
    const draft = await trade.api('POST', '/invoices', {
      partyId: trade.customerId,
      lines: [{ description: 'Service', quantity: '1', unitPrice: '50.00', taxIds: [] }],
      advances: [{ paymentId: payment.id, amount: '10.00' }],
    })
    await trade.act(`/payments/${payment.id}/cancel`)
    const refusal = await trade.refused(`/invoices/${draft.id}/post`)
    expect([refusal.status, refusal.code, refusal.detail]).toEqual([
      409,
      'wrong-state',
      `${payment.number} is cancelled. Take it off the advances.`,
    ])
    await trade.api('PATCH', `/invoices/${draft.id}`, { advances: [] })
    expect((await trade.act(`/invoices/${draft.id}/post`)).state).toBe('posted')
  })
})

describe('a return that was credited', () => {
  const reasonsOf = async (path: string, { id }: { readonly id: string }) => {
    const { actions } = await trade.again(path, { id })
    const refusal = await trade.refused(`/${path}/${id}/reverse`)
    const reason: unknown = actions.find(({ name }) => name === 'reverse')?.reason
    return [(reason as { message: string }).message, refusal.detail]
  }

  it('says so where it is to be undone, and which way is left', async () => {
    const productId = await trade.product({ taxIds: [] })
    const receipt = await receiveAt(trade, productId, '10', '4.00')
    const delivery = await issue(trade, productId, '5')
    await trade.followAndPost('delivery-notes', delivery, 'invoices')
    const back = await trade.takeBack(delivery, part(delivery, '2'))
    await trade.followAndPost('sales-returns', back, 'credit-notes')
    const sold = 'It is credited, and a credit note stays. Deliver the goods again and invoice that instead.'
    expect(await reasonsOf('sales-returns', back)).toEqual([sold, sold])
    const lines = [{ sourceLineId: receipt.lines[0]!.id, unitPrice: '4.00' }]
    await trade.followAndPost('receipt-notes', receipt, 'bills', { lines })
    const sent = await trade.sendBack(receipt, part(receipt, '1', { reason: 'defective' }))
    await trade.followAndPost('purchase-returns', sent, 'vendor-credits')
    const bought =
      'It is credited, and a vendor credit stays. Receive the goods again and enter a bill instead.'
    expect(await reasonsOf('purchase-returns', sent)).toEqual([bought, bought])
  })
})

describe('more than can be credited of a line', () => {
  it('is told in money where money was asked for, and in the unit where a quantity was', async () => {
    const invoice = await charge(trade, [{ quantity: '2', unit: 'h', unitPrice: '85.00' }])
    const sourceLineId = invoice.lines[0]!.id
    const path = `/invoices/${invoice.id}/credit-notes`
    const refusal = async (line: object) =>
      (await trade.refused(path, { lines: [{ sourceLineId, ...line }] })).detail
    const { number } = invoice
    expect(await refusal({ amount: '200.00' })).toBe(
      `At most 170.00 USD of Service can be credited: 170.00 USD on ${number}, 0.00 USD credited already.`,
    )
    expect(await refusal({ quantity: '3' })).toBe(
      `At most 2 h of Service can be credited: 2 h on ${number}, 0 h credited already.`,
    )
    const draft = await trade.follow('invoices', invoice, 'credit-notes', {
      lines: [{ sourceLineId, amount: '100.00' }],
    })
    await trade.creditNote(invoice, { lines: [{ sourceLineId, amount: '85.00' }] })
    const late = await trade.refused(`/credit-notes/${draft.id}/post`)
    expect(late.detail).toBe(
      `At most 85.00 USD of Service can be credited: 170.00 USD on ${number}, 85.00 USD credited already.`,
    )
    expect(money(late['limit'])).toBe('85.00')
  })
})
