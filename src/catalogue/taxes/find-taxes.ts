import type { Decimal } from '../../kernel/decimal.ts'
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

const findTaxRows = statement(
  'find_taxes',
  columns,
  (p: { companyId: string; ids: readonly string[] }) =>
    sql`select id, name, rate, category, archived from taxes where company_id = ${p.companyId} and id = any(${p.ids}::uuid[])`,
)

const findAllTaxRows = statement(
  'find_all_taxes',
  columns,
  (p: { companyId: string }) =>
    sql`select id, name, rate, category, archived from taxes where company_id = ${p.companyId} order by id`,
)

/** Taxes by id, archived ones too. Ids of no tax of the company are missing in the answer. */
export async function findTaxes(
  tx: Transaction,
  companyId: string,
  ids: readonly string[],
): Promise<Map<string, Tax>> {
  const rows = await tx.all(findTaxRows, { companyId, ids })
  return new Map(rows.map((tax) => [tax.id, tax]))
}

/** Every tax of the company: a handful, cheaper to read than to find out which are needed. */
export async function findAllTaxes(tx: Transaction, companyId: string): Promise<Map<string, Tax>> {
  const rows = await tx.all(findAllTaxRows, { companyId })
  return new Map(rows.map((tax) => [tax.id, tax]))
}
