import { type Static, Type } from 'typebox'
import { DateText, Id, listQuery, literals, rowIds, text } from '../http/schemas.ts'
import type { Context } from '../kernel/context.ts'
import { Keyset, type Sort } from '../kernel/keyset.ts'
import { type Sql, dynamic, empty, sql } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { createdBy, madeByMe } from '../journal/made-by.ts'
import { documentSearch } from '../journal/search.ts'
import type { ShipmentKind } from '../kinds.ts'
import { presentRows } from './present-rows.ts'
import { shipmentColumns, shipmentFields } from './records.ts'

const filters = {
  q: listQuery.q,
  state: Type.Optional(literals(['draft', 'posted', 'reversed'])),
  partyId: Type.Optional(Id),
  createdBy,
  warehouseId: Type.Optional(Id),
  orderId: Type.Optional(Id),
  sourceId: Type.Optional(Id),
  productId: Type.Optional(Id),
  number: Type.Optional(text(60)),
  from: Type.Optional(DateText),
  to: Type.Optional(DateText),
}
const filtersOfTransfers = {
  ...filters,
  inTransit: Type.Optional(
    Type.Boolean({
      description:
        '`true`: goods of it are on their way; `false`: none are, which posted ones with `state=posted` are that have arrived.',
    }),
  ),
}
const { sort, cursor, limit } = listQuery
const page = { sort, cursor, limit, ids: rowIds }
export const ShipmentListQuery = Type.Object({ ...filters, ...page })
export const ShipmentCountQuery = Type.Object(filters)
/** Only transfers are on their way. */
export const TransferListQuery = Type.Object({ ...filtersOfTransfers, ...page })
export const TransferCountQuery = Type.Object(filtersOfTransfers)
type Filters = Static<typeof TransferCountQuery>

const sorts: Record<string, Sort> = {
  id: { column: sql`s.id`, type: 'uuid' },
  date: { column: sql`s.date`, type: 'date', notNull: true },
  number: { column: sql`s.number`, type: 'text' },
}

/** Whether goods of a shipment `s` are on their way, as `isInTransit` tells it from lines that are read. */
export const inTransit = sql`(s.state = 'posted' and s.via_transit and exists (select from shipment_lines l
  where l.company_id = s.company_id and l.shipment_id = s.id and l.received < l.base_quantity))`

export async function listShipments(
  tx: Transaction,
  ctx: Context,
  kind: ShipmentKind,
  query: Static<typeof TransferListQuery>,
) {
  const keyset = new Keyset(query, sorts, sql`s.id`, '-id')
  const rows = await tx.all(
    dynamic(
      { ...shipmentColumns, cursorKey: 'text?' },
      sql`select ${shipmentFields}, ${keyset.key} from shipments s
        where ${await where(tx, ctx, kind, query)} ${keyset.after} ${keyset.order} ${keyset.limit}`,
    ),
    undefined,
  )
  const page = keyset.page(rows)
  return { ...page, items: await presentRows(tx, ctx, kind, page.items) }
}

export async function countShipments(tx: Transaction, ctx: Context, kind: ShipmentKind, query: Filters) {
  const { counted } = await tx.one(
    dynamic(
      { counted: 'bigint' },
      sql`select count(*) as counted from (select 1 from shipments s where ${await where(tx, ctx, kind, query)} limit 10001) capped`,
    ),
    undefined,
  )
  return { count: Math.min(counted, 10_000), capped: counted > 10_000 }
}

async function where(tx: Transaction, ctx: Context, kind: ShipmentKind, f: Filters): Promise<Sql> {
  const when = (condition: Sql, given: unknown): Sql => (given === undefined ? empty : sql`and ${condition}`)
  return sql`s.company_id = ${ctx.company.id} and s.kind = ${kind}
    ${when(sql`s.state = ${f.state}`, f.state)}
    ${when(sql`s.party_id = ${f.partyId}`, f.partyId)}
    ${when(sql`s.warehouse_id = ${f.warehouseId}`, f.warehouseId)}
    ${when(sql`s.order_id = ${f.orderId}`, f.orderId)}
    ${when(sql`${f.sourceId}::uuid in (s.source_shipment_id, s.order_id)`, f.sourceId)}
    ${when(sql`s.number = ${f.number}`, f.number)}
    ${when(sql`s.date >= ${f.from}`, f.from)}
    ${when(sql`s.date <= ${f.to}`, f.to)}
    ${when(sql`exists (select from shipment_lines l where l.company_id = s.company_id and l.shipment_id = s.id and l.product_id = ${f.productId})`, f.productId)}
    ${when(sql`${inTransit} = ${f.inTransit}::boolean`, f.inTransit)}
    ${madeByMe(ctx, f.createdBy, sql`s`)}
    ${await documentSearch(tx, ctx, { table: 'shipments', kind, q: f.q, alias: sql`s` })}`
}
