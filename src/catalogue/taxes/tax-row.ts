import { notFound } from '../../kernel/problem.ts'
import { type Row, type Sql, sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'

/** A tax as the API shows it. */
export const taxColumns = {
  id: 'uuid',
  name: 'text',
  rate: 'text',
  category: 'text',
  exemptionReason: 'text?',
  archived: 'bool',
  version: 'int',
  createdAt: 'timestamptz',
} as const
export type TaxRow = Row<typeof taxColumns>

/** In the order of `taxColumns`, from `taxes t`. */
export const selectTax: Sql = sql`
  select t.id, t.name, t.rate::text, t.category, t.exemption_reason, t.archived, t.version, t.created_at`

interface Key {
  companyId: string
  id: string
}

const loadTaxRow = statement(
  'load_tax',
  taxColumns,
  (p: Key) => sql`${selectTax} from taxes t where t.company_id = ${p.companyId} and t.id = ${p.id}`,
)

export const lockTaxRow = statement(
  'lock_tax',
  taxColumns,
  (p: Key) =>
    sql`${selectTax} from taxes t where t.company_id = ${p.companyId} and t.id = ${p.id} for update`,
)

/** @throws 404 */
export async function loadTax(tx: Transaction, companyId: string, id: string): Promise<TaxRow> {
  const tax = await tx.maybe(loadTaxRow, { companyId, id })
  if (tax === null) throw notFound('tax')
  return tax
}
