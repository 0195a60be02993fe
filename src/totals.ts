import { type Decimal, hundred, one, sum, zero } from './kernel/decimal.ts'
import { roundMoney, spread } from './kernel/money.ts'

/**
 * The totals of a document: the one function that computes them, for the server, the web app, the PDF and
 * the tests. Pure. Rules R1 to R5 of `docs/totals.md`.
 */

export interface LineTax {
  readonly id: string
  readonly name: string
  /** Per cent. */
  readonly rate: Decimal
  /** EN 16931 VAT category code. */
  readonly category: string
}

export interface TotalsLine {
  readonly quantity: Decimal
  readonly unitPrice: Decimal
  readonly discountPercent: Decimal
  readonly taxes: readonly LineTax[]
  /**
   * The line's amount where it is not computed from price and quantity: the part of an earlier document
   * (R6). It takes no share of the document discount, which the earlier document already has inside.
   */
  readonly fixedAmount?: Decimal | undefined
}

export interface TotalsInput {
  readonly minorDigits: number
  readonly pricesIncludeTax: boolean
  /** R3: tax on the sum per tax ('document') or on each line ('line'). */
  readonly taxRounding: 'document' | 'line'
  readonly discountPercent?: Decimal
  readonly discountAmount?: Decimal
  readonly lines: readonly TotalsLine[]
  /** Tax by tax id that is not computed: what is left of an invoice's tax on its last credit note. */
  readonly fixedTaxes?: ReadonlyMap<string, Decimal>
}

export interface TotalsLineResult {
  /** In the document's price mode: with tax inside when prices include tax. After all discounts. */
  readonly amount: Decimal
  readonly net: Decimal
  readonly tax: Decimal
}

export interface TaxTotal {
  readonly id: string
  readonly name: string
  readonly rate: Decimal
  readonly category: string
  /** Sum of the nets of the lines that carry this tax. */
  readonly net: Decimal
  readonly tax: Decimal
}

export interface Totals {
  readonly lines: readonly TotalsLineResult[]
  readonly taxes: readonly TaxTotal[]
  /** Document discount taken off, in the document's price mode. */
  readonly discount: Decimal
  readonly net: Decimal
  readonly tax: Decimal
  readonly gross: Decimal
}

/** R2: one rounding; the discounted unit price itself is not rounded. */
export function lineAmount(line: TotalsLine, minorDigits: number): Decimal {
  const share = one.minus(line.discountPercent.div(hundred))
  return roundMoney(line.quantity.times(line.unitPrice).times(share), minorDigits)
}

export function computeTotals(input: TotalsInput): Totals {
  const { minorDigits, lines } = input
  const before = lines.map((line) => line.fixedAmount ?? lineAmount(line, minorDigits))
  const { amounts, discount } = discounted(input, before)
  const groups = groupByTaxes(lines)
  const lineTax: Decimal[] = lines.map(() => zero)
  const taxTotals = new Map<string, { tax: LineTax; amount: Decimal; lines: Set<number> }>()
  for (const group of groups) {
    const combined = sum(group.taxes.map((t) => t.rate))
    for (const tax of group.taxes) {
      const of = (amount: Decimal): Decimal =>
        roundMoney(
          input.pricesIncludeTax
            ? amount.times(tax.rate).div(hundred.plus(combined)) // R4
            : amount.times(tax.rate).div(hundred), // R3
          minorDigits,
        )
      const bases = group.lines.map((i) => amounts[i]!)
      const parts =
        input.taxRounding === 'line' ? bases.map(of) : settled(of(sum(bases)), bases.map(of), bases)
      const known = taxTotals.get(tax.id) ?? { tax, amount: zero, lines: new Set<number>() }
      known.amount = known.amount.plus(sum(parts))
      for (const [j, i] of group.lines.entries()) {
        lineTax[i] = lineTax[i]!.plus(parts[j]!)
        known.lines.add(i)
      }
      taxTotals.set(tax.id, known)
    }
  }
  // Exclusive prices: a tax is rounded once over all its lines, whatever other taxes these carry (R3).
  if (!input.pricesIncludeTax && input.taxRounding === 'document') {
    for (const known of taxTotals.values()) {
      const base = sum([...known.lines].map((i) => amounts[i]!))
      settle(known, roundMoney(base.times(known.tax.rate).div(hundred), minorDigits), amounts, lineTax)
    }
  }
  for (const [id, fixed] of input.fixedTaxes ?? []) {
    const known = taxTotals.get(id)
    if (known) settle(known, fixed, amounts, lineTax)
  }
  const results = amounts.map((amount, i): TotalsLineResult => {
    const tax = lineTax[i]!
    return { amount, tax, net: input.pricesIncludeTax ? amount.minus(tax) : amount }
  })
  const net = sum(results.map((r) => r.net))
  const tax = sum(results.map((r) => r.tax))
  return {
    lines: results,
    taxes: [...taxTotals.values()].map((known) => ({
      id: known.tax.id,
      name: known.tax.name,
      rate: known.tax.rate,
      category: known.tax.category,
      net: sum([...known.lines].map((i) => results[i]!.net)),
      tax: known.amount,
    })),
    discount,
    net,
    tax,
    gross: net.plus(tax),
  }
}

/**
 * Parts that add up to a total (R5): what rounding left goes to the biggest line. Each part is computed from
 * its own line and not as a share of the total: where lines nearly cancel each other out (100.00 and -99.95)
 * shares of the rounded total would be far from what the lines are.
 */
function settled(total: Decimal, parts: readonly Decimal[], bases: readonly Decimal[]): Decimal[] {
  let biggest = 0
  for (const [i, base] of bases.entries()) if (base.abs().gt(bases[biggest]!.abs())) biggest = i
  const off = total.minus(sum(parts))
  return parts.map((part, i) => (i === biggest ? part.plus(off) : part))
}

/** Brings a tax to its right total; the difference of a cent goes to the biggest line. */
function settle(
  known: { amount: Decimal; lines: Set<number> },
  right: Decimal,
  amounts: readonly Decimal[],
  lineTax: Decimal[],
): void {
  const off = right.minus(known.amount)
  if (off.eq(zero)) return
  let biggest = -1
  for (const i of known.lines) if (biggest < 0 || amounts[i]!.abs().gt(amounts[biggest]!.abs())) biggest = i
  lineTax[biggest] = lineTax[biggest]!.plus(off)
  known.amount = right
}

/** R5: a document discount is spread over the lines by their share; the parts add up exactly. */
function discounted(input: TotalsInput, before: Decimal[]): { amounts: Decimal[]; discount: Decimal } {
  const open = input.lines.map((line, i) => (line.fixedAmount === undefined ? before[i]! : zero))
  const whole = sum(open)
  const percent = input.discountPercent ?? zero
  const of = (amount: Decimal): Decimal => roundMoney(amount.times(percent).div(hundred), input.minorDigits)
  const discount = percent.gt(zero) ? of(whole) : (input.discountAmount ?? zero)
  if (discount.eq(zero)) return { amounts: before, discount: zero }
  const parts = percent.gt(zero)
    ? settled(discount, open.map(of), open)
    : spread(discount, open, input.minorDigits)
  return { amounts: before.map((amount, i) => amount.minus(parts[i]!)), discount }
}

/** Lines that carry the same taxes, in order of appearance. */
function groupByTaxes(lines: readonly TotalsLine[]): { taxes: readonly LineTax[]; lines: number[] }[] {
  const groups = new Map<string, { taxes: readonly LineTax[]; lines: number[] }>()
  for (const [i, line] of lines.entries()) {
    if (line.taxes.length === 0) continue
    const key = line.taxes
      .map((t) => t.id)
      .sort()
      .join(' ')
    const group = groups.get(key)
    if (group) group.lines.push(i)
    else groups.set(key, { taxes: line.taxes, lines: [i] })
  }
  return [...groups.values()]
}
