import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { charge, invoiceOf } from '../support/figures.ts'
import { type Trade, openTrade } from '../support/trade.ts'

/** What somebody may try who got SQL of his own into a connection of the server: posted money stays as it is. */

const counters: Record<string, readonly string[]> = {
  invoices: ['settled', 'credited', 'refunded', 'version'],
  invoice_lines: ['credited', 'credited_amount', 'credited_tax', 'deducted_amount'],
  payments: ['settled', 'version'],
}
const tables = Object.keys(counters)
const refused = '42501'

let trade: Trade
let company: string
let invoiceId: string
let draftId: string
beforeAll(async () => {
  trade = await openTrade()
  const invoice = await charge(trade, [{ unitPrice: '100.00' }])
  invoiceId = invoice.id
  await trade.pay(invoice, { amount: '40.00' })
  draftId = (await trade.api('POST', '/invoices', invoiceOf(trade, [{ unitPrice: '5.00' }]))).id
  company = (await trade.ownerDb.query<{ id: string }>('select company_id as id from invoices')).rows[0]!.id
})
afterAll(() => trade.close())

const posted = (table: string): string =>
  table === 'invoice_lines'
    ? `invoice_id in (select id from invoices where state = 'posted')`
    : `state = 'posted'`

/** As the server works: how many rows a statement hits, or the code by which it is refused. Nothing is kept. */
async function tried(statement: string): Promise<number | string | null> {
  const client = await trade.db.connect()
  try {
    await client.query('begin')
    await client.query(`select set_config('zapas.company', $1, true)`, [company])
    return (await client.query(statement)).rowCount
  } catch (error) {
    return (error as { code: string }).code
  } finally {
    await client.query('rollback')
    client.release()
  }
}

describe.each(tables)('of %s that are posted', (table) => {
  it('no row is deleted', async () => {
    expect(await tried(`delete from ${table} where ${posted(table)}`)).toBe(refused)
  })

  it('only the counters can be written', async () => {
    const { rows } = await trade.ownerDb.query<{ name: string }>(
      'select attname as name from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped',
      [table],
    )
    const open: string[] = []
    for (const { name } of rows) {
      const value = name === 'state' ? `'draft'` : name
      const answer = await tried(`update ${table} set ${name} = ${value} where ${posted(table)}`)
      if (answer === 1) open.push(name)
      else expect([name, answer]).toEqual([name, refused])
    }
    expect(open.toSorted()).toEqual(counters[table]!.toSorted())
  })

  it('the owner of the tables can, so that a demo company can be deleted', async () => {
    const client = await trade.ownerDb.connect()
    await client.query('begin')
    await client.query(`update ${table} set id = id where ${posted(table)}`)
    await client.query('rollback')
    client.release()
  })
})

it('no line is added to a posted invoice or moved there, whichever company is named by then', async () => {
  const { rows } = await trade.ownerDb.query<{ name: string }>(
    `select attname as name from pg_attribute where attrelid = 'invoice_lines'::regclass and attnum > 0 and not attisdropped and attname <> 'id'`,
  )
  const columns = rows.map((row) => row.name).join(', ')
  expect(
    await tried(
      `insert into invoice_lines (id, ${columns}) select gen_random_uuid(), ${columns} from invoice_lines where ${posted('invoice_lines')}`,
    ),
  ).toBe(refused)
  expect(
    await tried(
      `update invoice_lines set invoice_id = (select id from invoices where state = 'posted') where invoice_id = '${draftId}'`,
    ),
  ).toBe(refused)
  const elsewhere = `set_config('zapas.company', gen_random_uuid()::text, true) is not null`
  expect(await tried(`delete from invoice_lines where invoice_id = '${invoiceId}' and ${elsewhere}`)).toBe(
    refused,
  )
})

it('a draft is changed and deleted as before, a payment that was posted cancelled', async () => {
  expect(await tried(`update invoice_lines set net = 1 where invoice_id = '${draftId}'`)).toBe(1)
  expect(await tried(`delete from invoice_lines where invoice_id = '${draftId}'`)).toBe(1)
  expect(await tried(`delete from invoices where id = '${draftId}'`)).toBe(1)
  expect(await tried(`update payments set state = 'cancelled' where state = 'posted'`)).toBe(1)
})
