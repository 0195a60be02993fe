import { Type } from 'typebox'
import { DecimalOut, DateText, Id, object } from '../http/schemas.ts'
import type { Context } from '../kernel/context.ts'
import type { CalendarDate } from '../kernel/dates.ts'
import type { Decimal } from '../kernel/decimal.ts'
import { type Sql, sql, statement } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'

const amount = (description: string) => Type.Unsafe<Decimal>({ ...DecimalOut, description })

/** So many rows are answered, the largest first; the totals are of all. */
const mostRows = 1000

const buckets = {
  notDue: DecimalOut,
  days1to30: DecimalOut,
  days31to60: DecimalOut,
  days61to90: DecimalOut,
  over90: DecimalOut,
  open: amount('Open invoices or bills together.'),
  credit: amount('Credits and payments of the party that nothing was settled with yet.'),
  balance: amount('open less credit.'),
}

export const AgeingOut = object({
  asOf: DateText,
  currency: Type.String({ description: 'Of the company; what the totals are in.' }),
  items: Type.Array(
    object({
      partyId: Id,
      partyName: Type.String(),
      currency: Type.String({ description: 'Of the documents; what the figures of this row are in.' }),
      ...buckets,
      baseBalance: amount('The balance in company currency, at the rates of the documents.'),
    }),
    { description: `One per party and currency, the largest first, ${mostRows} at the most.` },
  ),
  totals: object({ ...buckets, parties: Type.Integer(), rows: Type.Integer() }),
})

type Side = 'customer' | 'vendor'
interface Asked {
  readonly companyId: string
  readonly side: Side
  readonly today: string
  readonly digits: number
  /** Of one party, or of all when null. */
  readonly partyId: string | null
}

/**
 * Every document of which something was open at the end of a day, as the side of the ledger that it stands on.
 * What was settled later is open again; of today nothing was.
 */
function openItems(p: Asked): Sql {
  const before = (
    alias: Sql,
  ) => sql`${alias}.company_id = ${p.companyId}::uuid and ${alias}.state = 'posted' and ${alias}.date <= ${p.today}::date
    and (${p.partyId}::uuid is null or ${alias}.party_id = ${p.partyId}::uuid)`
  // What a cancelled payment settled and what undid that have two dates: between them it would seem settled still.
  const counts = (paymentId: Sql) => sql`not exists (
    select from payments y where y.company_id = s.company_id and y.id = s.${paymentId} and y.state = 'cancelled')`
  const invoice = (kinds: Sql) => sql`
    select i.id, i.party_id, i.currency, i.gross, i.settled, i.due_date, i.exchange_rate from invoices i
    where ${before(sql`i`)} and i.kind = ${kinds} and i.settled < i.gross
      and not exists (select from later l where l.invoice_id = i.id)
    union all
    select i.id, i.party_id, i.currency, i.gross, i.settled - l.amount, i.due_date, i.exchange_rate
    from later l join invoices i on i.company_id = ${p.companyId}::uuid and i.id = l.invoice_id where ${before(sql`i`)} and i.kind = ${kinds}`
  return sql`
    with recent as (
      select claim_invoice_id, claim_payment_id, by_credit_id, by_payment_id, claim_amount, by_amount from settlements s
      where company_id = ${p.companyId}::uuid and date > ${p.today}::date and ${counts(sql`claim_payment_id`)} and ${counts(sql`by_payment_id`)}
    ), later as (
      select invoice_id, payment_id, sum(amount) as amount from (
        select claim_invoice_id as invoice_id, claim_payment_id as payment_id, claim_amount as amount from recent
        union all select by_credit_id, by_payment_id, by_amount from recent
      ) each group by invoice_id, payment_id
    ), claim as (${invoice(sql`case when ${p.side}::text = 'customer' then 'invoice' else 'bill' end`)}),
    given as (${invoice(sql`case when ${p.side}::text = 'customer' then 'credit-note' else 'vendor-credit' end`)}),
    money as (
      select y.id, y.party_id, y.currency, y.direction, y.side, y.amount - y.rounding as amount, y.settled, y.exchange_rate from payments y
      where ${before(sql`y`)} and y.side = ${p.side}::text and y.settled < y.amount - y.rounding
        and not exists (select from later l where l.payment_id = y.id)
      union all
      select y.id, y.party_id, y.currency, y.direction, y.side, y.amount - y.rounding, y.settled - l.amount, y.exchange_rate
      from later l join payments y on y.company_id = ${p.companyId}::uuid and y.id = l.payment_id where ${before(sql`y`)} and y.side = ${p.side}::text
    ), item as (
      select party_id, currency, gross - settled as open, 0::numeric as credit, ${p.today}::date - due_date as late, exchange_rate
      from claim where settled < gross
      union all
      select party_id, currency, 0, gross - settled, 0, exchange_rate
      from given where settled < gross
      union all
      select party_id, currency, 0, case when (direction = 'in') = (side = 'customer') then amount - settled else settled - amount end, 0, exchange_rate
      from money where settled < amount
    )`
}

const amounts = (value: (amount: Sql) => Sql): Sql => sql`
  coalesce(sum(${value(sql`open`)}) filter (where late <= 0), 0) as not_due,
  coalesce(sum(${value(sql`open`)}) filter (where late between 1 and 30), 0) as days1to30,
  coalesce(sum(${value(sql`open`)}) filter (where late between 31 and 60), 0) as days31to60,
  coalesce(sum(${value(sql`open`)}) filter (where late between 61 and 90), 0) as days61to90,
  coalesce(sum(${value(sql`open`)}) filter (where late > 90), 0) as over90,
  coalesce(sum(${value(sql`open`)}), 0) as open,
  coalesce(sum(${value(sql`credit`)}), 0) as credit,
  coalesce(sum(${value(sql`open`)}), 0) - coalesce(sum(${value(sql`credit`)}), 0) as balance`

const columns = {
  notDue: 'numeric',
  days1to30: 'numeric',
  days31to60: 'numeric',
  days61to90: 'numeric',
  over90: 'numeric',
  open: 'numeric',
  credit: 'numeric',
  balance: 'numeric',
} as const

const rowsOfAgeing = statement(
  'ageing_rows',
  { partyId: 'uuid', partyName: 'text', currency: 'text', ...columns, baseBalance: 'numeric' },
  (p: Asked) => sql`${openItems(p)}
    select g.party_id, coalesce(a.name, '') as party_name, g.currency, g.not_due, g.days1to30, g.days31to60, g.days61to90, g.over90,
      g.open, g.credit, g.balance, g.base_balance
    from (
      select party_id, currency, ${amounts((amount) => amount)},
        sum(round((open - credit) * exchange_rate, ${p.digits}::int)) as base_balance
      from item group by party_id, currency
    ) g left join parties a on a.company_id = ${p.companyId}::uuid and a.id = g.party_id
    order by g.base_balance desc, party_name, g.party_id, g.currency limit ${mostRows}`,
)

const totalsOfAgeing = statement(
  'ageing_totals',
  { ...columns, parties: 'int', rows: 'int' },
  (p: Asked) => sql`${openItems(p)}
    select ${amounts((amount) => sql`round(${amount} * exchange_rate, ${p.digits}::int)`)},
      count(distinct party_id)::int as parties, count(distinct (party_id, currency))::int as rows from item`,
)

/**
 * Who owes what (or is owed, of vendors), by how long it was due at the end of a day, today unless another is asked for. Rows are in the currency of the
 * documents; totals in company currency, each document at its own rate.
 */
export async function ageing(
  tx: Transaction,
  ctx: Context,
  side: Side,
  {
    partyId = null,
    asOf = ctx.today,
  }: { readonly partyId?: string | null; readonly asOf?: CalendarDate } = {},
) {
  const { id: companyId, minorDigits: digits, currency } = ctx.company
  const asked = { companyId, side, today: asOf, digits, partyId }
  const [items, totals] = await Promise.all([tx.all(rowsOfAgeing, asked), tx.one(totalsOfAgeing, asked)])
  return { asOf, currency, items, totals }
}
