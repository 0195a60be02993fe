import type { Context } from '../kernel/context.ts'
import { json, sql, statement } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'
import type { Language } from './words.ts'

const selectCodes = statement(
  'select_printing_codes',
  {
    id: 'uuid',
    barcode: 'text?',
    cnCode: 'text?',
    pkwiuCode: 'text?',
    gtuCode: 'text?',
    units: json<Record<string, string | null>>(),
  },
  (p: { companyId: string; ids: readonly string[] }) => sql`
    select p.id, p.barcode, p.cn_code, p.pkwiu_code, p.gtu_code,
      coalesce((select json_object_agg(u.unit, u.barcode) from product_units u
        where u.company_id = p.company_id and u.product_id = p.id), '{}') as units
    from products p where p.company_id = ${p.companyId} and p.id = any(${p.ids}::uuid[])`,
)
const selectVendorCodes = statement(
  'select_printing_vendor_codes',
  { id: 'uuid', code: 'text?' },
  (p: { companyId: string; ids: readonly string[]; partyId: string }) => sql`
    select product_id as id, code from product_vendors where company_id = ${p.companyId}
      and product_id = any(${p.ids}::uuid[]) and party_id = ${p.partyId} and code is not null`,
)

interface Coded {
  readonly productId: string | null
  readonly unit: string
}

/** What a line says of its product beside the house's own code, worded. */
export type CodesOf = (line: Coded) => string[]

/**
 * GTIN of the unit that is sold, and what tariffs and tax offices call the product (EN 16931: BT-157, BT-158).
 * @param vendorId of what is ordered: the vendor finds it by its own code.
 */
export async function findCodes(
  tx: Transaction,
  ctx: Context,
  lines: readonly Coded[],
  language: Language,
  vendorId: string | null = null,
): Promise<CodesOf> {
  const companyId = ctx.company.id
  const ids = [...new Set(lines.flatMap(({ productId }) => productId ?? []))]
  if (ids.length === 0) return () => []
  const [rows, named] = await Promise.all([
    tx.all(selectCodes, { companyId, ids }),
    vendorId === null ? [] : tx.all(selectVendorCodes, { companyId, ids, partyId: vendorId }),
  ])
  const codes = new Map(rows.map((row) => [row.id, row]))
  const ofVendor = new Map(named.map((row) => [row.id, row.code]))
  return ({ productId, unit }) => {
    const found = productId === null ? undefined : codes.get(productId)
    if (!found) return []
    const { cnCode, pkwiuCode, gtuCode } = found
    // A pack has a number of its own, or none: that of one piece would be wrong on it.
    const gtin = unit in found.units ? found.units[unit] : found.barcode
    const vendorCode = ofVendor.get(found.id)
    return [
      vendorCode == null ? null : `${language.word('vendorCode')} ${vendorCode}`,
      gtin != null && isGtin(gtin) ? `${language.word('gtin')} ${gtin}` : null,
      cnCode === null ? null : `${language.word('cnCode')} ${cnCode}`,
      pkwiuCode === null ? null : `${language.word('pkwiu')} ${pkwiuCode}`,
      gtuCode,
    ].filter((each) => each !== null)
  }
}

/** What a scanner reads of a line: the barcode of its unit, else the house's own code. */
export async function findScanCodes(
  tx: Transaction,
  ctx: Context,
  lines: readonly (Coded & { readonly sku: string })[],
): Promise<(line: Coded & { readonly sku: string }) => string> {
  const ids = [...new Set(lines.flatMap(({ productId }) => productId ?? []))]
  const rows = await tx.all(selectCodes, { companyId: ctx.company.id, ids })
  const codes = new Map(rows.map((row) => [row.id, row]))
  return ({ productId, unit, sku }) => {
    const found = productId === null ? undefined : codes.get(productId)
    return (found && (unit in found.units ? found.units[unit] : found.barcode)) ?? sku
  }
}

/** 8, 12, 13 or 14 digits, the last of which checks the others; other barcodes are the house's own. */
export function isGtin(code: string): boolean {
  if (!/^(\d{8}|\d{12,14})$/.test(code)) return false
  const sum = Array.from(code)
    .toReversed()
    .reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 1 : 3), 0)
  return sum % 10 === 0
}
