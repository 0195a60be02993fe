import type { Context } from '../kernel/context.ts'
import { sql } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { baseNetOfLines } from './base-net.ts'
import { type Grouping, groupColumns, keyOf } from './group-by.ts'
import { addUp } from './grouped.ts'
import { type Period, periodOf } from './period.ts'
import { type Answer, describeColumns, rowsOf } from './report.ts'

export const purchasesColumns = { ...groupColumns, quantity: 'quantity', net: 'money' } as const

/** Bills less vendor credits of a period without tax, in company currency at the rates of the documents. */
export async function purchasesReport(
  tx: Transaction,
  ctx: Context,
  query: Period & { readonly by?: Grouping | undefined },
  most: number,
): Promise<Answer<typeof purchasesColumns>> {
  const { from, to } = periodOf(ctx, query)
  const by = query.by ?? 'product'
  const { id: companyId, currency, minorDigits: digits } = ctx.company
  const figures = sql`
    bought as (${baseNetOfLines({ companyId, from, to, digits, kind: 'bill' })}),
    figure as (select ${keyOf(by)} as key, quantity, net, 0 as cost from bought)`
  const rows = await addUp(tx, ctx, by, figures, most)
  const [first] = rows
  return {
    currency,
    from,
    to,
    columns: describeColumns(purchasesColumns),
    items: rowsOf(purchasesColumns, rows),
    rowCount: first?.rowCount ?? 0,
    totals: first === undefined ? {} : { net: first.totalNet },
  }
}
