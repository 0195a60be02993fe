import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answered } from '../support/api.ts'
import { oneAndTwoProcesses } from '../support/server-processes.ts'
import { type Trade, fields, openTrade } from '../support/trade.ts'

describe.each(oneAndTwoProcesses)('S33 Fifty invoices at once, no gap, no double (%s)', (_, processes) => {
  let trade: Trade
  beforeAll(async () => {
    trade = await openTrade({ processes })
    await trade.api('PATCH', '/number-series/invoice', { pattern: 'INV-{####}', nextNumber: 101 })
  })
  afterAll(() => trade.close())

  const lines = [{ description: 'Work', quantity: '1', unitPrice: '1.00' }]
  const draft = () => trade.api('POST', '/invoices', { partyId: trade.customerId, lines })
  const post = ({ id }: Answered) => trade.act(`/invoices/${id}/post`)
  const numbers = (from: number, count: number) =>
    Array.from({ length: count }, (_, i) => `INV-${String(from + i).padStart(4, '0')}`)
  const numbersGiven = async () => {
    const { rows } = await trade.ownerDb.query<{ number: string }>(
      'select number from invoices where number is not null order by number',
    )
    return rows.map(({ number }) => number)
  }

  it('gives INV-0101 to INV-0150 to fifty that are posted at the same time, each once', async () => {
    const drafts = await Promise.all(Array.from({ length: 50 }, draft))
    expect(drafts.every(({ number }) => number === null)).toBe(true)
    const posted = await Promise.all(drafts.map(post))
    expect(posted).toHaveLength(50)
    expect(await numbersGiven()).toEqual(numbers(101, 50))
  }, 60_000)

  it('drafts have no number, and deleting one leaves no gap', async () => {
    const [d1, d2] = [await draft(), await draft()]
    expect((await post(d2)).number).toBe('INV-0151')
    await trade.api('DELETE', `/invoices/${d1.id}`, undefined, { expect: 204 })
    const d3 = await draft()
    expect(d3.number).toBeNull()
    expect((await post(d3)).number).toBe('INV-0152')
  })

  it('one that fails a check uses no number', async () => {
    const refused = await trade.refused('/invoices', { lines })
    expect(refused).toMatchObject({ status: 422, errors: [{ pointer: '/partyId' }] })
    const stale = await draft()
    await trade.refused(`/invoices/${stale.id}/post`, undefined, { ifMatch: stale.version + 1 })
    expect((await post(await draft())).number).toBe('INV-0153')
  })

  it('a number given by hand is refused: it exists', async () => {
    const refused = await trade.refused('/invoices', { partyId: trade.customerId, number: 'INV-0120', lines })
    expect(fields(refused, 'status', 'code')).toEqual([409, 'number-exists'])
    expect(refused.detail).toMatch(/INV-0120 exists/)
    // One that does not exist yet would leave a gap.
    await trade.refused('/invoices', { partyId: trade.customerId, number: 'INV-0999', lines })
  })

  it('posting that fails half-way among posting that succeeds leaves no gap either', async () => {
    const productId = await trade.product()
    await trade.stock(productId, '10')
    const order = await trade.sell([{ productId, quantity: '10' }])
    // Fifteen drafts for all of it: one of them is right when it is posted, the others come too late.
    const drafts = await Promise.all(
      Array.from({ length: 15 }, () => trade.follow('sales-orders', order, 'invoices')),
    )
    const good = await Promise.all(Array.from({ length: 5 }, draft))
    const answers = await Promise.all(
      [...drafts, ...good].map(({ id }) => trade.send('POST', `/invoices/${id}/post`)),
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(6)
    for (const { json } of answers.filter(({ status }) => status !== 200))
      expect(json.code).toBe('over-invoice')
    expect(await numbersGiven()).toEqual(numbers(101, 59))
  })

  it('the database itself refuses a number that exists', async () => {
    const twice = trade.ownerDb.query("update invoices set number = 'INV-0101' where number = 'INV-0102'")
    await expect(twice).rejects.toMatchObject({ code: '23505' })
    expect(await numbersGiven()).toEqual(numbers(101, 59))
  })
})
