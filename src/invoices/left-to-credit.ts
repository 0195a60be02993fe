import { type Decimal, decimal, max, min, sum, zero } from '../kernel/decimal.ts'
import { roundMoney, smallestUnit } from '../kernel/money.ts'
import { conflict } from '../kernel/problem.ts'
import { inUnit } from '../catalogue/index.ts'
import { computeTotals } from '../totals.ts'
import type { CreditedTax, InvoiceLineRow, InvoiceRow } from './records.ts'
import type { DraftInvoiceLine } from './write-invoice.ts'

/*
 * What of an invoice is left to credit, over all its credits together: of each line, of each tax, and of the whole. The
 * whole is not the sum of what each line allows: lines that take something off (a down payment, a rebate) make it less.
 */

/** What can still be credited of a line. Of a down payment not what a final invoice took off. */
export function creditable(line: InvoiceLineRow): { base: Decimal; amount: Decimal } {
  const amount = line.amount.minus(line.creditedAmount).minus(line.deductedAmount)
  const used = line.deductedAmount.gt(zero) && amount.eq(zero)
  return { base: used ? zero : line.baseQuantity.minus(line.credited), amount }
}

interface TaxLeft {
  readonly id: string
  readonly left: Decimal
}
interface Left {
  readonly net: Decimal
  readonly gross: Decimal
  readonly taxes: readonly TaxLeft[]
}

/** What is left of a document in money and of each of its taxes. */
export function leftToCredit(
  claim: InvoiceRow,
  lines: readonly InvoiceLineRow[],
  credited: readonly CreditedTax[],
): Left {
  const used = new Map(credited.map((t) => [t.id, t.tax]))
  const taxes = claim.taxes.map(({ id, tax }): TaxLeft => {
    // A down payment that a final invoice took off took its share of the tax with it.
    const own = lines.filter((line) => line.taxes.some((t) => t.id === id))
    const deducted = sum(own.map((line) => line.deductedAmount))
    const whole = sum(own.map((line) => line.amount))
    const off = deducted.eq(zero)
      ? zero
      : roundMoney(decimal(tax).times(deducted).div(whole), claim.minorDigits)
    return {
      id,
      left: decimal(tax)
        .minus(used.get(id) ?? zero)
        .minus(off),
    }
  })
  const amount = sum(lines.map((line) => creditable(line).amount))
  return { ...moneyOf(claim, amount, sum(taxes.map((t) => t.left))), taxes }
}

function moneyOf(claim: InvoiceRow, amount: Decimal, tax: Decimal): { net: Decimal; gross: Decimal } {
  return claim.pricesIncludeTax
    ? { net: amount.minus(tax), gross: amount }
    : { net: amount, gross: amount.plus(tax) }
}

/**
 * The taxes of a credit that are not those of its own lines. Where it takes all that is left of the lines of a tax, it
 * takes all that is left of that tax, and before that never more: so that credits in parts add up to the document to
 * the cent, whatever was rounded.
 * @param own of a draft that stands: its taxes, which are not computed again, for those of a credit by amount are shares
 * @throws 409 where the credit is more than is left of the document
 */
export function creditTaxes(
  claim: InvoiceRow,
  lines: readonly InvoiceLineRow[],
  drafts: readonly DraftInvoiceLine[],
  credited: readonly CreditedTax[],
  own: readonly CreditedTax[] | null = null,
): Map<string, Decimal> {
  const left = leftToCredit(claim, lines, credited)
  const { net, gross, fixed } = creditMoney(claim, lines, drafts, left, own)
  if (net.gt(max(left.net, zero)) || gross.gt(max(left.gross, zero))) throw overWhole(claim, left.gross)
  return fixed
}

/** What a credit comes to within what is left of each tax, and the taxes that are set for that. */
function creditMoney(
  claim: InvoiceRow,
  lines: readonly InvoiceLineRow[],
  drafts: readonly DraftInvoiceLine[],
  left: Left,
  own: readonly CreditedTax[] | null,
): { net: Decimal; gross: Decimal; fixed: Map<string, Decimal> } {
  const rests = restsOf(lines, drafts)
  const amount = sum(drafts.map((draft) => draft.fixedAmount ?? zero))
  if ([...rests.values()].every((rest) => rest.eq(zero))) {
    const fixed = new Map(left.taxes.map((t) => [t.id, t.left]))
    return { ...moneyOf(claim, amount, sum(fixed.values())), fixed }
  }
  const taxes = own ?? taxesOf(claim, drafts)
  const ended = own ? [] : endedTaxes(lines, rests)
  const rows = left.taxes.map((t) => {
    const asked = taxes.find((x) => x.id === t.id)?.tax ?? zero
    const all = asked.abs().gt(t.left.abs()) || ended.includes(t.id)
    return { id: t.id, left: t.left, asked, tax: all ? t.left : asked }
  })
  if (claim.pricesIncludeTax) {
    // Tax that was rounded down in every part must not make their nets more than that of the document: of what the
    // lines that are left do not carry, as much is taken.
    let over = amount.minus(sum(rows.map((row) => row.tax))).minus(max(left.net, zero))
    for (const row of rows) {
      const spare = row.left.minus(taxOfRest(claim, lines, rests, row.id))
      const more = max(min(over, spare.minus(row.tax)), zero)
      row.tax = row.tax.plus(more)
      over = over.minus(more)
    }
  }
  const fixed = new Map(rows.filter((row) => !row.tax.eq(row.asked)).map((row) => [row.id, row.tax]))
  return { ...moneyOf(claim, amount, sum(rows.map((row) => row.tax))), fixed }
}

function taxesOf(claim: InvoiceRow, drafts: readonly DraftInvoiceLine[]): readonly CreditedTax[] {
  return computeTotals({
    minorDigits: claim.minorDigits,
    pricesIncludeTax: claim.pricesIncludeTax,
    taxRounding: claim.taxRounding as 'document' | 'line',
    lines: drafts,
  }).taxes
}

/** What a credit leaves of each line, by its id. */
function restsOf(
  lines: readonly InvoiceLineRow[],
  drafts: readonly DraftInvoiceLine[],
): Map<string, Decimal> {
  const rests = new Map(lines.map((line) => [line.id, creditable(line).amount]))
  for (const { correctsLineId: id, fixedAmount } of drafts) {
    const rest = id === null ? undefined : rests.get(id)
    if (rest) rests.set(id!, rest.minus(fixedAmount ?? zero))
  }
  return rests
}

/** What of a tax belongs to what a credit leaves, rounded up. */
function taxOfRest(
  claim: InvoiceRow,
  lines: readonly InvoiceLineRow[],
  rests: ReadonlyMap<string, Decimal>,
  id: string,
): Decimal {
  const own = lines.filter((line) => line.taxes.some((t) => t.id === id))
  const whole = sum(own.map((line) => line.amount))
  const tax = decimal(claim.taxes.find((t) => t.id === id)!.tax)
  const rest = sum(own.map((line) => rests.get(line.id)!))
  return whole.eq(zero) ? tax : roundUp(tax.times(rest).div(whole), claim.minorDigits)
}

/** Taxes of whose lines nothing is left. */
function endedTaxes(lines: readonly InvoiceLineRow[], rests: ReadonlyMap<string, Decimal>): string[] {
  const open = new Set<string>()
  for (const group of groupsOf(lines)) {
    if (sum(group.map((line) => rests.get(line.id)!)).eq(zero)) continue
    for (const { id } of group[0]!.taxes) open.add(id)
  }
  return lines.flatMap((line) => line.taxes.map((t) => t.id)).filter((id) => !open.has(id))
}

/** Lines with the same taxes. */
function groupsOf(lines: readonly InvoiceLineRow[]): InvoiceLineRow[][] {
  const groups = new Map<string, InvoiceLineRow[]>()
  for (const line of lines) {
    const key = line.taxes
      .map((t) => t.id)
      .toSorted()
      .join(' ')
    groups.set(key, [...(groups.get(key) ?? []), line])
  }
  return [...groups.values()]
}

/**
 * What of lines that take something off is to be credited along with goods: as much as keeps the credit within what is
 * left of the document, first where taxes are the same. So goods that come back are credited at their price as long as
 * the invoice is worth that, and goods that all come back credit exactly the invoice; a down payment that it took off
 * is free again by as much, and is credited itself or taken off the next invoice (S12).
 * @returns amounts by line, below zero
 */
export function deductionsAlong(
  claim: InvoiceRow,
  lines: readonly InvoiceLineRow[],
  drafts: readonly DraftInvoiceLine[],
  credited: readonly CreditedTax[],
  draftOf: (line: InvoiceLineRow, amount: Decimal) => DraftInvoiceLine,
): DraftInvoiceLine[] {
  const rests = restsOf(lines, drafts)
  const along = new Map<InvoiceLineRow, Decimal>()
  const take = (line: InvoiceLineRow, wanted: Decimal): Decimal => {
    const taken = max(min(wanted, rests.get(line.id)!.neg()), zero)
    if (taken.eq(zero)) return zero
    rests.set(line.id, rests.get(line.id)!.plus(taken))
    along.set(line, (along.get(line) ?? zero).minus(taken))
    return taken
  }
  const taken = (): DraftInvoiceLine[] => [...along].map(([line, amount]) => draftOf(line, amount))
  for (const group of groupsOf(lines)) {
    const whole = sum(group.map((line) => creditable(line).amount))
    let short = min(whole, zero).minus(sum(group.map((line) => rests.get(line.id)!)))
    for (const line of group) short = short.minus(take(line, short))
  }
  const left = leftToCredit(claim, lines, credited)
  const { net, gross } = creditMoney(claim, lines, [...drafts, ...taken()], left, null)
  let [overNet, overGross] = [net.minus(left.net), gross.minus(left.gross)]
  for (const line of lines) {
    if (!line.amount.lt(zero)) continue
    const [netShare, grossShare] = [line.net.div(line.amount), line.net.plus(line.tax).div(line.amount)]
    const wanted = max(overNet.div(netShare), overGross.div(grossShare))
    const more = take(line, roundUp(wanted, claim.minorDigits))
    overNet = overNet.minus(more.times(netShare))
    overGross = overGross.minus(more.times(grossShare))
  }
  return taken()
}

function roundUp(amount: Decimal, minorDigits: number): Decimal {
  const rounded = roundMoney(amount, minorDigits)
  return rounded.lt(amount) ? rounded.plus(smallestUnit(minorDigits)) : rounded
}

/** More than is left of a document. */
export function overWhole(claim: InvoiceRow, left: Decimal): Error {
  const most = max(left, zero)
  return conflict(
    'over-credit',
    `At most ${most.toFixed(claim.minorDigits)} ${claim.currency} of ${claim.number} can be credited.`,
    { limit: most.toFixed() },
  )
}

/** More than is left of a line, told in what was asked for: a quantity in its unit, or money. */
export function overCredit(claim: InvoiceRow, line: InvoiceLineRow, asked: 'quantity' | 'amount'): Error {
  const left = creditable(line)
  const money = asked === 'amount'
  const told = (figure: Decimal): string =>
    money ? `${figure.toFixed(claim.minorDigits)} ${claim.currency}` : `${figure.toFixed()} ${line.unit}`
  const limit = money ? left.amount : inUnit(left.base, line)
  const whole = money ? line.amount : line.quantity
  const done = money ? line.creditedAmount : inUnit(line.credited, line)
  return conflict(
    'over-credit',
    `At most ${told(limit)} of ${line.sku ?? line.description} can be credited: ${told(whole)} on ${claim.number}, ${told(done)} credited already.`,
    { limit: limit.toFixed() },
  )
}
