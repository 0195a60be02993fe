import { countRows } from '../../http/count.ts'
import { escapeLike } from '../../kernel/fold.ts'
import { Keyset, type ListQuery, type Sort } from '../../kernel/keyset.ts'
import { notFound } from '../../kernel/problem.ts'
import { type Row, type Sql, dynamic, empty, sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'

/** A lot as the API shows it. */
const lotColumns = {
  id: 'uuid',
  productId: 'uuid',
  sku: 'text',
  productName: 'text',
  number: 'text',
  serial: 'bool',
  expiresOn: 'date?',
  notes: 'text?',
  onHand: 'text',
  version: 'int',
  createdAt: 'timestamptz',
} as const
export type LotRow = Row<typeof lotColumns>

/** In the order of `lotColumns`. */
const selectLot: Sql = sql`
  select l.id, l.product_id, p.sku, p.name as product_name, l.number, l.serial, l.expires_on, l.notes, h.on_hand::text,
    l.version, l.created_at`

/** What is on hand of `lots l`, in one warehouse or in all. */
function from(companyId: string, warehouseId: string | undefined): Sql {
  return sql`from lots l
    join products p on p.company_id = l.company_id and p.id = l.product_id
    cross join lateral (
      select trim_scale(coalesce(sum(b.quantity), 0)) as on_hand, count(*) filter (where b.quantity <> 0) > 0 as lies
      from stock_balances b where b.company_id = ${companyId} and b.lot_id = l.id
        ${warehouseId === undefined ? empty : sql`and b.warehouse_id = ${warehouseId}`}
    ) h`
}

const loadRow = statement(
  'load_lot',
  lotColumns,
  (p: { companyId: string; id: string }) =>
    sql`${selectLot} ${from(p.companyId, undefined)} where l.company_id = ${p.companyId} and l.id = ${p.id}`,
)

/** @throws 404 */
export async function loadLot(tx: Transaction, companyId: string, id: string): Promise<LotRow> {
  const lot = await tx.maybe(loadRow, { companyId, id })
  if (lot === null) throw notFound('lot')
  return lot
}

interface LotFilters {
  readonly q?: string | undefined
  readonly productId?: string | undefined
  readonly warehouseId?: string | undefined
  readonly number?: string | undefined
  readonly serial?: boolean | undefined
  readonly inStock?: boolean | undefined
  readonly expiresBefore?: string | undefined
  readonly expiresFrom?: string | undefined
  readonly expiresTo?: string | undefined
}

const sorts: Record<string, Sort> = {
  number: { column: sql`l.number`, type: 'text', notNull: true },
  expiresOn: { column: sql`l.expires_on`, type: 'date' },
  createdAt: { column: sql`l.created_at`, type: 'timestamptz', notNull: true },
  id: { column: sql`l.id`, type: 'uuid', notNull: true },
}

export async function listLots(tx: Transaction, companyId: string, query: ListQuery & LotFilters) {
  const keyset = new Keyset(query, sorts, sql`l.id`, 'number')
  const rows = await tx.all(
    dynamic(
      { ...lotColumns, cursorKey: 'text?' },
      sql`${selectLot}, ${keyset.key} ${from(companyId, query.warehouseId)}
        where l.company_id = ${companyId} ${filtered(query)} ${keyset.after} ${keyset.order} ${keyset.limit}`,
    ),
    undefined,
  )
  return keyset.page(rows)
}

export function countLots(tx: Transaction, companyId: string, filters: LotFilters) {
  return countRows(
    tx,
    sql`${from(companyId, filters.warehouseId)} where l.company_id = ${companyId} ${filtered(filters)}`,
  )
}

function filtered(f: LotFilters): Sql {
  const q = f.q?.trim() ?? ''
  return sql`
    ${q === '' ? empty : sql`and l.number ilike ${`%${escapeLike(q)}%`}`}
    ${f.productId === undefined ? empty : sql`and l.product_id = ${f.productId}`}
    ${f.warehouseId === undefined ? empty : sql`and h.lies`}
    ${f.number === undefined ? empty : sql`and l.number = ${f.number}`}
    ${f.serial === undefined ? empty : sql`and l.serial = ${f.serial}`}
    ${f.inStock === undefined ? empty : f.inStock ? sql`and h.on_hand > 0` : sql`and h.on_hand <= 0`}
    ${f.expiresBefore === undefined ? empty : sql`and l.expires_on < ${f.expiresBefore}`}
    ${f.expiresFrom === undefined ? empty : sql`and l.expires_on >= ${f.expiresFrom}`}
    ${f.expiresTo === undefined ? empty : sql`and l.expires_on <= ${f.expiresTo}`}`
}
