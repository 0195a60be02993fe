import type { CalendarDate } from '../kernel/dates.ts'
import { type Sql, sql } from '../kernel/sql.ts'

const defaultPatterns = {
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

/** The abbreviations of the trade in Poland. Where it has two for one series, by direction, the series has both. */
const polishPatterns: Readonly<Record<keyof typeof defaultPatterns, string>> = {
  'sales-order': 'ZS-{YYYY}-{####}',
  'purchase-order': 'ZZ-{YYYY}-{####}',
  'delivery-note': 'WZ-{YYYY}-{####}',
  'receipt-note': 'PZ-{YYYY}-{####}',
  'sales-return': 'ZWS-{YYYY}-{####}',
  'purchase-return': 'ZWZ-{YYYY}-{####}',
  'stock-adjustment': 'PW-RW-{YYYY}-{####}',
  'stock-transfer': 'MM-{YYYY}-{####}',
  'stock-reservation': 'REZ-{YYYY}-{####}',
  invoice: 'FS-{YYYY}-{####}',
  bill: 'FZ-{YYYY}-{####}',
  'credit-note': 'KFS-{YYYY}-{####}',
  'vendor-credit': 'KFZ-{YYYY}-{####}',
  payment: 'WP-WY-{YYYY}-{####}',
}

/** What a new company starts with, by its country; editable under Settings > Numbering. */
export function patternsOf(country: string | null): Readonly<Record<string, string>> {
  return country === 'PL' ? polishPatterns : defaultPatterns
}

/**
 * The next number of a kind's series, as an expression for the statement that gives it to a document.
 * The counter row is locked from there to the commit and rolled back with it, so there is no gap and no
 * repeat (R15); being an expression, it costs no round trip of its own. Send that statement late.
 */
export function takeNumber(companyId: string, kind: string, date: CalendarDate): Sql {
  return sql`take_number(${companyId}::uuid, ${kind}::text, ${date}::date)`
}
