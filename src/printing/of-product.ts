import type { Context } from '../kernel/context.ts'
import { notFound } from '../kernel/problem.ts'
import { sql, statement } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { codeOf } from './payment-code.ts'
import { type Content, printRow } from './print-model.ts'
import type { Language } from './words.ts'

const selectProduct = statement(
  'select_printing_product',
  { sku: 'text', name: 'text', barcode: 'text?', unit: 'text' },
  (p: { companyId: string; id: string }) =>
    sql`select sku, name, barcode, unit from products where company_id = ${p.companyId} and id = ${p.id}`,
)

/** A label of a product: a code that scanners read, and what people read. One row per label. */
export async function contentOfProduct(
  tx: Transaction,
  ctx: Context,
  id: string,
  copies: number,
  language: Language,
): Promise<Content> {
  const product = await tx.maybe(selectProduct, { companyId: ctx.company.id, id })
  if (!product) throw notFound('product')
  const { sku, name, barcode, unit } = product
  return {
    title: language.word('product-label'),
    number: sku,
    subtitle: null,
    stamp: null,
    code: codeOf(barcode ?? sku),
    partner: null,
    others: [],
    facts: [],
    columns: [],
    rows: Array.from({ length: copies }, () => printRow([name, sku, barcode ?? '', unit], name)),
    taxes: null,
    totals: [],
    payment: null,
    notes: [],
    signatures: [],
  }
}
