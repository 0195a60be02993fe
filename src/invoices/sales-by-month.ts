import { Type } from 'typebox'
import { DateText, DecimalOut, object } from '../http/schemas.ts'
import type { Context } from '../kernel/context.ts'
import type { Decimal } from '../kernel/decimal.ts'
import { sql, statement } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { liveMove } from '../stock/index.ts'

const amount = (description: string) => Type.Unsafe<Decimal>({ ...DecimalOut, description })

export const SalesByMonthQuery = object({
  months: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 36, default: 12, description: 'This month and those before it.' }),
  ),
})

export const SalesByMonthOut = object({
  currency: Type.String({ description: 'Of the company.' }),
  items: Type.Array(
    object({
      month: Type.Unsafe<string>({ ...DateText, description: 'Its first day.' }),
      net: amount('Invoices less credit notes of the month, without tax, at the rates of the documents.'),
      cost: amount('What the goods cost that were delivered in the month, less those that came back.'),
      margin: amount('net less cost.'),
      moneyIn: amount('Payments that came in.'),
      moneyOut: amount('Payments that went out.'),
    }),
    { description: 'The oldest first; months without anything too.' },
  ),
})

const selectMonths = statement(
  'sales_by_month',
  { month: 'date', net: 'numeric', cost: 'numeric', moneyIn: 'numeric', moneyOut: 'numeric' },
  (p: { companyId: string; today: string; months: number; digits: number }) => sql`
    with span as (
      select date_trunc('month', ${p.today}::date)::date as this_month,
        (date_trunc('month', ${p.today}::date) - make_interval(months => ${p.months}::int - 1))::date as first
    ), sale as (
      select date_trunc('month', i.date)::date as month,
        sum(case when i.kind = 'invoice' then 1 else -1 end * round(i.net * i.exchange_rate, ${p.digits}::int)) as net
      from invoices i, span
      where i.company_id = ${p.companyId}::uuid and i.kind in ('invoice', 'credit-note') and i.state = 'posted' and i.date >= span.first
      group by 1
    ), move as (
      select s.date, case when s.kind = 'delivery-note' then 1 else -1 end as sign, m.id, m.value
      from span, shipments s join stock_moves m on m.company_id = s.company_id and m.shipment_id = s.id and ${liveMove}
      where s.company_id = ${p.companyId}::uuid and s.kind in ('delivery-note', 'sales-return') and s.state = 'posted' and s.date >= span.first
    ), correction as (
      select c.move_id, sum(c.value_change) as change from stock_value_corrections c
      where c.company_id = ${p.companyId}::uuid and c.move_id in (select id from move) group by c.move_id
    ), cost as (
      select date_trunc('month', m.date)::date as month, sum(m.sign * (m.value + coalesce(c.change, 0))) as cost
      from move m left join correction c on c.move_id = m.id group by 1
    ), money as (
      select date_trunc('month', y.date)::date as month,
        sum(y.base_amount) filter (where y.direction = 'in') as money_in, sum(y.base_amount) filter (where y.direction = 'out') as money_out
      from payments y, span
      where y.company_id = ${p.companyId}::uuid and y.state = 'posted' and y.date >= span.first group by 1
    )
    select g.month::date as month, coalesce(sale.net, 0) as net, coalesce(cost.cost, 0) as cost,
      coalesce(money.money_in, 0) as money_in, coalesce(money.money_out, 0) as money_out
    from span cross join generate_series(span.first, span.this_month, interval '1 month') g(month)
    left join sale on sale.month = g.month left join cost on cost.month = g.month left join money on money.month = g.month
    order by g.month`,
)

/** Sales, their cost and the money that moved, month by month in company currency. What was cancelled or reversed counts nowhere. */
export async function salesByMonth(tx: Transaction, ctx: Context, months: number) {
  const { id: companyId, minorDigits: digits, currency } = ctx.company
  const rows = await tx.all(selectMonths, { companyId, today: ctx.today, months, digits })
  return { currency, items: rows.map((row) => ({ ...row, margin: row.net.minus(row.cost) })) }
}
