import type { Context } from '../kernel/context.ts'
import type { CalendarDate } from '../kernel/dates.ts'
import { statement, sql } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'

/** What a new company starts with; editable under Settings > Numbering. */
export const defaultPatterns: Readonly<Record<string, string>> = {
  'sales-order': 'SO-{YYYY}-{####}',
  'purchase-order': 'PO-{YYYY}-{####}',
  'delivery-note': 'DN-{YYYY}-{####}',
  'receipt-note': 'RN-{YYYY}-{####}',
  'sales-return': 'SR-{YYYY}-{####}',
  'purchase-return': 'PR-{YYYY}-{####}',
  'stock-adjustment': 'ADJ-{YYYY}-{####}',
  'stock-transfer': 'TR-{YYYY}-{####}',
  'stock-reservation': 'RES-{YYYY}-{####}',
  invoice: 'INV-{YYYY}-{####}',
  bill: 'BILL-{YYYY}-{####}',
  'credit-note': 'CN-{YYYY}-{####}',
  'vendor-credit': 'VC-{YYYY}-{####}',
  payment: 'PAY-{YYYY}-{####}',
}

/**
 * The next number of a kind's series, on one line of SQL that a document's update takes it from:
 * the counter row is locked until commit and rolled back with it, so there is no gap and no repeat (R15).
 * The pattern is filled in by the database, so no earlier read is needed.
 */
export const takeNumber = statement(
  'take_number',
  { number: 'text' },
  (p: { companyId: string; kind: string; date: CalendarDate }) => sql`
    with series as (
      select s.pattern,
        replace(replace(replace(s.pattern, '{YYYY}', to_char(${p.date}::date, 'YYYY')), '{YY}', to_char(${p.date}::date, 'YY')), '{MM}', to_char(${p.date}::date, 'MM')) as filled
      from number_series s where s.company_id = ${p.companyId} and s.kind = ${p.kind}
    ), counter as (
      insert into number_counters as c (company_id, kind, series, next_number)
      select ${p.companyId}, ${p.kind}, filled, 2 from series
      on conflict (company_id, kind, series) do update set next_number = c.next_number + 1
      returning c.next_number - 1 as taken
    )
    select regexp_replace(filled, '\{#+\}', lpad(taken::text, greatest(length(substring(filled from '\{(#+)\}')), length(taken::text)), '0')) as number
    from series, counter`,
)

/** Takes the next number. Send it as late as possible: the series is locked from here to the commit. */
export async function nextNumber(
  tx: Transaction,
  ctx: Context,
  kind: string,
  date: CalendarDate,
): Promise<string> {
  return (await tx.one(takeNumber, { companyId: ctx.company.id, kind, date })).number
}

/** True when a number has the form of the series, so that giving it by hand could repeat or leave a gap. */
export function belongsToSeries(pattern: string, number: string): boolean {
  const source = pattern
    .split(/(\{[^}]*\})/)
    .map((part) => {
      if (part === '{YYYY}') return '\\d{4}'
      if (part === '{YY}' || part === '{MM}') return '\\d{2}'
      if (/^\{#+\}$/.test(part)) return '\\d+'
      return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    })
    .join('')
  return new RegExp(`^${source}$`).test(number)
}
