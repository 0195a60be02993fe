import { patternsOf } from '../../journal/numbering.ts'
import { rowsParameter, sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'

interface Replacement {
  readonly kind: string
  readonly before: string
  readonly after: string
}

/** Series that are as they were given and have numbered nothing; the others are the company's own. */
const replacePatterns = statement(
  'replace_default_patterns',
  {},
  (p: { companyId: string; rows: readonly Replacement[] }) => sql`
    update number_series s set pattern = d.after, version = s.version + 1
    from json_to_recordset(${rowsParameter(p.rows)}::json) as d (kind text, before text, after text)
    where s.company_id = ${p.companyId} and s.kind = d.kind and s.pattern = d.before
      and not exists (select from number_counters c where c.company_id = s.company_id and c.kind = s.kind)`,
)

/** The first company is made before anybody said where it is: its numbers begin as those of its country do. */
export function followCountry(
  tx: Transaction,
  companyId: string,
  before: string | null,
  after: string | null,
): void {
  const [given, wanted] = [patternsOf(before), patternsOf(after)]
  const rows = Object.entries(wanted)
    .map(([kind, pattern]) => ({ kind, before: given[kind]!, after: pattern }))
    .filter((row) => row.before !== row.after)
  if (rows.length > 0) tx.write(replacePatterns, { companyId, rows })
}
