import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answered } from '../support/api.ts'
import { type Trade, exact, openTrade, statuses } from '../support/trade.ts'

/** What came in by all posted payments of a customer: the balance of an account that was empty. */
async function bank(trade: Trade, partyId: string): Promise<{ count: number; balance: number }> {
  const { items } = await trade.api('GET', `/payments?partyId=${partyId}`)
  return { count: items.length, balance: items.reduce((all, { amount }) => all + Number(amount), 0) }
}

describe.each([
  ['refuse', 1],
  ['refuse', 2],
  ['credit', 2],
] as const)(
  'S05 One payment form, three clicks (overpaying: %s, processes: %i)',
  (overpayment, processes) => {
    let trade: Trade
    beforeAll(async () => {
      trade = await openTrade({ processes, company: { overpayment } })
    })
    afterAll(() => trade.close())

    const newInvoice = async () => {
      const partyId = await trade.customer('Clicker')
      const draft = await trade.api('POST', '/invoices', {
        partyId,
        lines: [{ description: 'Work', quantity: '1', unitPrice: '120.00' }],
      })
      const invoice = await trade.act(`/invoices/${draft.id}/post`)
      expect(invoice).toMatchObject(exact({ openAmount: '120.00', paymentStatus: 'open' }))
      expect(await bank(trade, partyId)).toEqual({ count: 0, balance: 0 })
      return { invoice, partyId }
    }
    const click = (invoice: Answered, key: string) =>
      trade.send('POST', `/invoices/${invoice.id}/payments`, { amount: '120.00', method: 'bank' }, { key })
    const paidOnce = async (invoice: Answered, partyId: string) => {
      expect(await trade.again('invoices', invoice)).toMatchObject(
        exact({ openAmount: '0.00', paymentStatus: 'paid' }),
      )
      expect(await bank(trade, partyId)).toEqual({ count: 1, balance: 120 })
    }

    it('the same form gives the first payment each time', async () => {
      const { invoice, partyId } = await newInvoice()
      const answers = await Promise.all([1, 2, 3].map(() => click(invoice, `form-${invoice.id}`)))
      expect(answers.map(({ status }) => status)).toEqual([201, 201, 201])
      expect(new Set(answers.map(({ json }) => json.id)).size).toBe(1)
      await paidOnce(invoice, partyId)
    })

    it('a form that was opened anew each time is told that it is paid, and so is 5.00 on purpose', async () => {
      const { invoice, partyId } = await newInvoice()
      const answers = await Promise.all([1, 2, 3].map((n) => click(invoice, `form-${n}-${invoice.id}`)))
      expect(statuses(answers)).toEqual({ 201: 1, 409: 2 })
      for (const { json } of answers.filter(({ status }) => status === 409)) {
        expect(json).toMatchObject({ code: 'already-paid', detail: expect.stringMatching(/paid already/) })
      }
      await paidOnce(invoice, partyId)

      const more = await trade.refused(`/invoices/${invoice.id}/payments`, { amount: '5.00', method: 'bank' })
      expect(more.detail).toMatch(/nothing is open/)
      await paidOnce(invoice, partyId)
    })

    it('what is above the open amount is refused, or is credit of the customer where the setting allows it', async () => {
      const { invoice, partyId } = await newInvoice()
      const path = `/invoices/${invoice.id}/payments`
      if (overpayment === 'refuse') {
        expect((await trade.refused(path, { amount: '125.00', method: 'bank' })).detail).toMatch(
          /at most 120\.00/i,
        )
        expect(await bank(trade, partyId)).toEqual({ count: 0, balance: 0 })
        return
      }
      const payment = await trade.act(path, { amount: '125.00', method: 'bank' })
      expect(payment).toMatchObject(exact({ allocatedAmount: '120.00', unallocatedAmount: '5.00' }))
      expect(await trade.again('invoices', invoice)).toMatchObject(
        exact({ openAmount: '0.00', paymentStatus: 'paid' }),
      )
    })

    it('5.00 on purpose, on the account of the customer, is credit and leaves the paid invoice alone', async () => {
      const { invoice, partyId } = await newInvoice()
      await click(invoice, `form-${invoice.id}`)
      const payment = { direction: 'in', partyId, amount: '5.00', method: 'bank' }
      const allocations = [{ invoiceId: invoice.id, amount: '5.00' }]
      expect((await trade.refused('/payments', { ...payment, allocations })).detail).toMatch(/at most 0/i)
      await paidOnce(invoice, partyId)

      const draft = await trade.api('POST', '/payments', payment)
      const posted = await trade.act(`/payments/${draft.id}/post`)
      expect(posted).toMatchObject(exact({ allocatedAmount: '0.00', unallocatedAmount: '5.00' }))
      await trade.refused(`/payments/${draft.id}/allocate`, { allocations })
      expect(await trade.again('invoices', invoice)).toMatchObject(
        exact({ openAmount: '0.00', paymentStatus: 'paid' }),
      )
      expect(await bank(trade, partyId)).toEqual({ count: 2, balance: 125 })
    })
  },
)
