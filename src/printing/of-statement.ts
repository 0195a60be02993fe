import { findCurrency } from '../catalogue/index.ts'
import type { Context } from '../kernel/context.ts'
import { type Decimal, sum, zero } from '../kernel/decimal.ts'
import { notFound } from '../kernel/problem.ts'
import { sql, statement } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { findParty } from '../parties/index.ts'
import { partyBlock } from './addresses.ts'
import type { House } from './house.ts'
import { type Content, column, factsOf, printRow } from './print-model.ts'
import type { Language, Word } from './words.ts'

/**
 * Everything that moved what a customer owes in one currency, the oldest first. Money that settles a document in another
 * currency counts in that one from then on, by what it settled, and no longer in its own: who has paid owes nothing, and
 * has nothing left.
 */
const selectMovements = statement(
  'select_statement_movements',
  { kind: 'text', number: 'text?', date: 'date', dueDate: 'date?', amount: 'numeric', open: 'numeric' },
  (p: { companyId: string; partyId: string; currency: string; to: string }) => sql`
    select m.kind, m.number, m.date, m.due_date, m.amount, m.open from (
      select kind, number, date, case when kind = 'invoice' then due_date end as due_date,
        case when kind = 'invoice' then gross else -gross end as amount,
        case when kind = 'invoice' then gross - settled else settled - gross end as open, id
      from invoices where company_id = ${p.companyId} and party_id = ${p.partyId} and currency = ${p.currency}
        and state = 'posted' and kind in ('invoice', 'credit-note') and date <= ${p.to}::date
      union all
      select 'payment-' || y.direction, y.number, part.date, null,
        case when y.direction = 'in' then -sum(part.amount) else sum(part.amount) end, 0, y.id
      from payments y, lateral (
        select y.date, y.currency, y.amount - y.rounding as amount
        union all
        select greatest(s.date, y.date), side.currency, side.amount
        from settlements s
          join invoices i on i.company_id = s.company_id and i.id = coalesce(s.claim_invoice_id, s.by_credit_id) and i.currency <> y.currency,
          lateral (values
            (i.currency, case when s.by_payment_id = y.id then s.claim_amount else s.by_amount end),
            (y.currency, case when s.by_payment_id = y.id then -s.by_amount else -s.claim_amount end)) side(currency, amount)
        where s.company_id = y.company_id and (s.by_payment_id = y.id or s.claim_payment_id = y.id)
      ) part
      where y.company_id = ${p.companyId} and y.party_id = ${p.partyId} and y.state = 'posted' and y.side = 'customer'
        and part.currency = ${p.currency} and part.date <= ${p.to}::date
      group by y.company_id, y.id, part.date having sum(part.amount) <> 0
    ) m order by m.date, m.id`,
)

export interface StatementQuery {
  /** First day; null: everything there is. */
  readonly from: string | null
  readonly to: string
  readonly currency: string
}

/** What a customer owed, was charged and paid, day by day, and what is open. */
export async function contentOfStatement(
  tx: Transaction,
  ctx: Context,
  house: House,
  partyId: string,
  query: StatementQuery,
  language: Language,
): Promise<Content> {
  const companyId = ctx.company.id
  const { from, to } = query
  const [party, currency, movements] = await Promise.all([
    findParty(tx, companyId, partyId),
    findCurrency(tx, companyId, query.currency),
    tx.all(selectMovements, { companyId, partyId, currency: query.currency, to }),
  ])
  if (!party) throw notFound('party')
  if (!currency) throw notFound('currency')
  const digits = currency.minorDigits
  const say = (word: Word): string => language.word(word)
  const amount = (value: Decimal): string => language.amount(value, digits)
  const earlier = from === null ? [] : movements.filter((each) => each.date < from)
  let balance = sum(earlier.map((each) => each.amount))
  const opening = balance
  const rows = movements.slice(earlier.length).map((each) => {
    balance = balance.plus(each.amount)
    const name = [language.known(each.kind), each.number].filter(Boolean).join(' ')
    const charge = each.amount.gte(zero)
    return printRow(
      [
        language.date(each.date),
        name,
        each.dueDate === null ? '' : language.date(each.dueDate),
        charge ? amount(each.amount) : '',
        charge ? '' : amount(zero.minus(each.amount)),
        amount(balance),
      ],
      name,
    )
  })
  const overdue = sum(
    movements.filter((each) => each.dueDate !== null && each.dueDate < ctx.today).map((each) => each.open),
  )
  const first = from === null ? (movements[0]?.date ?? to) : from
  return {
    title: say('statement'),
    number: null,
    subtitle: null,
    stamp: null,
    code: null,
    partner: partyBlock(party, say('customer'), language, house.country),
    others: [],
    facts: factsOf([
      [say('period'), `${language.date(first)} – ${language.date(to)}`],
      [say('currency'), query.currency],
      [say('openingBalance'), from === null ? null : amount(opening)],
      [say('asOf'), language.date(ctx.today)],
    ]),
    columns: [
      column(say('date'), 'start'),
      column(say('document'), 'start', 'text'),
      column(say('dueDate'), 'start'),
      column(say('charge')),
      column(say('credit')),
      column(say('balance')),
    ],
    rows,
    taxes: null,
    totals: [
      { label: say('closingBalance'), value: language.money(balance, query.currency, digits), strong: true },
      ...(overdue.gt(zero) ? [{ label: say('overdue'), value: amount(overdue), strong: false }] : []),
    ],
    payment: null,
    notes: [],
    signatures: [],
  }
}
