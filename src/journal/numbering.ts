import type { CalendarDate } from '../kernel/dates.ts'
import { type Sql, sql } from '../kernel/sql.ts'

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
 * The next number of a kind's series, as an expression for the statement that gives it to a document.
 * The counter row is locked from there to the commit and rolled back with it, so there is no gap and no
 * repeat (R15); being an expression, it costs no round trip of its own. Send that statement late.
 */
export function takeNumber(companyId: string, kind: string, date: CalendarDate): Sql {
  return sql`take_number(${companyId}::uuid, ${kind}::text, ${date}::date)`
}
