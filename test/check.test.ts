import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Difference, checkCompany } from '../src/check.ts'
import { inTransaction } from '../src/kernel/transaction.ts'
import { makeBusy } from './support/busy-company.ts'
import { type Trade, openTrade } from './support/trade.ts'

let trade: Trade
beforeAll(async () => {
  trade = await openTrade()
  await makeBusy(trade)
}, 120_000)
afterAll(() => trade.close())

const check = (companyId = trade.company.id): Promise<Difference[]> =>
  inTransaction(trade.db, { companyId }, (tx) => checkCompany(tx, companyId), { readOnly: true })

interface Corruption {
  /** What the check must say. */
  readonly what: string
  readonly table: string
  readonly column: string
  /** Of the row that is corrupted; the constraints of its table allow the wrong value. */
  readonly where: string
  /** Left out: one more. */
  readonly to?: string
}

/** A document that is worth less than the one whose row is changed. */
const smaller = `select i.id from invoices i where i.company_id = invoices.company_id and i.net < invoices.net and i.tax < invoices.tax limit 1`

const corruptions: Corruption[] = [
  { what: 'stock level on hand', table: 'stock_levels', column: 'on_hand', where: 'on_hand > 0' },
  { what: 'stock level quarantined', table: 'stock_levels', column: 'quarantined', where: 'on_hand > 0' },
  { what: 'stock level value', table: 'stock_levels', column: 'value', where: 'on_hand > 0' },
  { what: 'stock level last entry', table: 'stock_levels', column: 'last_seq', where: 'on_hand > 0' },
  { what: 'stock ledger entries', table: 'stock_levels', column: 'last_seq', where: 'on_hand > 0' },
  { what: 'stock level reserved', table: 'stock_levels', column: 'reserved', where: 'reserved < on_hand' },
  { what: 'stock level outgoing', table: 'stock_levels', column: 'outgoing', where: 'outgoing > 0' },
  { what: 'stock level incoming', table: 'stock_levels', column: 'incoming', where: 'incoming > 0' },
  { what: 'stock balance', table: 'stock_balances', column: 'quantity', where: 'not serial' },
  {
    what: 'stock layers quantity',
    table: 'stock_layers',
    column: 'quantity_left',
    where: 'quantity_left > 0',
  },
  { what: 'stock layers value', table: 'stock_layers', column: 'value_left', where: 'quantity_left > 0' },
  {
    what: 'stock correction warehouse',
    table: 'stock_value_corrections',
    column: 'direction',
    where: 'true',
    to: `case direction when 'in' then 'out' else 'in' end`,
  },
  { what: 'lot received', table: 'lots', column: 'received', where: 'not serial' },
  { what: 'lots held', table: 'stock_lot_holds', column: 'quantity', where: 'true' },
  { what: 'wanted from stock', table: 'stock_demands', column: 'wanted', where: `type = 'order'` },
  {
    what: 'reserved from stock',
    table: 'stock_demands',
    column: 'wanted',
    where: `type = 'reservation' and expires_at > now()`,
  },
  {
    what: 'order line shipped',
    table: 'order_lines',
    column: 'shipped',
    where: 'shipped > 0 and shipped - returned_replace < base_quantity',
  },
  { what: 'order line rejected', table: 'order_lines', column: 'rejected', where: 'rejected < shipped' },
  {
    what: 'order line returned',
    table: 'order_lines',
    column: 'returned',
    where: 'returned + returned_replace < shipped',
  },
  {
    what: 'order line returned to be replaced',
    table: 'order_lines',
    column: 'returned_replace',
    where: 'returned + returned_replace < shipped',
  },
  {
    what: 'order line invoiced',
    table: 'order_lines',
    column: 'invoiced',
    where: 'invoiced > 0 and invoiced < base_quantity',
  },
  { what: 'order line credited', table: 'order_lines', column: 'credited', where: 'credited < invoiced' },
  {
    what: 'order line invoiced amount',
    table: 'order_lines',
    column: 'invoiced_amount',
    where: 'invoiced > 0',
  },
  {
    what: 'order fulfilment',
    table: 'orders',
    column: 'fulfilment',
    to: `'none'`,
    where: `fulfilment = 'partial'`,
  },
  {
    what: 'order invoicing',
    table: 'orders',
    column: 'invoicing',
    to: `'none'`,
    where: `invoicing = 'partial'`,
  },
  {
    what: 'order returned',
    table: 'orders',
    column: 'returned',
    to: `'full'`,
    where: `returned = 'partial'`,
  },
  {
    what: 'shipment line returned',
    table: 'shipment_lines',
    column: 'returned',
    where: 'returned < base_quantity',
  },
  {
    what: 'shipment line received',
    table: 'shipment_lines',
    column: 'received',
    where: 'received > 0 and received < base_quantity',
  },
  {
    what: 'shipment line moved',
    table: 'shipment_lines',
    column: 'base_quantity',
    where: 'base_quantity > 0 and counted_quantity is null',
  },
  {
    what: 'shipment line invoiced',
    table: 'shipment_lines',
    column: 'invoiced',
    where: `shipment_id in (select id from shipments where kind = 'delivery-note' and state = 'posted')`,
  },
  {
    what: 'receipts billed',
    table: 'shipment_lines',
    column: 'invoiced',
    where: 'invoiced > 0 and rejected_base_quantity = 0',
  },
  {
    what: 'invoice settled',
    table: 'invoices',
    column: 'settled',
    where: 'settled > 0 and settled + 1 < gross',
  },
  { what: 'invoice credited', table: 'invoices', column: 'credited', where: 'credited > 0' },
  { what: 'invoice refunded', table: 'invoices', column: 'refunded', where: 'refunded > 0' },
  { what: 'invoice gross in company currency', table: 'invoices', column: 'base_gross', where: 'true' },
  {
    what: 'invoice line credited',
    table: 'invoice_lines',
    column: 'credited',
    where: 'credited > 0 and credited < base_quantity',
  },
  {
    what: 'invoice line credited amount',
    table: 'invoice_lines',
    column: 'credited_amount',
    where: 'credited_amount > 0 and credited_amount + 1 < amount',
  },
  {
    what: 'invoice line credited tax',
    table: 'invoice_lines',
    column: 'credited_tax',
    where: 'credited > 0',
  },
  {
    what: 'invoice line deducted',
    table: 'invoice_lines',
    column: 'deducted_amount',
    to: 'deducted_amount - 1',
    where: 'deducted_amount > 0',
  },
  { what: 'invoice line amount', table: 'invoice_lines', column: 'net', where: 'amount > 0' },
  { what: 'invoice net', table: 'invoice_lines', column: 'net', where: 'amount > 0' },
  { what: 'invoice gross', table: 'invoice_lines', column: 'net', where: 'amount > 0' },
  { what: 'invoice tax', table: 'invoice_lines', column: 'tax', where: 'tax > 0' },
  { what: 'invoice taxes', table: 'invoices', column: 'taxes', to: `'[]'`, where: 'tax > 0' },
  {
    what: 'net that credits take',
    table: 'invoices',
    column: 'corrects_id',
    to: `(${smaller})`,
    where: `state = 'posted' and corrects_id is not null and exists (${smaller})`,
  },
  {
    what: 'tax that credits take',
    table: 'invoices',
    column: 'corrects_id',
    to: `(${smaller})`,
    where: `state = 'posted' and corrects_id is not null and exists (${smaller})`,
  },
  {
    what: 'gross that credits take',
    table: 'invoices',
    column: 'corrects_id',
    to: `(${smaller})`,
    where: `state = 'posted' and corrects_id is not null and exists (${smaller})`,
  },
  { what: 'order net', table: 'order_lines', column: 'net', where: 'net > 0' },
  { what: 'order tax', table: 'order_lines', column: 'tax', where: 'tax > 0' },
  { what: 'payment settled', table: 'payments', column: 'settled', to: 'settled - 1', where: 'settled > 1' },
  {
    what: 'number series',
    table: 'invoices',
    column: 'number',
    to: `'INV-X'`,
    where: `kind = 'invoice' and number like '%0002'`,
  },
  {
    what: 'number series',
    table: 'number_counters',
    column: 'next_number',
    to: 'next_number - 1',
    where: `kind = 'credit-note'`,
  },
]

describe('the check of a company', () => {
  it('finds nothing where everything is as it was written', async () => {
    expect(await check()).toEqual([])
    expect(await check((await trade.newCompany()).company.id)).toEqual([])
  })

  it.each(corruptions)(
    'finds a wrong $what in $table.$column',
    async ({ what, table, column, where, to }) => {
      const db = trade.ownerDb
      const found = await db.query<{ place: string; was: string }>(
        `select ctid::text as place, ${column}::text as was from ${table}
       where company_id = $1 and ${where} order by ctid limit 1`,
        [trade.company.id],
      )
      const row = found.rows[0]
      if (!row) throw new Error(`the busy company has no row of ${table} where ${where}`)
      const changed = await db.query<{ place: string }>(
        `update ${table} set ${column} = ${to ?? `${column} + 1`} where ctid = $1::tid returning ctid::text as place`,
        [row.place],
      )
      const differences = await check()
      await db.query(`update ${table} set ${column} = $2 where ctid = $1::tid`, [
        changed.rows[0]!.place,
        row.was,
      ])
      expect(differences.map((difference) => difference.what)).toContain(what)
      const difference = differences.find((candidate) => candidate.what === what)!
      expect(difference.key).not.toBe('')
      expect(difference.stored).not.toBe(difference.computed)
      expect(await check()).toEqual([])
    },
  )

  it('corrupts every figure that it checks', async () => {
    const { readFile } = await import('node:fs/promises')
    const files = ['stock', 'documents', 'money'].map((name) =>
      readFile(new URL(`../src/check/${name}.ts`, import.meta.url), 'utf8'),
    )
    const checked = (await Promise.all(files)).flatMap((text) =>
      [...text.matchAll(/what: '([^']+)'/g)].map((match) => match[1]!),
    )
    expect(checked.length).toBeGreaterThan(30)
    expect([...new Set(corruptions.map(({ what }) => what))].toSorted()).toEqual(
      [...new Set(checked)].toSorted(),
    )
  })

  it('finds rows that are missing altogether', async () => {
    await trade.ownerDb.query(
      `delete from stock_balances where ctid in (select ctid from stock_balances where company_id = $1 and quantity > 0 limit 1)`,
      [trade.company.id],
    )
    expect(await check()).toMatchObject([{ what: 'stock balance', stored: '0' }])
  })
})
