import type { Decimal } from '../../kernel/decimal.ts'
import { json, sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import type { Unit } from '../units.ts'

/** What documents need to know of a product. */
export interface Product {
  readonly id: string
  readonly sku: string
  readonly name: string
  readonly type: 'stocked' | 'service'
  readonly tracking: 'none' | 'lot' | 'serial'
  readonly valuation: 'average' | 'fifo'
  /** The base unit; `units` are the others. */
  readonly unit: string
  readonly salesPrice: Decimal | null
  readonly purchasePrice: Decimal | null
  readonly taxIds: readonly string[]
  readonly purchaseTaxIds: readonly string[]
  /** Null: the company's. */
  readonly tolerancePercent: Decimal | null
  readonly archived: boolean
  readonly units: readonly Unit[]
}

const findProductRows = statement(
  'find_products',
  {
    id: 'uuid',
    sku: 'text',
    name: 'text',
    type: 'text',
    tracking: 'text',
    valuation: 'text',
    unit: 'text',
    salesPrice: 'numeric?',
    purchasePrice: 'numeric?',
    taxIds: 'uuid[]',
    purchaseTaxIds: 'uuid[]',
    tolerancePercent: 'numeric?',
    archived: 'bool',
    units: json<Unit[]>(),
  },
  (p: { companyId: string; ids: readonly string[] }) => sql`
    select p.id, p.sku, p.name, p.type, p.tracking, p.valuation, p.unit, p.sales_price, p.purchase_price,
      p.tax_ids, p.purchase_tax_ids, p.tolerance_percent, p.archived,
      coalesce((select json_agg(json_build_object('unit', u.unit, 'numerator', u.numerator, 'denominator', u.denominator) order by u.unit)
        from product_units u where u.company_id = p.company_id and u.product_id = p.id), '[]') as units
    from products p where p.company_id = ${p.companyId} and p.id = any(${p.ids}::uuid[])`,
)

/** Products by id, archived ones too. Ids of no product of the company are missing in the answer. */
export async function findProducts(
  tx: Transaction,
  companyId: string,
  ids: readonly string[],
): Promise<Map<string, Product>> {
  const rows = (await tx.all(findProductRows, { companyId, ids })) as Product[]
  return new Map(rows.map((product) => [product.id, product]))
}
