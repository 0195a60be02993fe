import type { Context } from '../kernel/context.ts'
import { sum } from '../kernel/decimal.ts'
import { sql, statement } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { type Period, periodOf } from './period.ts'
import { type Answer, describeColumns } from './report.ts'

export const taxesColumns = {
  side: 'text',
  name: 'text',
  rate: 'percent',
  category: 'text',
  net: 'money',
  tax: 'money',
} as const

interface Asked {
  readonly companyId: string
  readonly from: string
  readonly to: string
  readonly digits: number
}

const rowsOfTaxes = statement(
  'report_taxes',
  { side: 'text', name: 'text', rate: 'numeric', category: 'text', net: 'numeric', tax: 'numeric' },
  (p: Asked) => sql`
    select case when i.kind in ('invoice', 'credit-note') then 'sales' else 'purchases' end as side, t.name, t.rate, t.category,
      sum(s.sign * round(t.net * i.exchange_rate, ${p.digits}::int)) as net, sum(s.sign * round(t.tax * i.exchange_rate, ${p.digits}::int)) as tax
    from invoices i
    cross join lateral (select case when i.kind in ('invoice', 'bill') then 1 else -1 end as sign) s
    cross join lateral jsonb_to_recordset(i.taxes) as t(name text, rate numeric, category text, net numeric, tax numeric)
    where i.company_id = ${p.companyId}::uuid and i.state = 'posted'
      and coalesce(i.sale_date, i.date) between ${p.from}::date and ${p.to}::date
    group by 1, t.name, t.rate, t.category order by 1 desc, t.rate desc, t.name, t.category`,
)

/**
 * Tax by rate, of sales and of purchases: invoices less credit notes, bills less vendor credits, in company currency
 * at the rates of the documents, in the period of the delivery or advance where that differs from the issue date.
 */
export async function taxesReport(
  tx: Transaction,
  ctx: Context,
  query: Period,
): Promise<Answer<typeof taxesColumns>> {
  const { from, to } = periodOf(ctx, query)
  const { id: companyId, currency, minorDigits: digits } = ctx.company
  const rows = await tx.all(rowsOfTaxes, { companyId, from, to, digits })
  const of = (side: string) => sum(rows.filter((row) => row.side === side).map((row) => row.tax))
  const [sales, purchases] = [of('sales'), of('purchases')]
  const totals = { salesTax: sales, purchasesTax: purchases, toPay: sales.minus(purchases) }
  return {
    currency,
    from,
    to,
    columns: describeColumns(taxesColumns),
    items: rows,
    rowCount: rows.length,
    totals,
  }
}
