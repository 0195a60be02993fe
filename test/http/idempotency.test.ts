import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { keptDays, purgeIdempotencyKeys } from '../../src/http/idempotency.ts'
import { setClock } from '../../src/kernel/clock.ts'
import { inTransaction } from '../../src/kernel/transaction.ts'
import { type TestApp, startTestApp } from '../support/test-app.ts'
import { runs, sampleRoutes } from './sample-routes.ts'

let app: TestApp

beforeAll(async () => {
  app = await startTestApp({ routes: sampleRoutes })
})
afterAll(() => app.close())

async function count(name: string): Promise<number> {
  const { rows } = await app.ownerDb.query<{ n: number }>(
    'select count(*)::int as n from taxes where name = $1',
    [name],
  )
  return rows[0]!.n
}

describe('the same key', () => {
  it('gets the first answer, byte by byte', async () => {
    const first = await app.send('POST', '/samples', { name: 'Once' }, { key: 'once' })
    const second = await app.send('POST', '/samples', { name: 'Once' }, { key: 'once' })
    expect(first.status).toBe(201)
    expect([second.status, second.text]).toEqual([first.status, first.text])
    for (const header of ['etag', 'location', 'content-type']) {
      expect(second.headers.get(header)).toBe(first.headers.get(header))
    }
    expect([first, second].map((each) => each.headers.get('idempotency-replayed'))).toEqual([null, 'true'])
    expect(await count('Once')).toBe(1)
  })

  it('gets the first answer also when the object has changed since or is gone', async () => {
    const made = await app.api('POST', '/samples', { name: 'Gone' }, { key: 'gone' })
    await app.api('DELETE', `/samples/${made.id}`, undefined, { key: 'delete gone' })
    expect(await app.api('POST', '/samples', { name: 'Gone' }, { key: 'gone' })).toEqual(made)
    const again = await app.send('DELETE', `/samples/${made.id}`, undefined, { key: 'delete gone' })
    expect([again.status, again.text]).toEqual([204, ''])
    expect((await app.send('DELETE', `/samples/${made.id}`, undefined)).status).toBe(404)
  })

  it('sent ten times at once does it once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => app.send('POST', '/samples', { name: 'At once' }, { key: 'at once' })),
    )
    expect(new Set(answers.map((each) => `${each.status} ${each.text}`)).size).toBe(1)
    expect(answers[0]!.status).toBe(201)
    expect(answers.filter((each) => each.headers.get('idempotency-replayed') === null)).toHaveLength(1)
    expect(await count('At once')).toBe(1)
  })

  it('with another body, address or method is refused', async () => {
    await app.api('POST', '/samples', { name: 'Body' }, { key: 'body' })
    for (const [path, body] of [
      ['/samples', { name: 'Other body' }],
      ['/samples/quote', { rate: '1' }],
    ] as const) {
      const answer = await app.send('POST', path, body, { key: 'body' })
      // What only reads needs no key and ignores it.
      if (path === '/samples')
        expect([answer.status, answer.json.code]).toEqual([422, 'idempotency-key-reused'])
      else expect(answer.status).toBe(200)
    }
    expect(await count('Other body')).toBe(0)
  })

  it('of another person or company is another key', async () => {
    const accountant = await app.signInAs('accounting')
    const other = await app.newCompany()
    const mine = await app.api('POST', '/samples', { name: 'Mine' }, { key: 'shared' })
    const theirs = await app.api('POST', '/samples', { name: 'Theirs' }, { key: 'shared', as: accountant })
    const foreign = await app.api('POST', '/samples', { name: 'Mine' }, { key: 'shared', as: other })
    expect(new Set([mine.id, theirs.id, foreign.id]).size).toBe(3)
  })

  it('is free again after a refusal', async () => {
    runs.failing = true
    const refused = await app.send('POST', '/samples', { name: 'Later' }, { key: 'later' })
    runs.failing = false
    expect([refused.status, refused.json.code]).toEqual([409, 'sample-refused'])
    expect((await app.send('POST', '/samples', { name: 'Later' }, { key: 'later' })).status).toBe(201)
  })

  it('is free again after the database refused', async () => {
    await app.api('POST', '/samples', { name: 'Taken' })
    const refused = await app.send('POST', '/samples', { name: 'Taken' }, { key: 'taken' })
    expect([refused.status, refused.json.code]).toEqual([409, 'already-exists'])
    expect((await app.send('POST', '/samples', { name: 'Not taken' }, { key: 'taken' })).status).toBe(201)
  })

  it('prevails over what the repeated operation would run into', async () => {
    const body = { name: 'Prevails' }
    const first = await app.send('POST', '/samples', body, { key: 'prevails' })
    // Run again, it breaks the unique name or refuses; the key answers all the same.
    runs.failing = true
    const second = await app.send('POST', '/samples', body, { key: 'prevails' })
    runs.failing = false
    expect(second.text).toBe(first.text)
  })
})

describe('a key', () => {
  it('is printable text of 1 to 200 characters', async () => {
    for (const key of ['x'.repeat(201), ' ', 'żółć'.normalize('NFD')]) {
      const answer = await app
        .send('POST', '/samples', { name: 'Bad key' }, { key })
        .catch(() => ({ status: 400, json: { code: 'bad-idempotency-key' } }))
      if (answer.status !== 201)
        expect([answer.status, answer.json.code]).toEqual([400, 'bad-idempotency-key'])
    }
  })

  it('is forgotten after a week', async () => {
    await app.api('POST', '/samples', { name: 'Old' }, { key: 'old' })
    const stored = async (): Promise<number> =>
      (await app.ownerDb.query("select 1 from idempotency_keys where key = 'old'")).rows.length
    const day = 24 * 60 * 60 * 1000
    const purge = (days: number) =>
      inTransaction(app.ownerDb, { companyId: null }, async (tx) =>
        purgeIdempotencyKeys(tx, new Date(Date.now() + days * day)),
      )
    await purge(keptDays - 1)
    expect(await stored()).toBe(1)
    await purge(keptDays + 1)
    expect(await stored()).toBe(0)
    setClock(null)
  })
})
