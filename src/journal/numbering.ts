import type { CalendarDate } from '../kernel/dates.ts'
import { type Sql, sql } from '../kernel/sql.ts'
import { stockCount, titles } from '../kinds.ts'

/** What a new company starts with, by its country; editable under Settings > Numbering. */
export function patternsOf(country: string | null): Readonly<Record<string, string>> {
  const head = country === 'PL' ? 'PL' : 'usual'
  return Object.fromEntries(
    Object.entries({ ...titles, 'stock-count': stockCount }).map(([kind, { series }]) => [
      kind,
      `${series[head]}-{YYYY}-{####}`,
    ]),
  )
}

/**
 * The next number of a kind's series, as an expression for the statement that gives it to a document.
 * The counter row is locked from there to the commit and rolled back with it, so there is no gap and no
 * repeat (R15); being an expression, it costs no round trip of its own. Send that statement late.
 */
export function takeNumber(companyId: string, kind: string, date: CalendarDate): Sql {
  return sql`take_number(${companyId}::uuid, ${kind}::text, ${date}::date)`
}
