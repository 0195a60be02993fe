import type { Context } from '../kernel/context.ts'
import { notFound, ruleBroken } from '../kernel/problem.ts'
import { sql, statement } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { codeOf } from './payment-code.ts'
import { type Content, printRow } from './print-model.ts'
import type { Language } from './words.ts'

/** Labels in one file: more than a roll has. */
const mostLabels = 2000

const selectProducts = statement(
  'select_printing_products',
  { id: 'uuid', sku: 'text', name: 'text', barcode: 'text?', unit: 'text' },
  (p: { companyId: string; ids: readonly string[] }) =>
    sql`select id, sku, name, barcode, unit from products where company_id = ${p.companyId} and id = any(${p.ids}::uuid[])`,
)

/** Labels of products: a code that scanners read, and what people read. One row per label. */
export async function contentOfProducts(
  tx: Transaction,
  ctx: Context,
  lines: readonly { readonly productId: string; readonly copies: number }[],
  language: Language,
): Promise<Content> {
  if (lines.reduce((sum, { copies }) => sum + copies, 0) > mostLabels)
    throw ruleBroken('too-many-labels', '/lines', `At most ${mostLabels} labels are printed at once.`)
  const found = await tx.all(selectProducts, {
    companyId: ctx.company.id,
    ids: lines.map(({ productId }) => productId),
  })
  const labels = lines.flatMap(({ productId, copies }) => {
    const product = found.find(({ id }) => id === productId.toLowerCase())
    if (!product) throw notFound('product')
    return Array.from({ length: copies }, () => product)
  })
  const codes = new Map(found.map(({ id, barcode, sku }) => [id, codeOf(barcode ?? sku)]))
  const single = found.length === 1 ? found[0]! : null
  return {
    title: language.word('product-label'),
    number: single?.sku ?? null,
    subtitle: null,
    stamp: null,
    // Of several products no template may print one code on all labels: there is none but that of the row.
    code: single === null ? null : codes.get(single.id)!,
    codes: single === null ? labels.map(({ id }) => codes.get(id)!) : null,
    partner: null,
    others: [],
    facts: [],
    columns: [],
    rows: labels.map(({ name, sku, barcode, unit }) => printRow([name, sku, barcode ?? '', unit], name)),
    taxes: null,
    totals: [],
    payment: null,
    notes: [],
    signatures: [],
  }
}
