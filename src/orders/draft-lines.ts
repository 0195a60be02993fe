import type { Static } from 'typebox'
import {
  type Product,
  type Tax,
  choosePrices,
  findAllTaxes,
  findProducts,
  toBase,
  unitOf,
} from '../catalogue/index.ts'
import type { Context } from '../kernel/context.ts'
import type { CalendarDate } from '../kernel/dates.ts'
import { type Decimal, decimal, fits, hundred, sum, zero } from '../kernel/decimal.ts'
import { Problem, ruleBroken } from '../kernel/problem.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { type LineTax, type Totals, computeTotals } from '../totals.ts'
import type { LineInput } from './schemas.ts'

type Input = Static<typeof LineInput>

/** A line as a document keeps it, before totals: names, units and taxes as they are now (R16). */
export interface DraftLine {
  readonly productId: string | null
  readonly stocked: boolean
  readonly sku: string | null
  readonly description: string
  readonly unit: string
  readonly numerator: number
  readonly denominator: number
  readonly quantity: Decimal
  readonly baseQuantity: Decimal
  readonly unitPrice: Decimal
  readonly discountPercent: Decimal
  readonly priceSource: string
  readonly taxes: LineTax[]
  readonly product: Product | null
}

export interface Pricing {
  readonly side: 'sales' | 'purchase'
  readonly partyId: string
  readonly currency: string
  readonly date: CalendarDate
  readonly priceBookId: string | null
  readonly pricesIncludeTax: boolean
}

/** The products and taxes of a document's lines, in one burst with whatever else the caller reads. */
export async function loadLineData(tx: Transaction, ctx: Context, lines: readonly Input[]) {
  const ids = [...new Set(lines.flatMap((l) => (l.productId ? [l.productId] : [])))]
  const [products, taxes] = await Promise.all([
    findProducts(tx, ctx.company.id, ids),
    findAllTaxes(tx, ctx.company.id),
  ])
  return { products, taxes }
}

/**
 * Makes draft lines from what was entered: product data, unit ratio, price and taxes are filled in where
 * they were left out. A price that was entered stays; it is never recalculated (S19).
 * @throws 422 with a pointer for every line at fault, all at once.
 */
export async function buildLines(
  tx: Transaction,
  ctx: Context,
  lines: readonly Input[],
  data: Awaited<ReturnType<typeof loadLineData>>,
  pricing: Pricing,
): Promise<DraftLine[]> {
  const faults = new Faults()
  const drafts = lines.map((line, i) => faults.collect(() => draftLine(line, `/lines/${i}`, data, pricing)))
  faults.throwIfAny()
  const unpriced = drafts.flatMap((draft, i) =>
    lines[i]!.unitPrice === undefined && draft!.productId !== null ? [i] : [],
  )
  if (unpriced.length > 0) {
    const choices = await choosePrices(tx, ctx, {
      ...pricing,
      lines: unpriced.map((i) => ({
        productId: drafts[i]!.productId!,
        unit: drafts[i]!.unit,
        quantity: drafts[i]!.quantity,
        taxPercent: sum(drafts[i]!.taxes.map((tax) => tax.rate)),
      })),
    })
    for (const [j, i] of unpriced.entries()) {
      const choice = choices[j]!
      if (choice.price === null) {
        faults.add(
          `/lines/${i}/unitPrice`,
          `There is no price of ${drafts[i]!.sku} in ${pricing.currency} for this party and date. Enter one, or add it to a price book.`,
        )
      } else drafts[i] = { ...drafts[i]!, unitPrice: choice.price, priceSource: choice.source }
    }
    faults.throwIfAny()
  }
  return drafts as DraftLine[]
}

function draftLine(
  line: Input,
  pointer: string,
  data: Awaited<ReturnType<typeof loadLineData>>,
  pricing: Pricing,
): DraftLine {
  const product = line.productId ? (data.products.get(line.productId) ?? null) : null
  if (line.productId && !product) {
    throw ruleBroken('unknown-product', `${pointer}/productId`, 'This product does not exist.')
  }
  if (product?.archived) {
    throw ruleBroken(
      'archived-product',
      `${pointer}/productId`,
      `${product.sku} is archived and not offered on new documents. Unarchive it or choose another.`,
    )
  }
  if (!product && !line.description) {
    throw ruleBroken('empty-line', `${pointer}/description`, 'Enter a product or a description.')
  }
  if (!product && line.unitPrice === undefined) {
    throw ruleBroken(
      'no-price',
      `${pointer}/unitPrice`,
      'Enter a price: a line without a product has none of its own.',
    )
  }
  const quantity = decimal(line.quantity)
  if (!quantity.gt(zero))
    throw ruleBroken('no-quantity', `${pointer}/quantity`, 'Enter a quantity above zero.')
  const discountPercent = decimal(line.discountPercent ?? '0')
  if (discountPercent.gt(hundred)) {
    throw ruleBroken('discount', `${pointer}/discountPercent`, 'A discount is at most 100 per cent.')
  }
  const unit = product
    ? unitOf(product, line.unit ?? null, `${pointer}/unit`)
    : { unit: line.unit ?? 'pcs', numerator: 1, denominator: 1 }
  const ids = line.taxIds ?? (pricing.side === 'sales' ? product?.taxIds : product?.purchaseTaxIds) ?? []
  return {
    productId: product?.id ?? null,
    stocked: product?.type === 'stocked',
    sku: product?.sku ?? null,
    description: line.description ?? product!.name,
    unit: unit.unit,
    numerator: unit.numerator,
    denominator: unit.denominator,
    quantity,
    baseQuantity: toBase(quantity, unit, `${pointer}/quantity`),
    unitPrice: line.unitPrice === undefined ? zero : decimal(line.unitPrice),
    discountPercent,
    priceSource: 'hand',
    taxes: lineTaxes(ids, data.taxes, `${pointer}/taxIds`),
    product,
  }
}

export function lineTaxes(
  ids: readonly string[],
  taxes: ReadonlyMap<string, Tax>,
  pointer: string,
): LineTax[] {
  return [...new Set(ids)].map((id) => {
    const tax = taxes.get(id)
    if (!tax || tax.archived)
      throw ruleBroken('unknown-tax', pointer, 'This tax does not exist or is archived.')
    return { id: tax.id, name: tax.name, rate: tax.rate, category: tax.category }
  })
}

export interface TotalsHead {
  readonly minorDigits: number
  readonly pricesIncludeTax: boolean
  readonly taxRounding: 'document' | 'line'
  readonly discountPercent: Decimal
  readonly discountAmount: Decimal
}

/** Refuses a document discount that is none. */
export function requireDiscount(head: TotalsHead): void {
  if (head.discountPercent.gt(zero) && head.discountAmount.gt(zero)) {
    throw ruleBroken(
      'two-discounts',
      '/discountAmount',
      'Give the document discount in per cent or as an amount, not both.',
    )
  }
  if (head.discountPercent.gt(hundred)) {
    throw ruleBroken('discount', '/discountPercent', 'A discount is at most 100 per cent.')
  }
  if (!fits(head.discountAmount, head.minorDigits)) {
    throw ruleBroken(
      'discount',
      '/discountAmount',
      `An amount in this currency has at most ${head.minorDigits} decimals.`,
    )
  }
}

export function requireDiscountWithin(head: TotalsHead, totals: Totals): void {
  if (head.discountAmount.gt(zero) && totals.gross.lt(zero)) {
    throw ruleBroken('discount', '/discountAmount', 'The discount is more than the lines are worth.')
  }
}

/** Totals of a document, refused when they go beyond what a document can carry. */
export function totalsOf(
  head: TotalsHead,
  lines: readonly {
    quantity: Decimal
    unitPrice: Decimal
    discountPercent: Decimal
    taxes: readonly LineTax[]
    fixedAmount?: Decimal
  }[],
): Totals {
  requireDiscount(head)
  const totals = computeTotals({ ...head, lines })
  requireDiscountWithin(head, totals)
  if (totals.gross.abs().gte('10000000000000')) {
    throw ruleBroken(
      'too-large',
      '/lines',
      'The total is above 9,999,999,999,999, the most a document can carry.',
    )
  }
  return totals
}

/** Gathers the faults of all lines, so that a long document is not mended one error at a time. */
export class Faults {
  readonly #errors: { pointer: string; message: string }[] = []
  #code = 'invalid-lines'

  add(pointer: string, message: string): void {
    this.#errors.push({ pointer, message })
  }

  collect<T>(make: () => T): T | null {
    try {
      return make()
    } catch (error) {
      if (!(error instanceof Problem) || error.errors.length === 0) throw error
      this.#code = error.code
      this.#errors.push(...error.errors)
      return null
    }
  }

  throwIfAny(): void {
    if (this.#errors.length === 0) return
    const [first] = this.#errors
    const more = this.#errors.length - 1
    throw new Problem(422, this.#code, more > 0 ? `${first!.message} (and ${more} more)` : first!.message, {
      errors: this.#errors,
    })
  }
}
