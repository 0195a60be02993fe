import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cleanUp, sweepReservations } from '../../src/automation/index.ts'
import { setClock } from '../../src/kernel/clock.ts'
import type { Answered } from '../support/api.ts'
import type { Caller } from '../support/companies.ts'
import { itAddsUp } from '../support/consistency.ts'
import { type Trade, openTrade } from '../support/trade.ts'

const day = 86_400_000

/** The clock of the machine was wrong and is put right, or is put wrong: documents live with every moment. */
describe('a clock that jumps', () => {
  const start = Date.parse('2026-12-30T10:00:00Z')
  let trade: Trade
  let clerk: Caller
  let productId: string
  let order: Answered
  let held: Answered
  const key = 'sent before the clock jumped'
  const at = (moment: number): void => setClock(() => new Date(moment))
  const sellOne = async () => {
    const sold = await trade.sell([{ productId, quantity: '1', unitPrice: '3.00' }])
    await trade.deliver(sold.id)
    const invoice = await trade.invoice(sold)
    await trade.pay(invoice)
    return { sold, invoice }
  }
  const numbers = async () => {
    const { rows } = await trade.ownerDb.query<{ number: string }>(
      `select number from invoices where kind = 'invoice' order by number`,
    )
    return rows.map(({ number }) => number)
  }

  beforeAll(async () => {
    at(start)
    trade = await openTrade({ company: { reservationMinutes: 60 } })
    clerk = await trade.sessionAs('sales')
    productId = await trade.product()
    await trade.stock(productId, '50')
    order = await trade.sell([{ productId, quantity: '2', unitPrice: '3.00' }])
    const lines = [{ productId, quantity: '5' }]
    held = await trade.act('/stock-reservations', { partyId: trade.customerId, lines }, { key })
    await sellOne()
  })
  afterAll(() => trade.close())

  it('a year forward: new numbers, ended reservations, ended sessions; what there was goes on', async () => {
    at(start + 365 * day)
    const { invoice } = await sellOne()
    expect([invoice.number, invoice['date']]).toEqual(['INV-2027-0001', '2027-12-30'])
    // What is due by the clock is due, whether it has been swept or not.
    expect((await trade.again('stock-reservations', held)).state).toBe('expired')
    await sweepReservations(trade.db)
    expect(await trade.figures(productId, ['onHand', 'reserved'])).toEqual(['48', '2'])
    // Made long ago, and delivered now.
    await trade.deliver(order.id)
    // The first answer still stands until it is cleaned up; then the key is free.
    const lines = [{ productId, quantity: '5' }]
    const repeat = () => trade.act('/stock-reservations', { partyId: trade.customerId, lines }, { key })
    expect((await repeat()).id).toBe(held.id)
    await cleanUp(trade.db)
    const again = await repeat()
    expect(again.id).not.toBe(held.id)
    await trade.act(`/stock-reservations/${again.id}/release`)
    // Signed in a year ago.
    await trade.api('GET', '/me', undefined, { as: clerk, expect: 401 })
  })

  itAddsUp(() => trade)

  it('a day backward: numbers go on without gap, dates are of the day that it is', async () => {
    at(start - day)
    const { invoice, sold } = await sellOne()
    expect([invoice.number, invoice['date']]).toEqual(['INV-2026-0002', '2026-12-29'])
    expect((await trade.again('sales-orders', sold)).fulfilment).toBe('full')
    const lines = [{ productId, quantity: '1' }]
    const reservation = await trade.act('/stock-reservations', { partyId: trade.customerId, lines })
    expect(reservation.state).toBe('active')
    await sweepReservations(trade.db)
    await cleanUp(trade.db)
    await trade.act(`/stock-reservations/${reservation.id}/release`)
    expect(await numbers()).toEqual(['INV-2026-0001', 'INV-2026-0002', 'INV-2027-0001'])
  })

  it('back to where it was: as if nothing had been', async () => {
    at(start + 60_000)
    const { invoice } = await sellOne()
    expect(invoice.number).toBe('INV-2026-0003')
    expect((await trade.again('stock-reservations', held)).state).toBe('expired')
    // Until somebody extends it: then it holds its goods once more, to the very moment that it had ended at.
    const extended = await trade.act(`/stock-reservations/${held.id}/extend`, {
      reserveUntil: held['reserveUntil'],
    })
    expect([extended.state, extended['reserveUntil']]).toEqual(['active', held['reserveUntil']])
    expect(await trade.figures(productId, ['onHand', 'reserved'])).toEqual(['44', '5'])
  })

  itAddsUp(() => trade)
})
