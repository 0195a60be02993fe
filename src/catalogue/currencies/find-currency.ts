import type { Decimal } from '../../kernel/decimal.ts'
import { sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'

/** What documents need to know of a currency. */
export interface Currency {
  readonly code: string
  readonly minorDigits: number
  /** Smallest coin for cash payments; null: cash is not rounded. */
  readonly cashRounding: Decimal | null
}

const findCurrencyRow = statement(
  'find_currency',
  { code: 'text', minorDigits: 'int', cashRounding: 'numeric?' },
  (p: { companyId: string; code: string }) =>
    sql`select code, minor_digits::int, cash_rounding from currencies where company_id = ${p.companyId} and code = ${p.code}`,
)

/** A currency of the company; null when it does not keep that one. */
export function findCurrency(tx: Transaction, companyId: string, code: string): Promise<Currency | null> {
  return tx.maybe(findCurrencyRow, { companyId, code })
}
