import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { explainedConstraints } from '../../src/http/constraints.ts'
import { databaseProblem } from '../../src/http/database-problems.ts'
import { newId } from '../../src/kernel/ids.ts'
import { type TestDatabase, copyDatabase } from '../support/databases.ts'
import { makeCompany } from '../support/companies.ts'

let database: TestDatabase
let company: string

beforeAll(async () => {
  database = await copyDatabase()
  company = (await makeCompany(database)).id
})
afterAll(() => database.drop())

/** What a statement that the database refuses is told to be. */
async function refused(text: string, values: unknown[] = []) {
  try {
    await database.ownerDb.query(text, values)
  } catch (error) {
    const known = databaseProblem(error)
    if (known === null) return null
    const { status, code, message, errors } = known.problem
    return { status, code, message, pointers: errors.map((each) => each.pointer) }
  }
  throw new Error('was not refused')
}

describe('constraints in words', () => {
  it('name constraints that exist', async () => {
    const { rows } = await database.ownerDb.query<{ name: string }>(
      `select conname as name from pg_constraint union select relname from pg_class where relkind = 'i'`,
    )
    const existing = new Set(rows.map((row) => row.name))
    expect(explainedConstraints().filter((name) => !existing.has(name))).toEqual([])
  })

  it('tell a missing reference from a row that is still used', async () => {
    const warehouse = newId()
    await database.ownerDb.query(
      `insert into warehouses (company_id, id, code, name, search, created_at) values ($1, $2, 'W', 'W', '', now())`,
      [company, warehouse],
    )
    const location = `insert into locations (company_id, id, warehouse_id, code, name, search, type, created_at)
      values ($1, $2, $3, 'L', 'L', '', 'stock', now())`
    await database.ownerDb.query(location, [company, newId(), warehouse])
    expect(await refused(location.replaceAll("'L'", "'M'"), [company, newId(), newId()])).toMatchObject({
      status: 422,
      code: 'unknown-reference',
      message: 'This warehouse does not exist or you may not see it.',
      pointers: ['/warehouseId'],
    })
    expect(await refused('delete from warehouses where id = $1', [warehouse])).toMatchObject({
      status: 409,
      code: 'in-use',
      message: expect.stringContaining('used by locations') as string,
    })
  })

  it('have general words for what nobody explained', async () => {
    const series = 'insert into number_series (company_id, kind, pattern) values ($1, $2, $3)'
    expect(await refused(series, [company, 'invoice', 'I-{####}'])).toMatchObject({
      status: 409,
      code: 'already-exists',
      message: 'There is one with the same kind already.',
    })
    expect(await refused(series, [company, 'other', 'no digits'])).toMatchObject({
      status: 422,
      code: 'rule-broken',
    })
    const counter =
      'insert into number_counters (company_id, kind, series, next_number) values ($1, $2, $3, 1)'
    expect(await refused(counter, [company, 'nothing', 'x'])).toMatchObject({
      status: 422,
      code: 'unknown-reference',
      message: 'This kind does not exist or you may not see it.',
      pointers: ['/kind'],
    })
  })
})

describe('other errors of the database', () => {
  it('are refusals, requests to try again, or faults of ours', async () => {
    expect(await refused('select $1::int', ['99999999999'])).toMatchObject({
      status: 422,
      code: 'value-out-of-range',
    })
    expect(await refused("select '2026-02-30'::date")).toMatchObject({ status: 422 })
    expect(
      await refused("select set_config('statement_timeout', '10ms', false); select pg_sleep(1)"),
    ).toMatchObject({
      status: 503,
      code: 'busy',
    })
    expect(await refused('select no_such_column from parties')).toBeNull()
  })

  it('include a server that is away', () => {
    const away = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1'), {
      code: 'ECONNREFUSED',
      syscall: 'connect',
    })
    expect(databaseProblem(away)?.problem).toMatchObject({ status: 503, code: 'database-unavailable' })
    expect(databaseProblem(new Error('Connection terminated unexpectedly'))?.problem.status).toBe(503)
    expect(
      databaseProblem(Object.assign(new Error('no file'), { code: 'ENOENT', syscall: 'open' })),
    ).toBeNull()
    expect(databaseProblem(new TypeError('x is not a function'))).toBeNull()
  })
})
