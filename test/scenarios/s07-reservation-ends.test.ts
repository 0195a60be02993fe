import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { asSystem } from '../../src/identity/index.ts'
import { setClock } from '../../src/kernel/clock.ts'
import { expireReservations } from '../../src/stock/index.ts'
import type { Answered } from '../support/api.ts'
import { itAddsUp } from '../support/consistency.ts'
import { type Trade, openTrade } from '../support/trade.ts'

describe('S07 A reservation ends at its expiry, not when a job runs', () => {
  let shop: Trade
  let productId: string
  let second: string
  let reservation: Answered
  let order: Answered
  beforeAll(async () => {
    shop = await openTrade({ company: { reservationMinutes: 30 } })
    productId = await shop.product({ sku: 'SEAT' })
    await shop.stock(productId, '5')
    second = await shop.customer('Buyer 2')
  })
  afterEach(() => setClock(null))
  afterAll(() => shop.close())

  const at = (time: string, day = '02') => setClock(new Date(`2026-11-${day}T${time}+01:00`))
  const reserve = (partyId: string, quantity: string) =>
    shop.send('POST', '/stock-reservations', { partyId, lines: [{ productId, quantity }] })
  const counters = () => shop.figures(productId, ['onHand', 'reserved', 'available'])
  const cleanUp = () => asSystem(shop.db, shop.company.id, 'test', expireReservations)

  it('1: at 10:00:00 buyer 1 reserves 5', async () => {
    at('10:00:00')
    const answer = await reserve(shop.customerId, '5')
    expect(answer.status).toBe(201)
    reservation = answer.json
    order = await shop.act(`/stock-reservations/${reservation.id}/sales-orders`)
    expect(await counters()).toEqual(['5', '5', '0'])
  })

  it('2: at 10:29:59 buyer 2 is refused 1', async () => {
    at('10:29:59')
    const answer = await reserve(second, '1')
    expect(answer.status).toBe(409)
    expect(answer.json.detail).toContain('Only 0 of SEAT available')
  })

  it('3: at 10:30:00, without any clean-up, buyer 2 gets 3', async () => {
    at('10:30:00')
    expect(await counters()).toEqual(['5', '0', '5'])
    expect((await reserve(second, '3')).status).toBe(201)
    expect(await counters()).toEqual(['5', '3', '2'])
  })

  it('4: at 10:31 buyer 1 is refused 5, with 2 available, and nothing is oversold', async () => {
    at('10:31:00')
    for (const path of [
      `/sales-orders/${order.id}/confirm`,
      `/stock-reservations/${reservation.id}/extend`,
      `/stock-reservations/${reservation.id}/sales-orders`,
    ]) {
      const refused = await shop.refused(path)
      expect(refused.status).toBe(409)
      expect(refused.detail).toMatch(/Only 2 of SEAT available|2 of SEAT/)
    }
    expect(await counters()).toEqual(['5', '3', '2'])
  })

  it('5: the clean-up, run twice, changes nothing', async () => {
    at('10:32:00')
    await cleanUp()
    await cleanUp()
    expect(await counters()).toEqual(['5', '3', '2'])
    expect(await shop.api('GET', `/stock-reservations/${reservation.id}`)).toMatchObject({ state: 'expired' })
  })

  it('6: another day, made at 10:00 and refreshed at 10:20, it ends at 10:50', async () => {
    at('10:00:00', '03')
    const made = (await reserve(second, '5')).json
    expect(made).toMatchObject({ reserveUntil: '2026-11-03T09:30:00.000Z' })
    at('10:20:00', '03')
    const refreshed = await shop.act(`/stock-reservations/${made.id}/extend`)
    expect(refreshed).toMatchObject({ reserveUntil: '2026-11-03T09:50:00.000Z', state: 'active' })
    at('10:49:59', '03')
    expect(await counters()).toEqual(['5', '5', '0'])
    at('10:50:00', '03')
    expect(await counters()).toEqual(['5', '0', '5'])
  })

  itAddsUp(() => shop)
})
