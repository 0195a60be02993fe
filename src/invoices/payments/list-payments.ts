import { type Static, Type } from 'typebox'
import { amountBound, amountOfPostedWithin, amountWithin } from '../../http/amount-filter.ts'
import { DateText, Id, listQuery, literals, rowIds, text } from '../../http/schemas.ts'
import type { Context } from '../../kernel/context.ts'
import { Keyset, type Sort } from '../../kernel/keyset.ts'
import { type Sql, dynamic, empty, sql } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { createdBy, madeByMe } from '../../journal/made-by.ts'
import { documentSearch } from '../../journal/search.ts'
import { presentPaymentHead } from './present-payment.ts'
import { paymentColumns, paymentFields } from './records.ts'

const filters = {
  q: listQuery.q,
  state: Type.Optional(literals(['draft', 'posted', 'cancelled'])),
  direction: Type.Optional(literals(['in', 'out'])),
  side: Type.Optional(literals(['customer', 'vendor'])),
  partyId: Type.Optional(Id),
  createdBy,
  method: Type.Optional(text(40)),
  currency: Type.Optional(text(3)),
  number: Type.Optional(text(60)),
  unallocated: Type.Optional(Type.Boolean({ description: 'Only payments of which something is left.' })),
  from: Type.Optional(DateText),
  to: Type.Optional(DateText),
  amountFrom: amountBound('Amount, at least.'),
  amountTo: amountBound('Amount, at most.'),
  unallocatedFrom: amountBound('Of a posted payment what is not allocated, at least.'),
  unallocatedTo: amountBound('Of a posted payment what is not allocated, at most.'),
}
export const PaymentListQuery = Type.Object({
  ...filters,
  sort: listQuery.sort,
  cursor: listQuery.cursor,
  limit: listQuery.limit,
  ids: rowIds,
})
export const PaymentCountQuery = Type.Object(filters)
type Filters = Static<typeof PaymentCountQuery>

const sorts: Record<string, Sort> = {
  id: { column: sql`y.id`, type: 'uuid', notNull: true },
  date: { column: sql`y.date`, type: 'date', notNull: true },
  number: { column: sql`y.number`, type: 'text' },
  amount: { column: sql`y.amount`, type: 'numeric', notNull: true },
}

export async function listPayments(tx: Transaction, ctx: Context, query: Static<typeof PaymentListQuery>) {
  const keyset = new Keyset(query, sorts, sql`y.id`, '-id')
  const rows = await tx.all(
    dynamic(
      { ...paymentColumns, cursorKey: 'text?' },
      sql`select ${paymentFields}, ${keyset.key} from payments y where ${await where(tx, ctx, query)} ${keyset.after} ${keyset.order} ${keyset.limit}`,
    ),
    undefined,
  )
  const page = keyset.page(rows)
  return { ...page, items: page.items.map(presentPaymentHead) }
}

export async function countPayments(tx: Transaction, ctx: Context, query: Filters) {
  const { counted } = await tx.one(
    dynamic(
      { counted: 'bigint' },
      sql`select count(*) as counted from (select 1 from payments y where ${await where(tx, ctx, query)} limit 10001) capped`,
    ),
    undefined,
  )
  return { count: Math.min(counted, 10_000), capped: counted > 10_000 }
}

async function where(tx: Transaction, ctx: Context, f: Filters): Promise<Sql> {
  const when = (condition: Sql, given: unknown): Sql => (given === undefined ? empty : sql`and ${condition}`)
  return sql`y.company_id = ${ctx.company.id}
    ${when(sql`y.state = ${f.state}`, f.state)}
    ${when(sql`y.direction = ${f.direction}`, f.direction)}
    ${when(sql`y.side = ${f.side}`, f.side)}
    ${when(sql`y.party_id = ${f.partyId}`, f.partyId)}
    ${when(sql`y.method = ${f.method}`, f.method)}
    ${when(sql`y.currency = ${f.currency}`, f.currency)}
    ${when(sql`y.number = ${f.number}`, f.number)}
    ${when(sql`y.date >= ${f.from}`, f.from)}
    ${when(sql`y.date <= ${f.to}`, f.to)}
    ${amountWithin(sql`y.amount`, f.amountFrom, f.amountTo)}
    ${amountOfPostedWithin(sql`y.state`, sql`y.amount - y.rounding - y.settled`, f.unallocatedFrom, f.unallocatedTo)}
    ${f.unallocated === true ? sql`and y.state = 'posted' and y.settled < y.amount - y.rounding` : empty}
    ${madeByMe(ctx, f.createdBy, sql`y`)}
    ${await documentSearch(tx, ctx, { table: 'payments', kind: null, q: f.q, alias: sql`y` })}`
}
