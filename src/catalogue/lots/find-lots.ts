import type { CalendarDate } from '../../kernel/dates.ts'
import { sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'

/** A lot (batch) or one serial number of a product. */
export interface Lot {
  readonly id: string
  readonly productId: string
  readonly number: string
  readonly serial: boolean
  readonly expiresOn: CalendarDate | null
}

const columns = {
  id: 'uuid',
  productId: 'uuid',
  number: 'text',
  serial: 'bool',
  expiresOn: 'date?',
} as const

const findRows = statement(
  'find_lots',
  columns,
  (p: { companyId: string; ids: readonly string[] }) => sql`
    select id, product_id, number, serial, expires_on from lots
    where company_id = ${p.companyId} and id = any(${p.ids}::uuid[])`,
)

const findRowsByNumber = statement(
  'find_lots_by_number',
  columns,
  (p: { companyId: string; productIds: readonly string[]; numbers: readonly string[] }) => sql`
    select l.id, l.product_id, l.number, l.serial, l.expires_on
    from unnest(${p.productIds}::uuid[], ${p.numbers}::text[]) as asked(product_id, number)
    join lots l on l.company_id = ${p.companyId} and l.product_id = asked.product_id and l.number = asked.number`,
)

/** Lots by id. Ids of no lot of the company are missing in the answer. */
export async function findLots(
  tx: Transaction,
  companyId: string,
  ids: readonly string[],
): Promise<Map<string, Lot>> {
  if (ids.length === 0) return new Map()
  const rows = await tx.all(findRows, { companyId, ids })
  return new Map(rows.map((lot) => [lot.id, lot]))
}

/** The lots that exist of those asked for, each once. */
export async function findLotsByNumber(
  tx: Transaction,
  companyId: string,
  asked: readonly { readonly productId: string; readonly number: string }[],
): Promise<Lot[]> {
  const rows = await tx.all(findRowsByNumber, {
    companyId,
    productIds: asked.map((lot) => lot.productId),
    numbers: asked.map((lot) => lot.number),
  })
  return [...new Map(rows.map((lot) => [lot.id, lot])).values()]
}
