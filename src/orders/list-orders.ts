import { type Static, Type } from 'typebox'
import { amountBound, amountWithin } from '../http/amount-filter.ts'
import { DateText, Id, listQuery, literals, rowIds, text } from '../http/schemas.ts'
import type { Context } from '../kernel/context.ts'
import { type CalendarDate, dayNumber } from '../kernel/dates.ts'
import { Keyset, type Sort } from '../kernel/keyset.ts'
import { type Sql, dynamic, empty, sql } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { createdBy, madeByMe } from '../journal/made-by.ts'
import { documentSearch } from '../journal/search.ts'
import type { OrderKind } from '../kinds.ts'
import { findPaymentsOfOrders } from './payments-of-orders.ts'
import { presentHead } from './present-order.ts'
import { type OrderRow, orderColumns, orderFields, orderFrom } from './records.ts'

const unfinished = 'open: of orders that count, what is not full.'
const orderFilters = {
  q: listQuery.q,
  state: Type.Optional(literals(['draft', 'confirmed', 'closed', 'cancelled'])),
  fulfilment: Type.Optional(literals(['none', 'partial', 'full', 'open'], { description: unfinished })),
  invoicing: Type.Optional(literals(['none', 'partial', 'full', 'open'], { description: unfinished })),
  partyId: Type.Optional(Id),
  createdBy,
  warehouseId: Type.Optional(Id),
  productId: Type.Optional(Id),
  currency: Type.Optional(text(3)),
  number: Type.Optional(text(60)),
  from: Type.Optional(DateText),
  to: Type.Optional(DateText),
  grossFrom: amountBound('Total with tax, at least.'),
  grossTo: amountBound('Total with tax, at most.'),
  waiting: Type.Optional(
    Type.Boolean({
      description: 'Sales orders with lines that wait for goods, which purchase orders never do.',
    }),
  ),
  late: Type.Optional(Type.Boolean({ description: 'Open and past the expected date.' })),
}
export const OrderListQuery = Type.Object({
  ...orderFilters,
  sort: listQuery.sort,
  cursor: listQuery.cursor,
  limit: listQuery.limit,
  ids: rowIds,
})
export const OrderCountQuery = Type.Object(orderFilters)
type Filters = Static<typeof OrderCountQuery>

const sorts: Record<string, Sort> = {
  id: { column: sql`o.id`, type: 'uuid' },
  orderDate: { column: sql`o.date`, type: 'date', notNull: true },
  expectedDate: { column: sql`o.expected_date`, type: 'date' },
  number: { column: sql`o.number`, type: 'text' },
  gross: { column: sql`o.gross`, type: 'numeric', notNull: true },
  allocation: { column: allocation(), type: 'text', notNull: true },
}

/**
 * Goods that come in are given out in this order, as `byAllocation` has it: the higher priority, then the earlier date,
 * then the older demand. An order stands where the first of its lines that wait does; where none does, where it would.
 */
function allocation(): Sql {
  const place = (priority: Sql, date: Sql) =>
    sql`lpad((10000000000 - ${priority})::text, 11, '0') || ${date}::text`
  return sql`coalesce(
    (select min(${place(sql`d.priority`, sql`d.due_on`)} || to_char(d.created_at at time zone 'UTC', 'YYYYMMDDHH24MISSUS') || d.source_line_id)
      from order_lines l join stock_demands d on d.company_id = l.company_id and d.source_line_id = l.id
      where l.company_id = o.company_id and l.order_id = o.id and d.type = 'order' and d.reserved < d.wanted),
    ${place(sql`o.priority`, sql`coalesce(o.expected_date, o.date)`)})`
}

export async function listOrders(
  tx: Transaction,
  ctx: Context,
  kind: OrderKind,
  query: Static<typeof OrderListQuery>,
) {
  const keyset = new Keyset(query, sorts, sql`o.id`, '-id')
  const rows = await tx.all(
    dynamic(
      { ...orderColumns, cursorKey: 'text?' },
      sql`select ${orderFields}, ${keyset.key} ${orderFrom}
        where ${await where(tx, ctx, kind, query)} ${keyset.after} ${keyset.order} ${keyset.limit}`,
    ),
    undefined,
  )
  const page = keyset.page(rows)
  const payments = await findPaymentsOfOrders(
    tx,
    ctx,
    kind,
    page.items.map(({ id }) => id),
  )
  return {
    ...page,
    items: page.items.map((row) => ({
      ...presentHead(row),
      priority: row.priority,
      daysLate: daysLate(row, ctx.today),
      payment: payments.get(row.id) ?? null,
    })),
  }
}

/** How many days the goods are overdue, as the filter `late` has it; null: they are not. */
function daysLate({ state, fulfilment, expectedDate }: OrderRow, today: CalendarDate): number | null {
  const late = state === 'confirmed' && fulfilment !== 'full' && expectedDate !== null && expectedDate < today
  return late ? dayNumber(today) - dayNumber(expectedDate) : null
}

/** Counted up to 10,000: beyond that nobody needs the exact figure, and counting would hold up the list. */
export async function countOrders(tx: Transaction, ctx: Context, kind: OrderKind, filters: Filters) {
  const { counted } = await tx.one(
    dynamic(
      { counted: 'bigint' },
      sql`select count(*) as counted from (select 1 from orders o where ${await where(tx, ctx, kind, filters)} limit 10001) capped`,
    ),
    undefined,
  )
  return { count: Math.min(counted, 10_000), capped: counted > 10_000 }
}

async function where(tx: Transaction, ctx: Context, kind: OrderKind, f: Filters): Promise<Sql> {
  const when = (condition: Sql, given: unknown): Sql => (given === undefined ? empty : sql`and ${condition}`)
  return sql`o.company_id = ${ctx.company.id} and o.kind = ${kind}
    ${when(sql`o.state = ${f.state}`, f.state)}
    ${
      f.fulfilment === 'open'
        ? sql`and o.state = 'confirmed' and o.fulfilment <> 'full'`
        : when(sql`o.fulfilment = ${f.fulfilment}`, f.fulfilment)
    }
    ${
      f.invoicing === 'open'
        ? sql`and o.state in ('confirmed', 'closed') and o.invoicing <> 'full'`
        : when(sql`o.invoicing = ${f.invoicing}`, f.invoicing)
    }
    ${when(sql`o.party_id = ${f.partyId}`, f.partyId)}
    ${when(sql`o.warehouse_id = ${f.warehouseId}`, f.warehouseId)}
    ${when(sql`o.currency = ${f.currency}`, f.currency)}
    ${when(sql`o.number = ${f.number}`, f.number)}
    ${when(sql`o.date >= ${f.from}`, f.from)}
    ${when(sql`o.date <= ${f.to}`, f.to)}
    ${amountWithin(sql`o.gross`, f.grossFrom, f.grossTo)}
    ${when(sql`exists (select from order_lines l where l.company_id = o.company_id and l.order_id = o.id and l.product_id = ${f.productId})`, f.productId)}
    ${f.waiting === true ? sql`and o.id in (${waitingOrders(ctx)})` : empty}
    ${f.late === true ? sql`and o.state = 'confirmed' and o.fulfilment <> 'full' and o.expected_date < ${ctx.today}::date` : empty}
    ${madeByMe(ctx, f.createdBy, sql`o`)}
    ${await documentSearch(tx, ctx, { table: 'orders', kind, q: f.q, alias: sql`o` })}`
}

/** Read from the demands that wait, which are few and have an index of their own. */
function waitingOrders(ctx: Context): Sql {
  return sql`select l.order_id from stock_demands d
    join order_lines l on l.company_id = d.company_id and l.id = d.source_line_id
    where d.company_id = ${ctx.company.id} and d.type = 'order' and d.reserved < d.wanted`
}
