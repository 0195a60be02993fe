import type { Context } from '../../kernel/context.ts'
import { searchText } from '../../kernel/search.ts'
import { insertInto, sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { updateRow } from '../../kernel/update-row.ts'
import type { ProductFields } from './product-rules.ts'

const columns = [
  'sku',
  'name',
  'description',
  'type',
  'tracking',
  'valuation',
  'unit',
  'barcode',
  'cnCode',
  'pkwiuCode',
  'gtuCode',
  'category',
  'salesPrice',
  'purchasePrice',
  'taxIds',
  'purchaseTaxIds',
  'weight',
  'tolerancePercent',
  'notes',
  'search',
] as const

// What a column list leaves out takes its default.
const insertProducts = insertInto('products', ['companyId', 'id', ...columns, 'createdAt'])
const updateProduct = updateRow('products', columns)
const insertUnits = insertInto('product_units', [
  'companyId',
  'productId',
  'unit',
  'numerator',
  'denominator',
  'barcode',
])
const insertVendors = insertInto('product_vendors', [
  'companyId',
  'productId',
  'partyId',
  'code',
  'name',
  'price',
  'currency',
  'unit',
  'minimumQuantity',
  'leadTimeDays',
  'preferred',
])
const deleteUnits = statement(
  'delete_product_units',
  {},
  (p: { companyId: string; id: string }) =>
    sql`delete from product_units where company_id = ${p.companyId} and product_id = ${p.id}`,
)
const deleteVendors = statement(
  'delete_product_vendors',
  {},
  (p: { companyId: string; id: string }) =>
    sql`delete from product_vendors where company_id = ${p.companyId} and product_id = ${p.id}`,
)

export interface Identified {
  readonly id: string
  readonly fields: ProductFields
}

export function writeNewProducts(tx: Transaction, ctx: Context, products: readonly Identified[]): void {
  const companyId = ctx.company.id
  tx.write(insertProducts, {
    rows: products.map(({ id, fields }) => ({ companyId, id, ...rowOf(fields), createdAt: ctx.now })),
  })
  writeUnits(tx, companyId, products)
  writeVendors(tx, companyId, products)
}

/** Writes a product over its former self; units and vendors only when they are among what changes. */
export function writeChangedProduct(
  tx: Transaction,
  ctx: Context,
  product: Identified,
  changes: { units: boolean; vendors: boolean },
): void {
  const companyId = ctx.company.id
  const { id } = product
  tx.write(updateProduct, { companyId, id, row: rowOf(product.fields) })
  if (changes.units) {
    tx.write(deleteUnits, { companyId, id })
    writeUnits(tx, companyId, [product])
  }
  if (changes.vendors) {
    tx.write(deleteVendors, { companyId, id })
    writeVendors(tx, companyId, [product])
  }
}

function rowOf({ units, vendors, ...fields }: ProductFields) {
  return {
    ...fields,
    search: searchText([
      fields.name,
      fields.sku,
      fields.barcode,
      fields.category,
      ...units.map((unit) => unit.barcode),
      ...vendors.flatMap((vendor) => [vendor.code, vendor.name]),
    ]),
  }
}

function writeUnits(tx: Transaction, companyId: string, products: readonly Identified[]): void {
  const rows = products.flatMap(({ id, fields }) =>
    fields.units.map((unit) => ({ companyId, productId: id, ...unit })),
  )
  if (rows.length > 0) tx.write(insertUnits, { rows })
}

function writeVendors(tx: Transaction, companyId: string, products: readonly Identified[]): void {
  const rows = products.flatMap(({ id, fields }) =>
    fields.vendors.map((vendor) => ({ companyId, productId: id, ...vendor })),
  )
  if (rows.length > 0) tx.write(insertVendors, { rows })
}
