import type { Context } from '../../kernel/context.ts'
import type { CalendarDate } from '../../kernel/dates.ts'
import { round } from '../../kernel/decimal.ts'
import { Keyset, type ListQuery, type Sort } from '../../kernel/keyset.ts'
import { type Sql, dynamic, empty, sql } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { currentValue } from '../current-value.ts'

export interface MoveFilters {
  readonly productId?: string | undefined
  readonly warehouseId?: string | undefined
  readonly lotId?: string | undefined
  readonly shipmentId?: string | undefined
  readonly lotNumber?: string | undefined
  readonly documentNumber?: string | undefined
  readonly from?: CalendarDate | undefined
  readonly to?: CalendarDate | undefined
}

/** The ledger is read in the order it was written in, whatever dates its documents have. */
const sorts: Record<string, Sort> = { id: { column: sql`m.id`, type: 'uuid' } }

const columns = {
  id: 'uuid',
  date: 'date',
  postedAt: 'timestamptz',
  productId: 'uuid',
  sku: 'text',
  name: 'text',
  unit: 'text',
  lotId: 'uuid?',
  lotNumber: 'text?',
  fromLocationId: 'uuid',
  fromName: 'text',
  fromWarehouseId: 'uuid?',
  toLocationId: 'uuid',
  toName: 'text',
  toWarehouseId: 'uuid?',
  quantity: 'numeric',
  value: 'numeric',
  documentId: 'uuid',
  documentKind: 'text',
  documentNumber: 'text?',
  reversesId: 'uuid?',
  onHandChange: 'numeric?',
  cursorKey: 'text?',
  balanceAfter: 'numeric?',
} as const

/** One page of the stock ledger, newest first unless asked otherwise. */
export async function listMoves(tx: Transaction, ctx: Context, query: ListQuery & MoveFilters) {
  const keyset = new Keyset(query, sorts, sql`m.id`, '-id')
  const { productId, warehouseId } = query
  const change = warehouseId === undefined ? sql`null::numeric` : onHandChange(warehouseId)
  const page = sql`
    select m.id, m.date, m.posted_at, m.product_id, p.sku, p.name, p.unit, m.lot_id, t.number as lot_number,
      m.from_location_id, a.name as from_name, m.from_warehouse_id, m.to_location_id, b.name as to_name, m.to_warehouse_id,
      m.quantity, ${currentValue()} as value, m.shipment_id as document_id, s.kind as document_kind,
      s.number as document_number, m.reverses_id, ${change} as on_hand_change, ${keyset.key}
    from stock_moves m
    join products p on p.company_id = m.company_id and p.id = m.product_id
    ${places}
    join shipments s on s.company_id = m.company_id and s.id = m.shipment_id
    left join lots t on t.company_id = m.company_id and t.id = m.lot_id
    where ${filtered(ctx, query)} ${keyset.after} ${keyset.order} ${keyset.limit}`
  const rows = await tx.all(
    dynamic(
      columns,
      productId === undefined || warehouseId === undefined
        ? sql`select page.*, null::numeric as balance_after from (${page}) page`
        : withBalances(ctx, page, productId, warehouseId, keyset.order),
    ),
    undefined,
  )
  const { items, nextCursor } = keyset.page(rows)
  return { items: items.map((m) => ({ ...m, unitValue: round(m.value.div(m.quantity), 6) })), nextCursor }
}

export const places = sql`
  join locations a on a.company_id = m.company_id and a.id = m.from_location_id
  join locations b on b.company_id = m.company_id and b.id = m.to_location_id`

/** Goods in quarantine are counted apart, so a move from stock to quarantine lowers what is on hand. */
export function onHandChange(warehouseId: string): Sql {
  return sql`(case when m.to_warehouse_id = ${warehouseId} and b.type = 'stock' then m.quantity else 0 end
    - case when m.from_warehouse_id = ${warehouseId} and a.type = 'stock' then m.quantity else 0 end)`
}

/** Counts back from what is on hand now over everything newer, shown on the page or not. */
function withBalances(ctx: Context, page: Sql, productId: string, warehouseId: string, order: Sql): Sql {
  const change = onHandChange(warehouseId)
  return sql`
    with page as (${page}), newer as (
      select m.id, sum(${change}) over (order by m.id desc) - ${change} as change
      from stock_moves m ${places}
      where m.company_id = ${ctx.company.id} and m.product_id = ${productId}
        and ${warehouseId}::uuid in (m.from_warehouse_id, m.to_warehouse_id)
        and m.id >= (select id from page order by id limit 1)
    )
    select m.*, l.on_hand - newer.change as balance_after from page m
    join newer on newer.id = m.id
    join stock_levels l on l.company_id = ${ctx.company.id} and l.product_id = ${productId} and l.warehouse_id = ${warehouseId}
    ${order}`
}

function filtered(ctx: Context, f: MoveFilters): Sql {
  return sql`m.company_id = ${ctx.company.id}
    ${f.productId === undefined ? empty : sql`and m.product_id = ${f.productId}`}
    ${f.warehouseId === undefined ? empty : sql`and ${f.warehouseId}::uuid in (m.from_warehouse_id, m.to_warehouse_id)`}
    ${f.lotId === undefined ? empty : sql`and m.lot_id = ${f.lotId}`}
    ${f.shipmentId === undefined ? empty : sql`and m.shipment_id = ${f.shipmentId}`}
    ${f.lotNumber === undefined ? empty : sql`and t.number = ${f.lotNumber}`}
    ${f.documentNumber === undefined ? empty : sql`and s.number = ${f.documentNumber}`}
    ${f.from === undefined ? empty : sql`and m.date >= ${f.from}`}
    ${f.to === undefined ? empty : sql`and m.date <= ${f.to}`}`
}
