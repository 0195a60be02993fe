import { type Static, Type } from 'typebox'
import { amountBound, amountOfPostedWithin, amountWithin } from '../http/amount-filter.ts'
import { DateText, Id, listQuery, literals, rowIds, text } from '../http/schemas.ts'
import type { Context } from '../kernel/context.ts'
import { Keyset, type Sort } from '../kernel/keyset.ts'
import { type Sql, dynamic, empty, sql } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { createdBy, madeByMe } from '../journal/made-by.ts'
import { documentSearch } from '../journal/search.ts'
import type { InvoiceKind } from '../kinds.ts'
import { presentRows } from './present-rows.ts'
import { invoiceColumns, invoiceFields } from './records.ts'

const filters = {
  q: listQuery.q,
  state: Type.Optional(literals(['draft', 'posted', 'cancelled'])),
  paymentStatus: Type.Optional(
    literals(['open', 'partial', 'paid', 'overdue', 'redeemed', 'unpaid'], {
      description: 'unpaid: anything with an open amount.',
    }),
  ),
  partyId: Type.Optional(Id),
  createdBy,
  orderId: Type.Optional(Id),
  correctsId: Type.Optional(Id),
  productId: Type.Optional(Id),
  currency: Type.Optional(text(3)),
  number: Type.Optional(text(60)),
  reference: Type.Optional(text(200)),
  from: Type.Optional(DateText),
  to: Type.Optional(DateText),
  dueBefore: Type.Optional(DateText),
  dueFrom: Type.Optional(DateText),
  dueTo: Type.Optional(DateText),
  grossFrom: amountBound('Total with tax, at least.'),
  grossTo: amountBound('Total with tax, at most.'),
  openFrom: amountBound('Open amount of a posted document, at least.'),
  openTo: amountBound('Open amount of a posted document, at most; 0 is open of one that is settled.'),
}
export const InvoiceListQuery = Type.Object({
  ...filters,
  sort: listQuery.sort,
  cursor: listQuery.cursor,
  limit: listQuery.limit,
  ids: rowIds,
})
export const InvoiceCountQuery = Type.Object(filters)
type Filters = Static<typeof InvoiceCountQuery>

const sorts: Record<string, Sort> = {
  id: { column: sql`i.id`, type: 'uuid', notNull: true },
  date: { column: sql`i.date`, type: 'date', notNull: true },
  dueDate: { column: sql`i.due_date`, type: 'date', notNull: true },
  number: { column: sql`i.number`, type: 'text' },
  gross: { column: sql`i.gross`, type: 'numeric', notNull: true },
}

export async function listInvoices(
  tx: Transaction,
  ctx: Context,
  kind: InvoiceKind,
  query: Static<typeof InvoiceListQuery>,
) {
  const keyset = new Keyset(query, sorts, sql`i.id`, '-id')
  const rows = await tx.all(
    dynamic(
      { ...invoiceColumns, cursorKey: 'text?' },
      sql`select ${invoiceFields}, ${keyset.key} from invoices i
        where ${await where(tx, ctx, kind, query)} ${keyset.after} ${keyset.order} ${keyset.limit}`,
    ),
    undefined,
  )
  const page = keyset.page(rows)
  return { ...page, items: await presentRows(tx, ctx, kind, page.items) }
}

export async function countInvoices(tx: Transaction, ctx: Context, kind: InvoiceKind, query: Filters) {
  const { counted } = await tx.one(
    dynamic(
      { counted: 'bigint' },
      sql`select count(*) as counted from (select 1 from invoices i where ${await where(tx, ctx, kind, query)} limit 10001) capped`,
    ),
    undefined,
  )
  return { count: Math.min(counted, 10_000), capped: counted > 10_000 }
}

/** As the partial indexes say it. */
const unpaid = sql`i.state = 'posted' and i.settled < i.gross`
/** Statuses that only such invoices have: with that said, they are not looked for among the paid ones. */
const unsettled: ReadonlySet<string> = new Set(['open', 'partial', 'overdue'])

async function where(tx: Transaction, ctx: Context, kind: InvoiceKind, f: Filters): Promise<Sql> {
  const when = (condition: Sql, given: unknown): Sql => (given === undefined ? empty : sql`and ${condition}`)
  const status =
    f.paymentStatus === undefined
      ? empty
      : f.paymentStatus === 'unpaid'
        ? sql`and ${unpaid}`
        : sql`and invoice_payment_status(i.kind, i.state, i.gross, i.settled, i.due_date, ${ctx.today}::date) = ${f.paymentStatus}
            ${unsettled.has(f.paymentStatus) ? sql`and ${unpaid}` : empty}`
  return sql`i.company_id = ${ctx.company.id} and i.kind = ${kind}
    ${when(sql`i.state = ${f.state}`, f.state)}
    ${status}
    ${when(sql`i.party_id = ${f.partyId}`, f.partyId)}
    ${when(sql`i.order_id = ${f.orderId}`, f.orderId)}
    ${when(sql`i.corrects_id = ${f.correctsId}`, f.correctsId)}
    ${when(sql`i.currency = ${f.currency}`, f.currency)}
    ${when(sql`i.number = ${f.number}`, f.number)}
    ${when(sql`i.reference = ${f.reference}`, f.reference)}
    ${when(sql`i.date >= ${f.from}`, f.from)}
    ${when(sql`i.date <= ${f.to}`, f.to)}
    ${when(sql`i.due_date < ${f.dueBefore}`, f.dueBefore)}
    ${when(sql`i.due_date >= ${f.dueFrom}`, f.dueFrom)}
    ${when(sql`i.due_date <= ${f.dueTo}`, f.dueTo)}
    ${amountWithin(sql`i.gross`, f.grossFrom, f.grossTo)}
    ${amountOfPostedWithin(sql`i.state`, sql`i.gross - i.settled`, f.openFrom, f.openTo)}
    ${when(sql`exists (select from invoice_lines l where l.company_id = i.company_id and l.invoice_id = i.id and l.product_id = ${f.productId})`, f.productId)}
    ${madeByMe(ctx, f.createdBy, sql`i`)}
    ${await documentSearch(tx, ctx, { table: 'invoices', kind, q: f.q, alias: sql`i` })}`
}
