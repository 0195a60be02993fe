import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dynamic, sql } from '../../src/kernel/sql.ts'
import { inTransaction } from '../../src/kernel/transaction.ts'
import { newId } from '../../src/kernel/ids.ts'
import { takeNumber } from '../../src/journal/numbering.ts'
import { type Installation, owner, startInstallation } from './installation.ts'

let app: Installation
let cookie: string
let companyId: string
beforeAll(async () => {
  app = await startInstallation()
  cookie = await app.signIn(owner.email, owner.password)
  companyId = (await app.call('GET', '/company', { cookie })).json.id
})
afterAll(() => app.close())

const change = (kind: string, body: object, headers = {}) =>
  app.call('PATCH', `/number-series/${kind}`, { cookie, body, headers })

const today = new Date().toISOString().slice(0, 10)
const take = (kind: string) =>
  inTransaction(app.db, { companyId }, (tx) =>
    tx.one(
      dynamic({ number: 'text?' }, sql`select ${takeNumber(companyId, kind, today)} as number`),
      undefined,
    ),
  )

describe('number series', () => {
  it('start with INV-0101 when told so (S33)', async () => {
    const changed = await change('invoice', { pattern: 'INV-{####}', nextNumber: 101 }, { 'if-match': '"1"' })
    expect(changed.status, changed.text).toBe(200)
    expect(changed.json).toEqual({
      kind: 'invoice',
      pattern: 'INV-{####}',
      nextNumber: 101,
      next: 'INV-0101',
      version: 2,
    })
    expect((await take('invoice')).number).toBe('INV-0101')
    expect((await app.call('GET', '/number-series/invoice', { cookie })).json).toMatchObject({
      next: 'INV-0102',
    })
    expect((await change('invoice', { nextNumber: 5 }, { 'if-match': '"1"' })).status).toBe(412)
  })

  it('do not go back to a number that a document has', async () => {
    const partyId = newId()
    await app.ownerDb.query(
      `insert into parties (company_id, id, name, customer, search, created_at) values ($1, $2, 'C', true, 'c', now())`,
      [companyId, partyId],
    )
    await app.ownerDb.query(
      `insert into payments (company_id, id, number, state, direction, side, party_id, party, amount, currency, exchange_rate,
         base_amount, date, method, created_at, created_by)
       select $1, gen_random_uuid(), number, 'posted', 'in', 'customer', $2, '{}', 1, 'USD', 1, 1, current_date, 'cash', now(), 'x'
       from unnest(array['PAY.0007', 'PAY.0120', 'PAY.x', 'OTHER-0999']) number`,
      [companyId, partyId],
    )
    // A pattern that documents were imported with goes on behind them.
    expect((await change('payment', { pattern: 'PAY.{####}' })).json).toMatchObject({ next: 'PAY.0121' })
    const low = await change('payment', { nextNumber: 120 })
    expect([low.status, low.json.code, low.json.lowest]).toEqual([422, 'number-too-low', 121])
    expect(low.json.detail).toContain('PAY.0120 is in use')
    expect((await change('payment', { nextNumber: 500 })).json.next).toBe('PAY.0500')
    expect((await change('payment', { nextNumber: 121 })).json.next).toBe('PAY.0121')
  })

  it('refuse patterns that cannot number', async () => {
    for (const pattern of ['INV', 'INV-{DD}-{##}', '{##}-{##}', 'A#{##}', 'INV-{####', '{YYYY}']) {
      const answer = await change('bill', { pattern })
      expect([pattern, answer.status, answer.json.code]).toEqual([pattern, 422, 'bad-pattern'])
    }
    expect((await change('no-such-kind', { nextNumber: 2 })).status).toBe(404)
  })

  it('are changed while documents are numbered, without a repeat', async () => {
    const [, ...numbers] = await Promise.all([
      change('bill', { pattern: 'B-{###}', nextNumber: 50 }),
      ...Array.from({ length: 12 }, () => take('bill')),
    ])
    const given = numbers.map((each) => each.number)
    expect(new Set(given).size).toBe(12)
  })

  it('stand in the audit trail', async () => {
    const trail = await app.call('GET', '/audit?objectKind=number-series', { cookie })
    expect(trail.json.items.at(-1)).toMatchObject({
      type: 'number-series.changed',
      before: { kind: 'invoice', pattern: 'INV-{YYYY}-{####}' },
      after: { kind: 'invoice', pattern: 'INV-{####}', nextNumber: 101 },
    })
  })
})
