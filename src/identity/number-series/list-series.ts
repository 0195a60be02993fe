import type { Context } from '../../kernel/context.ts'
import { notFound } from '../../kernel/problem.ts'
import { sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { numberIn, seriesOf } from './series-pattern.ts'

const seriesRows = statement(
  'load_number_series',
  { kind: 'text', pattern: 'text', version: 'int' },
  (p: { companyId: string }) =>
    sql`select kind, pattern, version from number_series where company_id = ${p.companyId} order by kind`,
)

const counterRows = statement(
  'load_number_counters',
  { kind: 'text', series: 'text', nextNumber: 'bigint' },
  (p: { companyId: string }) =>
    sql`select kind, series, next_number from number_counters where company_id = ${p.companyId}`,
)

/** The series of every kind of document, with the number that one of today would get. */
export async function listSeries(tx: Transaction, ctx: Context) {
  const companyId = ctx.company.id
  const [rows, counters] = await Promise.all([
    tx.all(seriesRows, { companyId }),
    tx.all(counterRows, { companyId }),
  ])
  return rows.map(({ kind, pattern, version }) => {
    const series = seriesOf(pattern, ctx.today)
    const counter = counters.find((each) => each.kind === kind && each.series === series)
    const nextNumber = counter?.nextNumber ?? 1
    return { kind, pattern, nextNumber, next: numberIn(series, nextNumber), version }
  })
}

/** @throws 404 */
export async function loadSeries(tx: Transaction, ctx: Context, kind: string) {
  const series = (await listSeries(tx, ctx)).find((each) => each.kind === kind)
  if (series === undefined) throw notFound('number series')
  return series
}
