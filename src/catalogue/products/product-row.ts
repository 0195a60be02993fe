import { type Row, type Sql, json, sql, statement } from '../../kernel/sql.ts'

/** A product as the API shows it; prices keep the decimals they were entered with. */
export const productColumns = {
  id: 'uuid',
  sku: 'text',
  name: 'text',
  description: 'text?',
  type: 'text',
  tracking: 'text',
  valuation: 'text',
  unit: 'text',
  barcode: 'text?',
  cnCode: 'text?',
  pkwiuCode: 'text?',
  gtuCode: 'text?',
  category: 'text?',
  salesPrice: 'text?',
  purchasePrice: 'text?',
  taxIds: 'uuid[]',
  purchaseTaxIds: 'uuid[]',
  weight: 'text?',
  tolerancePercent: 'text?',
  notes: 'text?',
  archived: 'bool',
  version: 'int',
  createdAt: 'timestamptz',
  units: json<ProductUnit[]>(),
  vendors: json<ProductVendor[]>(),
} as const

export interface ProductUnit {
  readonly unit: string
  readonly numerator: number
  readonly denominator: number
  readonly barcode: string | null
}

export interface ProductVendor {
  readonly partyId: string
  readonly code: string | null
  readonly name: string | null
  readonly price: string | null
  readonly currency: string | null
  readonly unit: string | null
  readonly minimumQuantity: string | null
  readonly leadTimeDays: number | null
  readonly preferred: boolean
}

export type ProductRow = Row<typeof productColumns>

/** In the order of `productColumns`, from `products p`. */
export const selectProduct: Sql = sql`
  select p.id, p.sku, p.name, p.description, p.type, p.tracking, p.valuation, p.unit, p.barcode, p.cn_code,
    p.pkwiu_code, p.gtu_code, p.category,
    p.sales_price::text, p.purchase_price::text, p.tax_ids, p.purchase_tax_ids, p.weight::text,
    p.tolerance_percent::text, p.notes, p.archived, p.version, p.created_at,
    coalesce((select json_agg(json_build_object('unit', u.unit, 'numerator', u.numerator,
        'denominator', u.denominator, 'barcode', u.barcode) order by u.numerator::numeric / u.denominator, u.unit)
      from product_units u where u.company_id = p.company_id and u.product_id = p.id), '[]') as units,
    coalesce((select json_agg(json_build_object('partyId', v.party_id, 'code', v.code, 'name', v.name,
        'price', v.price::text, 'currency', v.currency, 'unit', v.unit,
        'minimumQuantity', v.minimum_quantity::text, 'leadTimeDays', v.lead_time_days,
        'preferred', v.preferred) order by v.preferred desc, v.party_id)
      from product_vendors v where v.company_id = p.company_id and v.product_id = p.id), '[]') as vendors`

interface Key {
  companyId: string
  id: string
}

export const loadProductRow = statement(
  'load_product',
  productColumns,
  (p: Key) => sql`${selectProduct} from products p where p.company_id = ${p.companyId} and p.id = ${p.id}`,
)

export const lockProductRow = statement(
  'lock_product',
  productColumns,
  (p: Key) =>
    sql`${selectProduct} from products p where p.company_id = ${p.companyId} and p.id = ${p.id} for update of p`,
)
