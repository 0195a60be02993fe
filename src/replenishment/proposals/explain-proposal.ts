import type { Context } from '../../kernel/context.ts'
import type { CalendarDate } from '../../kernel/dates.ts'
import { type Decimal, sum, zero } from '../../kernel/decimal.ts'
import { notFound } from '../../kernel/problem.ts'
import { type Sql, dynamic, sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { type AnyKind, titles } from '../../kinds.ts'
import { outlookOf } from './list-proposals.ts'
import {
  type Outlook,
  type Projected,
  expectedOn,
  projectedColumns,
  projectedFields,
  projection,
  readProjection,
} from './projection.ts'
import type { causes } from './schema.ts'
import { inWords } from './words.ts'

/** As many documents of a sort are shown one by one; the others are summed up in one row. */
const mostShown = 500

interface Of {
  readonly companyId: string
  readonly productId: string
  readonly warehouseId: string
  readonly leadTimeDays: number
  readonly today: CalendarDate
  readonly until: CalendarDate
  readonly now: Date
}

/** What is on order and expected in time, as `documents` are. */
const coming = (p: Of): Sql => sql`
  select case o.state when 'draft' then 'drafted' else 'incoming' end as cause, o.kind, o.id, o.number, o.party ->> 'name' as party,
    ${expectedOn(sql`${p.leadTimeDays}::int`)} as date, l.open_quantity as quantity
  from order_lines l
  join orders o on o.company_id = l.company_id and o.id = l.order_id and o.warehouse_id = ${p.warehouseId} and o.state in ('draft', 'confirmed')
  left join product_vendors v on v.company_id = o.company_id and v.product_id = l.product_id and v.party_id = o.party_id
  where l.company_id = ${p.companyId} and l.product_id = ${p.productId} and l.kind = 'purchase-order' and l.open_quantity > 0
    and ${expectedOn(sql`${p.leadTimeDays}::int`)} <= ${p.until}::date`

const going = (p: Of): Sql => sql`
  select 'outgoing' as cause, case d.type when 'order' then 'sales-order' else 'stock-reservation' end as kind,
    coalesce(o.id, r.id) as id, coalesce(o.number, r.number) as number, coalesce(o.party ->> 'name', y.name) as party,
    d.due_on as date, -d.wanted as quantity
  from stock_demands d
  left join order_lines l on l.company_id = d.company_id and l.id = d.source_line_id and d.type = 'order'
  left join orders o on o.company_id = l.company_id and o.id = l.order_id
  left join stock_reservation_lines rl on rl.company_id = d.company_id and rl.id = d.source_line_id and d.type = 'reservation'
  left join stock_reservations r on r.company_id = rl.company_id and r.id = rl.reservation_id
  left join parties y on y.company_id = r.company_id and y.id = r.party_id
  where d.company_id = ${p.companyId} and d.product_id = ${p.productId} and d.warehouse_id = ${p.warehouseId}
    and d.due_on <= ${p.until}::date and (d.expires_at is null or d.expires_at > ${p.now})`

const selectDocuments = statement(
  'documents_of_proposal',
  {
    cause: 'text',
    kind: 'text',
    id: 'uuid',
    number: 'text?',
    party: 'text?',
    date: 'date',
    quantity: 'numeric',
    count: 'int',
    all: 'numeric',
  },
  (p: Of) => sql`
    select x.cause, x.kind, x.id, x.number, x.party, x.date, x.quantity, x.count, x.all from (
      select e.*, row_number() over (partition by e.cause order by e.date, e.id) as place,
        (count(*) over (partition by e.cause))::int as count, sum(e.quantity) over (partition by e.cause) as all
      from (${coming(p)} union all ${going(p)}) e
    ) x where x.place <= ${mostShown} order by x.cause, x.place`,
)

const selectDays = statement(
  'days_of_proposal',
  { date: 'date', change: 'numeric' },
  (p: Of) => sql`
    select greatest(e.date, ${p.today}::date) as date, sum(e.quantity) as change
    from (${coming(p)} union all ${going(p)}) e group by 1 order by 1`,
)

interface Reason {
  readonly cause: (typeof causes)[number]
  readonly label: string
  readonly quantity: Decimal
  readonly kind: string | null
  readonly id: string | null
  readonly number: string | null
  readonly date: CalendarDate | null
  readonly party: string | null
}
const plain = { kind: null, id: null, number: null, date: null, party: null }

/** A proposal with the documents behind its figures, also where nothing is proposed: then it says why not. */
export async function explainProposal(
  tx: Transaction,
  ctx: Context,
  query: { readonly productId: string; readonly warehouseId: string } & Partial<Outlook>,
) {
  const { productId, warehouseId } = query
  const outlook = outlookOf(query)
  // The figures and their documents are read one after the other: they must be of the same moment.
  void tx.command('set transaction isolation level repeatable read')
  const only = sql`and r.product_id = ${productId} and r.warehouse_id = ${warehouseId}`
  const [x] = await readProjection(
    tx,
    dynamic(projectedColumns, sql`select ${projectedFields} from ${projection(ctx, outlook, only)}`),
  )
  if (x === undefined) throw notFound('reorder level')
  const p: Of = {
    companyId: ctx.company.id,
    productId,
    warehouseId,
    leadTimeDays: x.leadTimeDays,
    today: ctx.today,
    until: x.until,
    now: ctx.now,
  }
  const [documents, days] = await Promise.all([tx.all(selectDocuments, p), tx.all(selectDays, p)])
  return {
    ...x,
    explanation: inWords(x, outlook),
    ...lowestOf(x, ctx.today, days),
    rows: [
      { ...plain, cause: 'on-hand' as const, label: 'On hand', quantity: x.onHand },
      ...(x.expired.gt(zero)
        ? [
            {
              ...plain,
              cause: 'expired' as const,
              label: 'Lots that have expired',
              quantity: x.expired.neg(),
            },
          ]
        : []),
      ...reasons(documents),
      ...(x.demand.gt(x.outgoing)
        ? [
            {
              ...plain,
              cause: 'demand' as const,
              label: `Expected besides what is ordered: ${x.demandPerDay.toFixed()} a day make ${x.demand.toFixed()} until ${x.until}`,
              quantity: x.outgoing.minus(x.demand),
            },
          ]
        : []),
    ],
  }
}

/** On the evening of the worst day: what is there, less what goes out, with what comes in until then. */
function lowestOf(
  x: Projected,
  today: CalendarDate,
  days: readonly { readonly date: CalendarDate; readonly change: Decimal }[],
): { lowest: Decimal; lowestOn: CalendarDate } {
  let there = x.onHand.minus(x.expired)
  let found = { lowest: there, lowestOn: today }
  for (const { date, change } of days) {
    there = there.plus(change)
    if (date === today || there.lt(found.lowest)) found = { lowest: there, lowestOn: date }
  }
  return found
}

function reasons(
  rows: readonly {
    cause: string
    kind: string
    id: string
    number: string | null
    party: string | null
    date: CalendarDate
    quantity: Decimal
    count: number
    all: Decimal
  }[],
): Reason[] {
  return (['incoming', 'drafted', 'outgoing'] as const).flatMap((cause) => {
    const own = rows.filter((row) => row.cause === cause)
    const shown = own.map(({ kind, id, number, party, date, quantity }): Reason => {
      const { title } = titles[kind as AnyKind]
      const name = `${title} ${number ?? '(draft)'} of ${party ?? ''}`
      return {
        cause,
        label: name.replace(/^./, (c) => c.toUpperCase()),
        quantity,
        kind,
        id,
        number,
        date,
        party,
      }
    })
    const [first] = own
    const more = first ? first.count - own.length : 0
    if (!first || more === 0) return shown
    const rest = first.all.minus(sum(own.map((row) => row.quantity)))
    return [...shown, { ...plain, cause: 'more' as const, label: `${more} more`, quantity: rest }]
  })
}
