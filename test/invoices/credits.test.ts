import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decimal, sum } from '../../src/kernel/decimal.ts'
import type { Answered } from '../support/api.ts'
import { itAddsUp } from '../support/consistency.ts'
import { charge, money, owed, sums, tax } from '../support/figures.ts'
import { issue, receiveAt } from '../support/goods.ts'
import { oneAndTwoProcesses } from '../support/server-processes.ts'
import { type Trade, openTrade, part } from '../support/trade.ts'

describe.each(oneAndTwoProcesses)('credits (%s)', (_, processes) => {
  let trade: Trade
  beforeAll(async () => {
    trade = await openTrade({ processes, company: { currency: 'EUR' } })
  })
  afterAll(() => trade.close())

  const add = (credits: readonly Answered[], name: 'net' | 'tax' | 'gross'): string =>
    sum(credits.map((credit) => decimal(credit.totals[name]))).toFixed(2)
  const taxesOf = (document: Answered): string[] =>
    (document['taxes'] as { tax: string }[]).map((each) => money(each.tax))

  describe('in parts', () => {
    it('of a line with two taxes add up in each of them', async () => {
      const taxIds = [await tax(trade, '5'), await tax(trade, '9.975')]
      const invoice = await charge(trade, [{ quantity: '3', unitPrice: '46.67', taxIds }])
      expect(sums(invoice)).toBe('140.01 + 20.97 = 160.98')
      const credits: Answered[] = []
      for (let i = 0; i < 3; i++) credits.push(await trade.creditNote(invoice, part(invoice, '1')))
      expect([add(credits, 'net'), add(credits, 'tax'), add(credits, 'gross')]).toEqual([
        '140.01',
        '20.97',
        '160.98',
      ])
      for (const i of [0, 1]) {
        expect(sum(credits.map((credit) => decimal(taxesOf(credit)[i]!))).toFixed(2)).toBe(
          taxesOf(invoice)[i],
        )
      }
      expect(owed(await trade.again('invoices', invoice))).toBe('0.00 paid')
    })

    it('never take more tax than is left, however often half a cent was rounded up', async () => {
      const taxIds = [await tax(trade, '10', { name: 'Ten' })]
      const invoice = await charge(trade, [{ quantity: '9', unitPrice: '0.05', taxIds }])
      expect(sums(invoice)).toBe('0.45 + 0.05 = 0.50')
      const credits: Answered[] = []
      for (let i = 0; i < 9; i++) credits.push(await trade.creditNote(invoice, part(invoice, '1')))
      expect(credits.map((credit) => sums(credit)).slice(4, 6)).toEqual([
        '0.05 + 0.01 = 0.06',
        '0.05 + 0.00 = 0.05',
      ])
      expect([add(credits, 'net'), add(credits, 'tax'), add(credits, 'gross')]).toEqual([
        '0.45',
        '0.05',
        '0.50',
      ])
    })

    it('on two lines of one credit note share the line without a cent too much', async () => {
      const invoice = await charge(trade, [{ quantity: '10', unitPrice: '82.50', discountPercent: '15' }])
      const sourceLineId = invoice.lines[0]!.id
      const lines = ['3', '7'].map((quantity) => ({ sourceLineId, quantity }))
      const credit = await trade.creditNote(invoice, { lines })
      expect(credit.lines.map((line) => money(line['amount']))).toEqual(['210.38', '490.87'])
      const again = await charge(trade, [{ quantity: '10', unitPrice: '82.50' }])
      const twice = ['6', '6'].map((quantity) => ({ sourceLineId: again.lines[0]!.id, quantity }))
      const refusal = await trade.refused(`/invoices/${again.id}/credit-notes`, { lines: twice })
      expect(refusal.detail).toMatch(/at most 4\b/i)
    })

    it('by amount leave other taxes to what is left of them', async () => {
      const [a, b] = [await tax(trade, '20', { name: 'A' }), await tax(trade, '20', { name: 'B' })]
      const lines = [
        { unitPrice: '100.00', taxIds: [a] },
        { unitPrice: '100.00', taxIds: [b] },
      ]
      const invoice = await charge(trade, lines)
      await trade.creditNote(invoice, part(invoice, ['1', null]))
      const rest = await trade.creditNote(invoice, { amount: '60.00' })
      expect(sums(rest)).toBe('50.00 + 10.00 = 60.00')
      expect(sums(await trade.creditNote(invoice))).toBe('50.00 + 10.00 = 60.00')
    })

    it('by amount come to that amount, and stay so when a draft is saved', async () => {
      const taxIds = [await tax(trade, '20', { name: 'Saved' })]
      const invoice = await charge(trade, [{ quantity: '2', unitPrice: '99.99', taxIds }])
      for (const amount of ['0.01', '0.03', '100.00']) {
        const draft = await trade.follow('invoices', invoice, 'credit-notes', { amount })
        expect(money(draft.totals.gross)).toBe(amount)
        const saved = await trade.api('PATCH', `/credit-notes/${draft.id}`, { notes: 'saved' })
        expect(saved.totals).toEqual(draft.totals)
        expect((await trade.act(`/credit-notes/${draft.id}/post`)).totals).toEqual(draft.totals)
      }
      const rest = await trade.creditNote(invoice)
      expect(money(rest.totals.gross)).toBe('139.94')
    })
  })

  describe('as drafts', () => {
    it('have lines and taxes of the invoice only, and no more than it has', async () => {
      const taxIds = [await tax(trade, '20', { name: 'Draft' })]
      const other = await tax(trade, '50', { name: 'Other' })
      const invoice = await charge(trade, [{ quantity: '5', unitPrice: '10.00', taxIds }])
      const draft = await trade.follow('invoices', invoice, 'credit-notes', part(invoice, '1'))
      const change = (lines: readonly object[]) =>
        trade.refused(`/credit-notes/${draft.id}`, { lines }, { method: 'PATCH' })
      const id = draft.lines[0]!.id
      expect((await change([{ id }, { description: 'More', quantity: '1', unitPrice: '500.00' }])).code).toBe(
        'foreign-line',
      )
      expect((await change([{ id, taxIds: [other] }])).code).toBe('other-taxes')
      expect((await change([{ id, quantity: '6' }])).code).toBe('over-credit')
      expect((await change([{ id, unitPrice: '99.00' }])).code).toBe('other-price')
      expect((await change([{ id }, { id }])).code).toBe('line-twice')
      const saved = await trade.api('PATCH', `/credit-notes/${draft.id}`, {
        lines: [{ id, quantity: '2', unitPrice: '10.00', taxIds }],
      })
      expect(sums(saved)).toBe('20.00 + 4.00 = 24.00')
    })
  })

  describe('of a return', () => {
    it('of goods that went out without an order are on the invoice of that delivery', async () => {
      const productId = await trade.product({ salesPrice: '15.00' })
      await trade.stock(productId, '10')
      const delivery = await issue(trade, productId, '5')
      const invoice = await trade.followAndPost('delivery-notes', delivery, 'invoices')
      expect(money(invoice.totals.gross)).toBe('75.00')
      const back = await trade.takeBack(delivery, part(delivery, '2'))
      const credit = await trade.followAndPost('sales-returns', back, 'credit-notes')
      expect(money(credit.totals.gross)).toBe('30.00')
      expect(owed(await trade.again('invoices', invoice))).toBe('45.00 partial')
      expect((await trade.refused(`/sales-returns/${back.id}/credit-notes`)).detail).toMatch(
        /nothing .* left to credit/i,
      )
    })

    it('are not made for what was credited already without the return', async () => {
      const productId = await trade.product({ salesPrice: '15.00' })
      await trade.stock(productId, '10')
      const delivery = await issue(trade, productId, '5')
      const invoice = await trade.followAndPost('delivery-notes', delivery, 'invoices')
      await trade.creditNote(invoice, part(invoice, '2'))
      const back = await trade.takeBack(delivery, part(delivery, '3'))
      const credit = await trade.followAndPost('sales-returns', back, 'credit-notes')
      expect(money(credit.totals.gross)).toBe('15.00')
    })

    it('are posted once, whatever drafts were made', async () => {
      const productId = await trade.product({ salesPrice: '15.00' })
      await trade.stock(productId, '10')
      const order = await trade.sell([{ productId, quantity: '5', unitPrice: '15.00' }])
      const delivery = await trade.deliver(order.id)
      await trade.invoice(order)
      const back = await trade.takeBack(delivery, part(delivery, '2'))
      const drafts = [
        await trade.follow('sales-returns', back, 'credit-notes'),
        await trade.follow('sales-returns', back, 'credit-notes'),
      ]
      const answers = await Promise.all(
        drafts.map(({ id }) => trade.send('POST', `/credit-notes/${id}/post`)),
      )
      expect(answers.map(({ status }) => String(status)).toSorted()).toEqual(['200', '409'])
      expect(answers.find(({ status }) => status === 409)!.json.detail).toMatch(
        /at most 0\b.*can be credited/i,
      )
      expect((await trade.again('sales-orders', order)).lines[0]).toMatchObject({
        credited: '2',
        toCredit: '0',
      })
    })

    it('with two lines of one order line credit each piece once', async () => {
      const productId = await trade.product({ salesPrice: '1.00' })
      await trade.stock(productId, '10')
      const order = await trade.sell([{ productId, quantity: '3', unitPrice: '0.335' }])
      const delivery = await trade.deliver(order.id)
      await trade.invoice(order)
      const sourceLineId = delivery.lines[0]!.id
      const back = await trade.takeBack(delivery, {
        lines: [
          { sourceLineId, quantity: '2', disposition: 'restock' },
          { sourceLineId, quantity: '1', disposition: 'scrap' },
        ],
      })
      const credit = await trade.followAndPost('sales-returns', back, 'credit-notes')
      expect(credit.lines.map((line) => money(line['amount']))).toEqual(['0.67', '0.34'])
    })

    it('give nothing back that was never charged', async () => {
      const productId = await trade.product({ salesPrice: '10.00' })
      await trade.stock(productId, '10')
      const order = await trade.sell([{ productId, quantity: '5', unitPrice: '10.00' }])
      const delivery = await trade.deliver(order.id)
      const back = await trade.takeBack(delivery, part(delivery, '2'))
      expect(money((await trade.invoice(order)).totals.gross)).toBe('30.00')
      expect((await trade.again('sales-orders', order)).lines[0]).toMatchObject({
        invoiced: '3',
        toCredit: '0',
      })
      const refusal = await trade.refused(`/sales-returns/${back.id}/credit-notes`)
      expect(refusal.detail).toMatch(/was never invoiced/)
      // Another comes back, of those that were charged.
      const another = await trade.takeBack(delivery, part(delivery, '1'))
      const credit = await trade.followAndPost('sales-returns', another, 'credit-notes')
      expect(money(credit.totals.gross)).toBe('10.00')
    })

    it('nor, without an order, more than the invoices of that delivery charged beyond what stayed', async () => {
      const productId = await trade.product({ salesPrice: '10.00' })
      await trade.stock(productId, '10')
      const delivery = await issue(trade, productId, '5')
      const back = await trade.takeBack(delivery, part(delivery, '2'))
      await trade.followAndPost('delivery-notes', delivery, 'invoices')
      expect((await trade.refused(`/sales-returns/${back.id}/credit-notes`)).detail).toMatch(/never invoiced/)
    })

    /** At 3.00 each; the other four are damaged. */
    const receiveSixOfTen = async () => {
      const productId = await trade.product()
      const order = await trade.buy([{ productId, quantity: '10', unitPrice: '3.00' }])
      const sourceLineId = order.lines[0]!.id
      const line = { sourceLineId, quantity: '6', rejectedQuantity: '4', reason: 'damaged' }
      return trade.receive(order, { lines: [line] })
    }

    it('to a vendor: none for what was rejected and never billed', async () => {
      const receipt = await receiveSixOfTen()
      const bill = await trade.followAndPost('receipt-notes', receipt, 'bills')
      expect(money(bill.totals.gross)).toBe('18.00')
      const back = await trade.sendBack(receipt, part(receipt, '4'))
      expect((await trade.refused(`/purchase-returns/${back.id}/vendor-credits`)).detail).toMatch(
        /never invoiced/,
      )
      const more = await trade.sendBack(receipt, part(receipt, '1'))
      const credit = await trade.followAndPost('purchase-returns', more, 'vendor-credits')
      expect(money(credit.totals.gross)).toBe('3.00')
    })

    it('though what was accepted is billed in full when the rejected goods went back', async () => {
      const receipt = await receiveSixOfTen()
      await trade.sendBack(receipt, part(receipt, '4'))
      const offered = async () =>
        (await trade.again('receipt-notes', receipt)).actions.find(({ name }) => name === 'bills')!.allowed
      expect(await offered()).toBe(true)
      const bill = await trade.followAndPost('receipt-notes', receipt, 'bills')
      expect(money(bill.totals.gross)).toBe('18.00')
      expect(await offered()).toBe(false)
    })

    it('are due on the order line for what was invoiced and is cancelled', async () => {
      const productId = await trade.product()
      await trade.stock(productId, '10')
      const due = async (delivered: string | null) => {
        const order = await trade.sell([{ productId, quantity: '5', unitPrice: '10.00' }])
        await trade.invoice(order)
        if (delivered !== null) await trade.deliver(order.id, part(order, delivered))
        await trade.act(`/sales-orders/${order.id}/cancel`, { reason: 'not wanted' })
        return (await trade.again('sales-orders', order)).lines[0]!['toCredit']
      }
      expect([await due('3'), await due(null)]).toEqual(['2', '5'])
    })

    it('name a line that the return does not have', async () => {
      const productId = await trade.product({ salesPrice: '15.00' })
      await trade.stock(productId, '10')
      const delivery = await issue(trade, productId, '5')
      await trade.followAndPost('delivery-notes', delivery, 'invoices')
      const back = await trade.takeBack(delivery)
      const refusal = await trade.refused(`/sales-returns/${back.id}/credit-notes`, part(delivery, '1'))
      expect(refusal.errors[0]!.pointer).toBe('/lines/0/sourceLineId')
    })
  })

  it('goods of a delivery without an order are invoiced once, whatever drafts were made', async () => {
    const productId = await trade.product({ salesPrice: '15.00' })
    await trade.stock(productId, '10')
    const delivery = await issue(trade, productId, '5')
    const drafts = [
      await trade.follow('delivery-notes', delivery, 'invoices'),
      await trade.follow('delivery-notes', delivery, 'invoices'),
    ]
    const answers = await Promise.all(drafts.map(({ id }) => trade.send('POST', `/invoices/${id}/post`)))
    expect(answers.map(({ status }) => String(status)).toSorted()).toEqual(['200', '409'])
    expect(answers.find(({ status }) => status === 409)!.json.detail).toMatch(/at most 0\b.*can be invoiced/i)
  })

  it('a receipt without an order is billed once, or with a decision', async () => {
    const productId = await trade.product()
    const receipt = await receiveAt(trade, productId, '5', '2.00')
    const lines = [{ sourceLineId: receipt.lines[0]!.id, unitPrice: '2.00' }]
    const first = await trade.follow('receipt-notes', receipt, 'bills', { lines })
    const second = await trade.follow('receipt-notes', receipt, 'bills', { lines })
    await trade.act(`/bills/${first.id}/post`)
    expect((await trade.again('bills', first))['match']).toMatchObject({ status: 'matches' })
    const refusal = await trade.refused(`/bills/${second.id}/post`)
    expect(refusal.code).toBe('bill-differs')
    expect(refusal.detail).toMatch(/10 billed, 5 received/)
    await trade.act(`/bills/${second.id}/post`, { acceptDifferences: { reason: 'they sent it twice' } })
  })

  itAddsUp(() => trade)
})
