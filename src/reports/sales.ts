import type { Context } from '../kernel/context.ts'
import { hundred, round, zero } from '../kernel/decimal.ts'
import { sql } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { liveMove } from '../stock/index.ts'
import { baseNetOfLines } from './base-net.ts'
import { type Grouping, groupColumns, keyOf } from './group-by.ts'
import { addUp } from './grouped.ts'
import { type Period, periodOf } from './period.ts'
import { type Answer, describeColumns, rowsOf } from './report.ts'

export const salesColumns = {
  ...groupColumns,
  quantity: 'quantity',
  net: 'money',
  cost: 'money',
  margin: 'money',
  marginPercent: 'percent',
} as const

/**
 * Invoices less credit notes of a period without tax, and beside them what the goods cost that were delivered in
 * it, less those that came back. In company currency, at the rates of the documents.
 */
export async function salesReport(
  tx: Transaction,
  ctx: Context,
  query: Period & { readonly by?: Grouping | undefined },
  most: number,
): Promise<Answer<typeof salesColumns>> {
  const { from, to } = periodOf(ctx, query)
  const by = query.by ?? 'product'
  const { id: companyId, currency, minorDigits: digits } = ctx.company
  const figures = sql`
    sold as (${baseNetOfLines({ companyId, from, to, digits, kind: 'invoice' })}),
    move as (
      select s.party_id, s.date, m.product_id, m.id, case when s.kind = 'delivery-note' then 1 else -1 end as sign, m.value
      from shipments s join stock_moves m on m.company_id = s.company_id and m.shipment_id = s.id and ${liveMove}
      where s.company_id = ${companyId}::uuid and s.kind in ('delivery-note', 'sales-return') and s.state = 'posted'
        and s.date between ${from}::date and ${to}::date
    ), correction as (
      select move_id, sum(value_change) as change from stock_value_corrections
      where company_id = ${companyId}::uuid and move_id in (select id from move) group by move_id
    ), figure as (
      select ${keyOf(by)} as key, quantity, net, 0 as cost from sold
      union all
      select ${keyOf(by)}, 0, 0, sign * (value + coalesce(change, 0)) from move left join correction on move_id = id
    )`
  const rows = await addUp(tx, ctx, by, figures, most)
  const [first] = rows
  return {
    currency,
    from,
    to,
    columns: describeColumns(salesColumns),
    items: rowsOf(
      salesColumns,
      rows.map((row) => {
        const margin = row.net.minus(row.cost)
        const marginPercent = row.net.eq(zero) ? null : round(margin.times(hundred).div(row.net), 1)
        return { ...row, margin, marginPercent }
      }),
    ),
    rowCount: first?.rowCount ?? 0,
    totals:
      first === undefined
        ? {}
        : { net: first.totalNet, cost: first.totalCost, margin: first.totalNet.minus(first.totalCost) },
  }
}
