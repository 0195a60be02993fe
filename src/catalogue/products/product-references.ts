import type { Context } from '../../kernel/context.ts'
import { ruleBroken } from '../../kernel/problem.ts'
import { sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import type { ProductFields } from './product-rules.ts'

// Locked until the end, so that no tax can be deleted while a product comes to use it.
const lockTaxes = statement(
  'lock_taxes_of_products',
  { id: 'uuid' },
  (p: { companyId: string; ids: readonly string[] }) =>
    sql`select id from taxes where company_id = ${p.companyId} and id = any(${p.ids}::uuid[]) order by id for key share`,
)

const findVendors = statement(
  'find_vendors_of_products',
  { id: 'uuid', vendor: 'bool', name: 'text', currency: 'text?' },
  (p: { companyId: string; ids: readonly string[] }) =>
    sql`select id, vendor, name, currency from parties where company_id = ${p.companyId} and id = any(${p.ids}::uuid[])`,
)

/**
 * Refuses taxes and vendors that do not exist, and gives a vendor's price without a currency that of the
 * vendor (or the company).
 * @param at the JSON pointer of each product.
 */
export async function resolveReferences(
  tx: Transaction,
  ctx: Context,
  products: readonly ProductFields[],
  at: (index: number) => string,
): Promise<ProductFields[]> {
  const companyId = ctx.company.id
  const taxIds = unique(products.flatMap((p) => [...p.taxIds, ...p.purchaseTaxIds]))
  const partyIds = unique(products.flatMap((p) => p.vendors.map((v) => v.partyId)))
  const [taxes, vendors] = await Promise.all([
    taxIds.length === 0 ? [] : tx.all(lockTaxes, { companyId, ids: taxIds }),
    partyIds.length === 0 ? [] : tx.all(findVendors, { companyId, ids: partyIds }),
  ])
  const knownTaxes = new Set(taxes.map((tax) => tax.id))
  const knownVendors = new Map(vendors.map((vendor) => [vendor.id, vendor]))
  return products.map((product, index) => {
    const here = at(index)
    for (const field of ['taxIds', 'purchaseTaxIds'] as const) {
      for (const [i, id] of product[field].entries()) {
        if (!knownTaxes.has(id)) {
          throw ruleBroken(
            'unknown-tax',
            `${here}/${field}/${i}`,
            'This tax does not exist. See GET /taxes for those that do.',
          )
        }
      }
    }
    return {
      ...product,
      vendors: product.vendors.map((vendor, i) => {
        const party = knownVendors.get(vendor.partyId)
        const pointer = `${here}/vendors/${i}/partyId`
        if (!party) throw ruleBroken('unknown-party', pointer, 'This party does not exist.')
        if (!party.vendor) {
          throw ruleBroken('not-a-vendor', pointer, `${party.name} is not a vendor. Give it the role first.`)
        }
        if (vendor.price === null || vendor.currency !== null) return vendor
        return { ...vendor, currency: party.currency ?? ctx.company.currency }
      }),
    }
  })
}

function unique(ids: readonly string[]): string[] {
  return [...new Set(ids)]
}
