import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDatabase } from '../../src/database/index.ts'
import { json, sql, statement } from '../../src/kernel/sql.ts'
import { type Database, type Transaction, inTransaction, readBack } from '../../src/kernel/transaction.ts'
import { type TestDatabase, copyDatabase } from '../support/databases.ts'

const divide = statement(
  'burst_test_divide',
  { result: 'numeric?' },
  (p: { by: string }) => sql`select 10 / ${p.by}::numeric as result`,
)
const before = statement('burst_test_before', { n: 'int?' }, () => sql`select 1 as n`)
const after = statement('burst_test_after', { n: 'int?' }, () => sql`select 2 as n`)
const everything = statement(
  'burst_test_types',
  {
    yes: 'bool?',
    whole: 'int?',
    big: 'bigint?',
    exact: 'numeric?',
    day: 'date?',
    moment: 'timestamptz?',
    words: 'text[]?',
    tree: json<{ a: number[] }>(),
    nothing: 'numeric?',
  },
  () => sql`select true as yes, 7 as whole, 9007199254740991::bigint as big, 0.10::numeric as exact,
    '2026-02-03'::date as day, '2026-02-03T04:05:06.789Z'::timestamptz as moment,
    array['a,b', 'c"d', null] as words, '{"a": [1, 2]}'::jsonb as tree, null::numeric as nothing`,
)

/** Statements that travel together: one connection, so that what one transaction leaves behind the next one meets. */
describe('a burst of statements', () => {
  let database: TestDatabase
  let db: Database
  beforeAll(async () => {
    database = await copyDatabase()
    db = openDatabase(database.ownerUrl, { max: 1 })
  })
  afterAll(async () => {
    await db.end()
    await database.drop()
  })

  const run = (by: string) =>
    inTransaction(db, { companyId: null }, async (tx) => {
      const [first, result, last] = await Promise.all([
        tx.one(before, {}),
        tx.one(divide, { by }),
        tx.one(after, {}),
      ])
      return [first.n, result.result?.toFixed(), last.n]
    })

  it('is answered in order, in one round trip', async () => {
    let trips = 0
    const answer = await inTransaction(db, { companyId: null }, (tx) => tx.all(everything, {}), {
      onRoundTrips: (count) => (trips = count),
    })
    expect(trips).toBe(2) // the second commits
    expect(answer).toEqual([
      {
        yes: true,
        whole: 7,
        big: 9007199254740991,
        exact: expect.objectContaining({}),
        day: '2026-02-03',
        moment: new Date('2026-02-03T04:05:06.789Z'),
        words: ['a,b', 'c"d', null],
        tree: { a: [1, 2] },
        nothing: null,
      },
    ])
    expect(answer[0]!.exact!.toFixed()).toBe('0.1')
  })

  it('fails as a whole at the first statement that fails, and leaves the connection as it was', async () => {
    // The very first time: what stands behind the failure was not prepared.
    await expect(run('0')).rejects.toMatchObject({ code: '22012' })
    expect(await run('4')).toEqual([1, '2.5', 2])
    await expect(run('0')).rejects.toMatchObject({ code: '22012' })
    await expect(run('x')).rejects.toMatchObject({ code: '22P02' })
    expect(await run('5')).toEqual([1, '2', 2])
  })

  it('reports the failure of a write that nobody waits for, and keeps nothing', async () => {
    const put = statement(
      'burst_test_put',
      {},
      (p: { name: string }) => sql`insert into installation (name, value) values (${p.name}, 'x')`,
    )
    const count = statement(
      'burst_test_count',
      { n: 'int?' },
      () => sql`select count(*)::int as n from installation where name like 'burst %'`,
    )
    await inTransaction(db, { companyId: null }, async (tx) => tx.write(put, { name: 'burst 1' }))
    const twice = inTransaction(db, { companyId: null }, async (tx) => {
      tx.write(put, { name: 'burst 2' })
      tx.write(put, { name: 'burst 1' })
    })
    await expect(twice).rejects.toMatchObject({ code: '23505' })
    expect(await inTransaction(db, { companyId: null }, (tx) => tx.one(count, {}))).toEqual({ n: 1 })
  })

  it('sends nothing of what an operation wrote before it refused', async () => {
    const refused = inTransaction(db, { companyId: null }, async (tx) => {
      tx.write(divide, { by: '0' })
      throw new Error('refused')
    })
    await expect(refused).rejects.toThrow('refused')
    expect(await run('1')).toEqual([1, '10', 2])
  })

  it('refuses a value that cannot be sent, and goes on', async () => {
    const loop: { self?: object } = {}
    loop.self = loop
    await expect(run(loop as never)).rejects.toThrow(/circular/i)
    expect(await run('2')).toEqual([1, '5', 2])
  })

  it('refuses what is asked behind the commit, by whoever still holds the transaction', async () => {
    let held: Transaction | undefined
    const asksTwice = inTransaction(db, { companyId: null }, (tx) => {
      held = tx
      return Promise.resolve(
        readBack(async () => {
          await tx.one(before, {})
          return tx.one(after, {})
        }),
      )
    })
    await expect(asksTwice).rejects.toThrow('asked behind the commit: burst_test_after')
    // The only connection is another transaction's by now.
    await inTransaction(db, { companyId: null }, async (tx) => {
      await tx.one(before, {})
      await expect(held!.one(after, {})).rejects.toThrow('over')
    })
  })
})
