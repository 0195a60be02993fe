import { type Decimal, sum, zero } from '../../kernel/decimal.ts'
import { sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'

/** What documents need to know of a tax. */
export interface Tax {
  readonly id: string
  readonly name: string
  /** Per cent. */
  readonly rate: Decimal
  /** EN 16931 code. */
  readonly category: string
  readonly archived: boolean
}

const columns = { id: 'uuid', name: 'text', rate: 'numeric', category: 'text', archived: 'bool' } as const

const findAllTaxRows = statement(
  'find_all_taxes',
  columns,
  (p: { companyId: string }) =>
    sql`select id, name, rate, category, archived from taxes where company_id = ${p.companyId} order by id`,
)

/** Every tax of the company: a handful, cheaper to read than to find out which are needed. */
export async function findAllTaxes(tx: Transaction, companyId: string): Promise<Map<string, Tax>> {
  const rows = await tx.all(findAllTaxRows, { companyId })
  return new Map(rows.map((tax) => [tax.id, tax]))
}

/** What these taxes together are on a price, per cent; one that is named twice counts once. */
export function taxPercentOf(ids: readonly string[], taxes: ReadonlyMap<string, Tax>): Decimal {
  return sum([...new Set(ids)].map((id) => taxes.get(id)?.rate ?? zero))
}
