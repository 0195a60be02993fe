import { type Statement, raw, rowsParameter, snake, sql, statement } from './sql.ts'

/**
 * Declares the update of one row of `table`, whose version goes up. Lock the row and compare its version
 * before; columns that did not change are written as they were.
 */
export function updateRow<const K extends readonly string[]>(
  table: string,
  columns: K,
): Statement<{ companyId: string; id: string; row: Record<K[number], unknown> }, object> {
  const assignments = columns.map((column) => `"${snake(column)}" = r."${snake(column)}"`).join(', ')
  const set = raw(`update ${table} t set ${assignments}, version = t.version + 1`)
  const rows = raw(`::json) r`)
  const from = raw(`json_populate_recordset(null::${table}, `)
  return statement(
    `update_${table}`,
    {},
    (p: { companyId: string; id: string; row: Record<K[number], unknown> }) =>
      sql`${set} from ${from}${rowsParameter([p.row])}${rows} where t.company_id = ${p.companyId} and t.id = ${p.id}`,
  )
}
