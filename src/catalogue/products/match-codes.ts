import { sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { type ProductRow, productColumns, selectProduct } from './product-row.ts'

/** How a code names a product; a barcode of a unit names the unit too. */
export type MatchedBy = 'sku' | 'barcode' | 'vendor-code'

export interface CodeMatch {
  readonly code: string
  readonly productId: string
  readonly unit: string
  readonly by: MatchedBy
}

const findMatches = statement(
  'match_product_codes',
  { code: 'text', productId: 'uuid', unit: 'text', by: 'text' },
  (p: { companyId: string; codes: readonly string[]; partyId: string | null }) => sql`
    select p.sku as code, p.id as product_id, p.unit, 'sku' as by
    from products p where p.company_id = ${p.companyId} and not p.archived and p.sku = any(${p.codes}::text[])
    union all
    select p.barcode, p.id, p.unit, 'barcode'
    from products p where p.company_id = ${p.companyId} and not p.archived and p.barcode = any(${p.codes}::text[])
    union all
    select u.barcode, p.id, u.unit, 'barcode'
    from product_units u join products p on p.company_id = u.company_id and p.id = u.product_id
    where u.company_id = ${p.companyId} and not p.archived and u.barcode = any(${p.codes}::text[])
    union all
    select v.code, p.id, coalesce(v.unit, p.unit), 'vendor-code'
    from product_vendors v join products p on p.company_id = v.company_id and p.id = v.product_id
    where v.company_id = ${p.companyId} and v.party_id = ${p.partyId}::uuid and not p.archived and v.code = any(${p.codes}::text[])`,
)

const findMatched = statement(
  'find_matched_products',
  productColumns,
  (p: { companyId: string; ids: readonly string[] }) => sql`
    ${selectProduct} from products p where p.company_id = ${p.companyId} and p.id = any(${p.ids}::uuid[])`,
)

/**
 * Products that many codes name exactly, as they come from a scanner or a spreadsheet. A code that is somebody's
 * sku names that product and no other; a code of nothing is missing in the answer.
 * @param partyId the vendor whose own product codes are taken too.
 */
export async function matchCodes(
  tx: Transaction,
  companyId: string,
  codes: readonly string[],
  partyId: string | null,
): Promise<{ matches: CodeMatch[]; products: ProductRow[] }> {
  const found = (await tx.all(findMatches, { companyId, codes, partyId })) as CodeMatch[]
  const skus = new Set(found.filter(({ by }) => by === 'sku').map(({ code }) => code))
  const seen = new Set<string>()
  const matches = found.filter(({ code, productId, by }) => {
    if (by !== 'sku' && skus.has(code)) return false
    const key = `${productId} ${code}`
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
  if (matches.length === 0) return { matches, products: [] }
  const ids = [...new Set(matches.map(({ productId }) => productId))]
  return { matches, products: await tx.all(findMatched, { companyId, ids }) }
}
