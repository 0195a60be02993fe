import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startWorker, sweepReservations } from '../../src/automation/index.ts'
import { setClock } from '../../src/kernel/clock.ts'
import { ownerPool } from '../../src/database/index.ts'
import type { Database } from '../../src/kernel/transaction.ts'
import { type Shop, openShop } from '../support/shop.ts'

describe('the worker', () => {
  let shop: Shop
  let owner: Database
  beforeAll(async () => {
    shop = await openShop({ company: { reservationMinutes: 30 } })
    owner = ownerPool(shop.ownerUrl, { max: 3 })
  })
  afterEach(() => setClock(null))
  afterAll(async () => {
    await owner.end()
    await shop.close()
  })

  /** A reservation that has ended while an order waits for its goods; answers what the order holds. */
  const endedReservation = async () => {
    setClock(new Date('2026-11-02T10:00:00Z'))
    const productId = await shop.product()
    await shop.stock(productId, '2')
    const lines = [{ productId, quantity: '2' }]
    await shop.act('/stock-reservations', { partyId: shop.customerId, lines })
    const order = await shop.order(lines, { backOrders: true })
    await shop.act(`/sales-orders/${order.id}/confirm`)
    setClock(new Date('2026-11-02T10:30:00Z'))
    return async () => (await shop.api('GET', `/sales-orders/${order.id}`)).lines[0]!['reserved']
  }

  it('sweeps the reservations of every company', async () => {
    await shop.newCompany()
    const held = await endedReservation()
    expect(await held()).toBe('0')
    await sweepReservations(shop.db)
    expect(await held()).toBe('2')
  })

  it('makes its tables, does the work it is given, and stops', async () => {
    const held = await endedReservation()
    const worker = await startWorker({ owner, db: shop.db })
    try {
      await shop.ownerDb.query(`select graphile_worker.add_job('sweep-reservations')`)
      for (let tries = 0; tries < 100 && (await held()) !== '2'; tries++) await pause(50)
      expect(await held()).toBe('2')
      const { rows } = await shop.ownerDb.query<{ identifier: string }>(
        'select identifier from graphile_worker._private_known_crontabs',
      )
      expect(rows.map((row) => row.identifier).toSorted()).toEqual([
        'clean-up',
        'imports',
        'look-for-rules',
        'make-recurring',
        'payment-reminders',
        'print-batches',
        'sweep-reservations',
      ])
    } finally {
      await worker.stop()
    }
  })

  it('works on and stops in order after its connections were cut', async () => {
    const said: string[] = []
    const worker = await startWorker({
      owner,
      db: shop.db,
      failed: (message) => said.push(message),
    })
    const cut = () =>
      shop.ownerDb.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and query ilike '%graphile%' and pid <> pg_backend_pid()`,
      )
    try {
      await cut()
      const held = await endedReservation()
      await shop.ownerDb.query(`select graphile_worker.add_job('sweep-reservations')`)
      // Where nothing listened at that moment, it is found by asking, half a minute later.
      for (let tries = 0; tries < 2000 && (await held()) !== '2'; tries++) await pause(50)
      expect({ held: await held(), said }).toMatchObject({ held: '2' })
    } finally {
      await Promise.all([cut(), worker.stop()])
    }
  }, 200_000)
})
