import type { Client } from 'pg'
import type { Client as Api } from './client.ts'
import { type Goods, oneOf } from './goods.ts'
import { type Installation, asAdmin } from './installation.ts'

/** Of one group: an order with its delivery, invoice and payment (ten lines each), and a receipt of fifteen lines. */
export const documentsOfGroup = 5
export const movesOfGroup = 25
const templates = 200

/**
 * Fills the database with whole chains of documents: 200 groups are made through the API and copied in the
 * database under new ids, in the order of time as UUIDv7 have it, until there are so many documents.
 */
export async function multiply(
  installation: Installation,
  api: Api,
  goods: Goods,
  documents: number,
  made: number,
): Promise<void> {
  if (made === 0) await makeTemplates(api, goods)
  const from = Math.round(made / documentsOfGroup / templates)
  const to = Math.round(documents / documentsOfGroup / templates)
  await asAdmin(installation.adminUrl, async (client) => {
    // The copies keep every reference that the originals have, so nothing needs to be looked up again.
    await client.query(
      `set session_replication_role = replica; set synchronous_commit = off; set work_mem = '256MB';
       set maintenance_work_mem = '1GB'`,
    )
    if (made === 0) await client.query(helpers)
    for (const table of tables) {
      const makeIndexes = await dropIndexes(client, table)
      await copy(client, table, Math.max(from, 1), to)
      for (const make of makeIndexes) await client.query(make)
    }
    await client.query('vacuum analyze')
  })
}

async function makeTemplates(api: Api, goods: Goods): Promise<void> {
  for (let i = 0; i < templates; i++) {
    const lines = (count: number, more: object) =>
      Array.from({ length: count }, () => ({ productId: oneOf(goods.products), quantity: '2', ...more }))
    const head = { partyId: oneOf(goods.customers), warehouseId: goods.warehouseId }
    const order = await api.call('POST', '/sales-orders', {
      ...head,
      lines: lines(10, { unitPrice: '10.00' }),
    })
    await api.call('POST', `/sales-orders/${order.id}/confirm`)
    await api.call('POST', `/sales-orders/${order.id}/delivery-notes`, { post: true })
    const invoice = await api.call('POST', `/sales-orders/${order.id}/invoices`, { post: true })
    await api.call('POST', `/invoices/${invoice.id}/payments`, {})
    await api.call('POST', '/receipt-notes', {
      partyId: oneOf(goods.vendors),
      warehouseId: goods.warehouseId,
      post: true,
      lines: lines(15, { unitCost: '5.00' }),
    })
  }
}

const tables = [
  'orders',
  'order_lines',
  'shipments',
  'shipment_lines',
  'stock_moves',
  'invoices',
  'invoice_lines',
  'payments',
  'settlements',
  'events',
]

const helpers = `
  create schema if not exists bench;
  -- The id of the nth copy: its time is n minutes after the beginning of 2020, the rest is the original's.
  create function bench.copy_id(id uuid, n integer) returns uuid language sql immutable parallel safe as $$
    select (substr(h, 1, 8) || '-' || substr(h, 9, 4) || substr(id::text, 14))::uuid
    from (select lpad(to_hex(1577836800000 + n * 60000::bigint), 12, '0') as h) as prefix
  $$;
  ${tables.map((table) => `create table bench.of_${table} as select * from ${table} t where ${isTemplate(table)};`).join('\n')}`

/** What the stock came in by stays single. */
function isTemplate(table: string): string {
  const opening = `(select id from shipments where kind = 'stock-adjustment')`
  if (table === 'shipments') return `t.kind <> 'stock-adjustment'`
  if (table === 'shipment_lines' || table === 'stock_moves') return `t.shipment_id not in ${opening}`
  if (table === 'events')
    return `t.object_kind in ('sales-order', 'delivery-note', 'receipt-note', 'invoice', 'payment')`
  return 'true'
}

/** Millions of rows go in faster without indexes. Answers how to make them again. */
async function dropIndexes(client: Client, table: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string; make: string }>(
    `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as make from pg_index i
     where i.indrelid = $1::regclass and not i.indisprimary
       and not exists (select from pg_constraint c where c.conindid = i.indexrelid)`,
    [table],
  )
  for (const { name } of rows) await client.query(`drop index ${name}`)
  return rows.map(({ make }) => make)
}

async function copy(client: Client, table: string, from: number, to: number): Promise<void> {
  const { rows } = await client.query<{ name: string; type: string }>(
    `select a.attname as name, format_type(a.atttypid, null) as type from pg_attribute a
     where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum`,
    [table],
  )
  const value = ({ name, type }: { name: string; type: string }): string => {
    const kept = ['company_id', 'product_id', 'party_id', 'lot_id', 'price_book_id']
    if (
      type === 'uuid' &&
      !kept.includes(name) &&
      !name.endsWith('warehouse_id') &&
      !name.endsWith('location_id')
    )
      return `bench.copy_id(t.${name}, n)`
    if (name === 'number') return `t.number || '-' || n`
    if (name === 'from_seq' || name === 'to_seq') return `t.${name} + n * 1000000::bigint`
    if (type === 'date') return `t.${name} - (${to} - n) % 1000`
    return `t.${name}`
  }
  await client.query(
    `insert into ${table} (${rows.map((row) => row.name).join(', ')})
     select ${rows.map(value).join(', ')} from generate_series(${from}, ${to - 1}) n cross join bench.of_${table} t`,
  )
}
