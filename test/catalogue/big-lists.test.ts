import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listProducts } from '../../src/catalogue/products/list-products.ts'
import { dynamic, sql, type Sql } from '../../src/kernel/sql.ts'
import { inTransaction } from '../../src/kernel/transaction.ts'
import { type CatalogueApp, startCatalogue } from './start.ts'

/** More than the search ranks, and more than a count counts. */
const many = 12_000

let app: CatalogueApp
let companyId: string
beforeAll(async () => {
  app = await startCatalogue()
  companyId = app.company.id
  await app.ownerDb.query(
    `insert into products (company_id, id, sku, name, type, unit, search, created_at)
     select $1, gen_random_uuid(), 'S-' || i, name, 'stocked', 'pcs', search, now()
     from generate_series(1, $2) i,
       lateral (select case when i % 400 = 0 then 'Thíng ' else 'Thing ' end || md5(i::text) as name) named,
       lateral (select case when i % 400 = 0 then 'thing ' || md5(i::text) || ' s-' || i || E'\n' else '' end
         || lower(name) || ' s-' || i as search) searched`,
    [companyId, many],
  )
  await app.ownerDb.query('analyze products')
})
afterAll(() => app.close())

type Query = Parameters<typeof listProducts>[2]

/** How the database answers a list, row-level security and all. */
function planOf(query: Query): Promise<string> {
  return inTransaction(app.db, { companyId }, async (tx) => {
    const sent: Sql[] = []
    const all = tx.all.bind(tx)
    tx.all = (statement, params) => {
      sent.push(statement.build(params))
      return all(statement, params)
    }
    await listProducts(tx, companyId, query)
    const lines = await all(dynamic({ line: 'text' }, sql`explain ${sent.at(-1)!}`), undefined)
    return lines.map((row) => row.line).join('\n')
  })
}

describe('a list of many products', () => {
  it.each([
    [{}, 'products_by_name'],
    [{ sort: '-name' }, 'products_by_name'],
    [{ sort: 'sku' }, 'products_sku'],
    [{ sort: 'id' }, 'products_pkey'],
    // so many hits that walking along the ids finds a page soonest
    [{ q: 'thing' }, 'products_pkey'],
    // so few that they are fetched by id
    [{ q: 's-11999' }, 'products_pkey'],
    [{ sku: 'S-77' }, 'products_sku'],
    [{ barcode: '590' }, 'products_barcode'],
  ])('with %j is read along %s', async (query, index) => {
    const first = await planOf(query)
    expect(first).toContain(index)
    expect(first).not.toContain('Seq Scan on products')
    const { nextCursor } = await inTransaction(app.db, { companyId }, (tx) =>
      listProducts(tx, companyId, query),
    )
    if (nextCursor === null) return
    // A later page starts at its place instead of reading up to it.
    const second = await planOf({ ...query, cursor: nextCursor })
    expect(second).toContain(index)
    expect(second).toMatch(/Index Cond: .*(ROW\(|id [<>]|sku >=)/)
  })

  it('still shows the exact spelling first', async () => {
    const { items } = await app.api('GET', '/products?q=th%C3%ADng&limit=31')
    expect(items.map((item) => item.name.startsWith('Thíng'))).toEqual([...Array(30).fill(true), false])
  })

  it('finds words of one and two letters', async () => {
    const { items } = await app.api('GET', '/products?q=t+s-&limit=5')
    expect(items).toHaveLength(5)
  })

  it('is counted up to the limit', async () => {
    expect(await app.api('GET', '/products/count?q=thing')).toEqual({ count: 10_000, capped: true })
    expect(await app.api('GET', '/products/count?q=s-1199')).toEqual({ count: 11, capped: false })
  })

  it('is searched in the own company only', async () => {
    const other = await app.newCompany()
    expect(await app.api('GET', '/products/count?q=thing', undefined, { as: other })).toEqual({
      count: 0,
      capped: false,
    })
    const spied = inTransaction(app.db, { companyId: other.company.id }, (tx) =>
      tx.one(
        dynamic(
          { ids: 'uuid[]' },
          sql`select search_ids('products', ${companyId}::uuid, array['%thing%'], 5) as ids`,
        ),
        undefined,
      ),
    )
    expect(await spied).toEqual({ ids: [] })
  })
})
