import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestDatabase, copyDatabase } from './support/databases.ts'

/**
 * Companies share nothing: what keeps a row apart, and what one row says of another, begins with the company.
 * So that companies can be spread over servers (Citus), and so that no key of one leads to another's row.
 */

let database: TestDatabase
beforeAll(async () => {
  database = await copyDatabase()
})
afterAll(() => database.drop())

/** Of the installation: people and sign-in, and what every process must find before it knows a company. */
const ofInstallation = ['public.installation', 'public.migrations']

interface Constraint {
  readonly table: string
  readonly name: string
  readonly type: 'p' | 'u' | 'f'
  readonly first: string
  readonly refers: string | null
}

async function constraints(): Promise<Constraint[]> {
  const { rows } = await database.ownerDb.query<Constraint>(
    `select concat(n.nspname, '.', c.relname) as table, i.relname as name,
            case when x.indisprimary then 'p' else 'u' end as type, a.attname as first, null as refers
       from pg_index x join pg_class c on c.oid = x.indrelid join pg_class i on i.oid = x.indexrelid
       join pg_namespace n on n.oid = c.relnamespace
       left join pg_attribute a on a.attrelid = c.oid and a.attnum = x.indkey[0]
      where n.nspname = 'public' and c.relkind in ('r', 'p') and x.indisunique
     union all
     select concat(n.nspname, '.', c.relname), k.conname, 'f', a.attname, concat(m.nspname, '.', r.relname)
       from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
       join pg_class r on r.oid = k.confrelid join pg_namespace m on m.oid = r.relnamespace
       join pg_attribute a on a.attrelid = c.oid and a.attnum = k.conkey[1]
      where n.nspname = 'public' and k.contype = 'f'
     order by 1, 2`,
  )
  return rows.filter(({ table }) => !ofInstallation.includes(table))
}

describe('every table of a company', () => {
  it('has a primary key, unique keys and foreign keys that begin with the company', async () => {
    const all = await constraints()
    expect(all.length).toBeGreaterThan(80)
    const strange = all
      .filter(({ first }) => first !== 'company_id')
      .map(({ table, name }) => `${table} ${name}`)
    // Documented in docs/operations.md, where companies are spread over servers.
    expect(strange).toEqual([
      'public.companies companies_slug_key',
      'public.memberships memberships_user_id_fkey',
    ])
    // Its key holds columns that may be null, so it is a unique index that takes nulls for equal.
    const keyless = ['public.stock_balances']
    const tables = new Set(all.map(({ table }) => table).filter((table) => !keyless.includes(table)))
    for (const table of tables)
      expect([table, all.filter((each) => each.table === table && each.type === 'p').length]).toEqual([
        table,
        1,
      ])
  })

  it('hides the rows of other companies, and is known here', async () => {
    const { rows } = await database.ownerDb.query<{ name: string; secured: boolean; company: boolean }>(
      `select concat(n.nspname, '.', c.relname) as name, c.relrowsecurity as secured,
              exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'company_id') as company
         from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = 'public' and c.relkind in ('r', 'p') order by 1`,
    )
    expect(rows.filter((row) => !row.company).map((row) => row.name)).toEqual(ofInstallation)
    expect(rows.filter((row) => row.company && !row.secured)).toEqual([])
  })
})
