import type { Context } from '../kernel/context.ts'
import { dynamic, sql } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { baseNetOfLines } from './base-net.ts'
import { type Grouping, groupColumns, keyOf, namesOf, orderOf } from './group-by.ts'
import { type Period, periodOf } from './period.ts'
import { type Answer, describeColumns, rowsOf } from './report.ts'

export const purchasesColumns = { ...groupColumns, quantity: 'quantity', net: 'money' } as const

const columns = {
  id: 'uuid?',
  code: 'text?',
  name: 'text?',
  month: 'date?',
  quantity: 'numeric?',
  net: 'numeric',
  rowCount: 'int',
  totalNet: 'numeric',
} as const

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
  const { names, from: joined } = namesOf(by, companyId)
  const rows = await tx.all(
    dynamic(
      columns,
      sql`
      with bought as (${baseNetOfLines({ companyId, from, to, digits, kind: 'bill' })}),
      g as (select ${keyOf(by)} as key, sum(quantity) as quantity, sum(net) as net from bought group by 1)
      select ${names}, ${by === 'product' ? sql`g.quantity` : sql`null::numeric as quantity`}, g.net,
        count(*) over ()::int as row_count, sum(g.net) over () as total_net
      from g ${joined} order by ${orderOf(by)} limit ${most}::integer`,
    ),
    undefined,
  )
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
