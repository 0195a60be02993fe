import { countRows } from '../../http/count.ts'
import { madeByMe } from '../../journal/made-by.ts'
import { documentSearch } from '../../journal/search.ts'
import type { Context } from '../../kernel/context.ts'
import { Keyset, type Sort } from '../../kernel/keyset.ts'
import { type Sql, dynamic, empty, sql } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import type { Static } from '../../http/schemas.ts'
import { presentHead } from './present-reservation.ts'
import { reservationColumns, reservationFields, reservationFrom, stateAt } from './records.ts'
import type { ReservationCountQuery, ReservationListQuery } from './schemas.ts'

type Filters = Static<typeof ReservationCountQuery>

const sorts: Record<string, Sort> = {
  id: { column: sql`r.id`, type: 'uuid' },
  number: { column: sql`r.number`, type: 'text' },
  reserveUntil: { column: sql`r.reserve_until`, type: 'timestamptz' },
}

export async function listReservations(
  tx: Transaction,
  ctx: Context,
  query: Static<typeof ReservationListQuery>,
) {
  const keyset = new Keyset(query, sorts, sql`r.id`, '-id')
  const rows = await tx.all(
    dynamic(
      { ...reservationColumns, cursorKey: 'text?' },
      sql`select ${reservationFields(ctx.now)}, ${keyset.key} ${reservationFrom}
        where ${await filtered(tx, ctx, query)} ${keyset.after} ${keyset.order} ${keyset.limit}`,
    ),
    undefined,
  )
  const { items, nextCursor } = keyset.page(rows)
  return { items: items.map(presentHead), nextCursor }
}

export async function countReservations(tx: Transaction, ctx: Context, filters: Filters) {
  return countRows(tx, sql`from stock_reservations r where ${await filtered(tx, ctx, filters)}`)
}

async function filtered(tx: Transaction, ctx: Context, f: Filters): Promise<Sql> {
  const made = sql`(r.created_at at time zone ${ctx.company.timeZone}::text)::date`
  return sql`r.company_id = ${ctx.company.id}
    ${f.state === undefined ? empty : sql`and ${stateAt(ctx.now)} = ${f.state}`}
    ${f.partyId === undefined ? empty : sql`and r.party_id = ${f.partyId}`}
    ${f.warehouseId === undefined ? empty : sql`and r.warehouse_id = ${f.warehouseId}`}
    ${f.number === undefined ? empty : sql`and r.number = ${f.number}`}
    ${f.from === undefined ? empty : sql`and ${made} >= ${f.from}`}
    ${f.to === undefined ? empty : sql`and ${made} <= ${f.to}`}
    ${
      f.productId === undefined
        ? empty
        : sql`and exists (select from stock_reservation_lines l
            where l.company_id = r.company_id and l.reservation_id = r.id and l.product_id = ${f.productId})`
    }
    ${madeByMe(ctx, f.createdBy, sql`r`)}
    ${await documentSearch(tx, ctx, { table: 'stock_reservations', kind: null, q: f.q, alias: sql`r` })}`
}
