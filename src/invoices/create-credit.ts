import type { Context } from '../kernel/context.ts'
import { type Decimal, decimal, max, min, zero } from '../kernel/decimal.ts'
import { partOf, roundMoney, spread } from '../kernel/money.ts'
import { conflict, notFound, ruleBroken } from '../kernel/problem.ts'
import type { Made, Transaction } from '../kernel/transaction.ts'
import { fromBase, inUnit, toBase } from '../catalogue/index.ts'
import { type InvoiceKind, describeInvoice } from '../kinds.ts'
import { enteredAmount } from './entered-amount.ts'
import {
  creditTaxes,
  creditable,
  deductionsAlong,
  leftToCredit,
  overCredit,
  overWhole,
} from './left-to-credit.ts'
import {
  type CreditedTax,
  type InvoiceLineRow,
  type InvoiceRow,
  lockInvoice,
  selectCreditedTaxes,
  selectInvoiceLines,
} from './records.ts'
import type { InvoiceFollowUp, InvoiceOut, SourceLine } from './schemas.ts'
import {
  type FreshInvoice,
  type DraftInvoiceLine,
  type InvoiceHead,
  enteredHead,
  readTaxes,
  writeInvoice,
} from './write-invoice.ts'

export type CreditKind = 'credit-note' | 'vendor-credit'

/**
 * The amounts of a credit's lines, one after the other: two of them may correct one line, whose last part
 * takes what is left (R6). An amount that was entered stays.
 */
export function creditAmounts(
  claim: { minorDigits: number },
  sources: readonly InvoiceLineRow[],
  lines: readonly CreditLine[],
): Decimal[] {
  const left = new Map(sources.map((source) => [source.id, source]))
  return lines.map((line) => {
    const source = line.correctsLineId === null ? undefined : left.get(line.correctsLineId)
    if (!source) return line.amount
    const amount = line.type === 'item' ? creditAmountOf(claim, source, line.baseQuantity) : line.amount
    left.set(source.id, afterCredit(source, line.baseQuantity, amount))
    return amount
  })
}

type CreditLine = Pick<InvoiceLineRow, 'type' | 'correctsLineId' | 'baseQuantity' | 'amount'>

function afterCredit(line: InvoiceLineRow, base: Decimal, amount: Decimal): InvoiceLineRow {
  return {
    ...line,
    credited: line.credited.plus(base),
    creditedAmount: line.creditedAmount.plus(amount),
  }
}

/**
 * A credit of an invoice or bill: in full, by quantity or by amount. It mirrors the invoice's own amounts,
 * so that parts add up to it exactly (S16, R6).
 */
export async function createCredit(
  tx: Transaction,
  ctx: Context,
  kind: CreditKind,
  claimId: string,
  input: InvoiceFollowUp,
): Promise<Made<InvoiceOut, FreshInvoice>> {
  const claimKind = describeInvoice(kind).corrects!
  const p = { companyId: ctx.company.id, id: claimId }
  const [claim, lines, credited] = await Promise.all([
    tx.maybe(lockInvoice, p),
    tx.all(selectInvoiceLines, p),
    tx.all(selectCreditedTaxes, p),
  ])
  requireClaim(claimKind, claim)
  if (lines.every((l) => creditable(l).amount.eq(zero) && creditable(l).base.eq(zero))) {
    throw lines.some((l) => l.deductedAmount.gt(zero))
      ? conflict(
          'deducted',
          `A final invoice took ${claim.number} off; nothing is left to credit. Credit that invoice first.`,
        )
      : conflict('nothing-left', `${claim.number} is credited in full; nothing is left to credit.`)
  }
  if (input.amount !== undefined) {
    if (input.lines)
      throw ruleBroken('two-ways', '/amount', 'Give an amount for the whole document or lines, not both.')
    const amount = enteredAmount(input.amount, claim, '/amount')
    return creditAmount(tx, ctx, kind, claim, lines, credited, amount, input)
  }
  const drafts = input.lines
    ? enteredLines(claim, lines, input.lines, credited)
    : lines.flatMap((line) => whole(line))
  return writeCredit(tx, ctx, kind, claim, drafts, input, creditTaxes(claim, lines, drafts, credited))
}

function requireClaim(kind: InvoiceKind, claim: InvoiceRow | null): asserts claim is InvoiceRow {
  const { title } = describeInvoice(kind)
  if (!claim || claim.kind !== kind) throw notFound(title)
  if (claim.state !== 'posted')
    throw conflict(
      'wrong-state',
      `This ${title} is ${claim.state}; only a posted one is credited. Change or delete a draft.`,
    )
}

/** Everything that is left of a line. */
function whole(line: InvoiceLineRow): DraftInvoiceLine[] {
  const left = creditable(line)
  if (left.amount.eq(zero) && left.base.eq(zero)) return []
  return [left.base.eq(zero) ? amountDraft(line, left.amount) : quantityDraft(line, left.base, left.amount)]
}

function enteredLines(
  claim: InvoiceRow,
  lines: readonly InvoiceLineRow[],
  entries: readonly SourceLine[],
  credited: readonly CreditedTax[],
): DraftInvoiceLine[] {
  const left = new Map(lines.map((line) => [line.id, line]))
  const drafts = entries.map((entry, i) => {
    const line = left.get(entry.sourceLineId)
    if (!line)
      throw ruleBroken('unknown-line', `/lines/${i}/sourceLineId`, `${claim.number} has no such line.`)
    const draft = entered(claim, line, entry, i)
    left.set(line.id, afterCredit(line, draft.baseQuantity, draft.fixedAmount!))
    return draft
  })
  // Money that was entered is credited as it is, or not at all.
  const byAmount = entries.some((entry) => entry.amount !== undefined)
  return byAmount ? drafts : withDeductions(claim, lines, drafts, credited)
}

/** The credit of goods, with what of a down payment or a rebate comes along. */
export function withDeductions(
  claim: InvoiceRow,
  lines: readonly InvoiceLineRow[],
  drafts: readonly DraftInvoiceLine[],
  credited: readonly CreditedTax[],
): DraftInvoiceLine[] {
  const along = deductionsAlong(claim, lines, drafts, credited, (line, amount) =>
    amount.eq(creditable(line).amount) ? whole(line)[0]! : amountDraft(line, amount),
  )
  return [...drafts, ...along]
}

function entered(
  claim: InvoiceRow,
  line: InvoiceLineRow,
  entry: SourceLine,
  index: number,
): DraftInvoiceLine {
  const left = creditable(line)
  if (entry.amount !== undefined) {
    if (entry.quantity !== undefined)
      throw ruleBroken('two-ways', `/lines/${index}/amount`, 'Credit a quantity or an amount, not both.')
    const amount = enteredAmount(entry.amount, claim, `/lines/${index}/amount`)
    if (amount.gt(left.amount)) throw overCredit(claim, line, 'amount')
    return amountDraft(line, amount)
  }
  const base =
    entry.quantity === undefined
      ? left.base
      : toBase(decimal(entry.quantity), line, `/lines/${index}/quantity`)
  if (base.eq(zero))
    throw ruleBroken('no-quantity', `/lines/${index}/quantity`, 'Nothing of this line is left to credit.')
  if (base.abs().gt(left.base.abs())) throw overCredit(claim, line, 'quantity')
  return quantityDraft(line, base, creditAmountOf(claim, line, base))
}

/** The amount of a part of a line; the last part takes what is left (R6). */
function creditAmountOf(claim: { minorDigits: number }, line: InvoiceLineRow, base: Decimal): Decimal {
  const left = creditable(line)
  const amount = partOf(
    { quantity: line.baseQuantity, amount: line.amount },
    { quantity: line.credited, amount: line.creditedAmount },
    base,
    claim.minorDigits,
  )
  return line.amount.gte(zero) ? min(amount, left.amount) : max(amount, left.amount)
}

export function quantityDraft(line: InvoiceLineRow, base: Decimal, amount: Decimal): DraftInvoiceLine {
  const quantity = fromBase(base, line)
  return {
    ...lineFields(line),
    type: line.type === 'amount' ? 'amount' : (line.type as DraftInvoiceLine['type']),
    quantity: quantity ?? inUnit(base, line),
    baseQuantity: base,
    unitPrice: line.unitPrice,
    discountPercent: line.discountPercent,
    fixedAmount: amount,
  }
}

function amountDraft(line: InvoiceLineRow, amount: Decimal): DraftInvoiceLine {
  // What of a deduction is credited is no longer taken off its down payment; it stays one, however little it is.
  const deduction = line.type === 'deduction'
  return {
    ...lineFields(line),
    type: deduction ? 'deduction' : 'amount',
    quantity: decimal(deduction ? -1 : 1),
    baseQuantity: zero,
    unitPrice: deduction ? amount.neg() : amount,
    discountPercent: zero,
    fixedAmount: amount,
  }
}

function lineFields(line: InvoiceLineRow) {
  return {
    productId: line.productId,
    stocked: line.stocked,
    sku: line.sku,
    description: line.description,
    unit: line.unit,
    numerator: line.numerator,
    denominator: line.denominator,
    taxes: readTaxes(line.taxes),
    // A deduction that is credited gives its advance back.
    sourceLineId: line.type === 'deduction' ? line.sourceLineId : line.id,
    orderLineId: line.orderLineId,
    shipmentLineId: null,
    correctsLineId: line.id,
  }
}

/** A gross amount, spread over all lines by what is left of them. */
function creditAmount(
  tx: Transaction,
  ctx: Context,
  kind: CreditKind,
  claim: InvoiceRow,
  lines: readonly InvoiceLineRow[],
  credited: readonly CreditedTax[],
  amount: Decimal,
  input: InvoiceFollowUp,
): Made<InvoiceOut, FreshInvoice> {
  const left = lines.map((l) => ({ line: l, amount: creditable(l).amount }))
  const { net: leftNet, gross: leftGross, taxes } = leftToCredit(claim, lines, credited)
  if (amount.gt(leftGross)) throw overWhole(claim, leftGross)
  const tax = roundMoney(amount.times(leftGross.minus(leftNet)).div(leftGross), claim.minorDigits)
  const own = claim.pricesIncludeTax ? amount : amount.minus(tax)
  const parts = spread(
    own,
    left.map((l) => l.amount),
    claim.minorDigits,
  )
  const drafts = left.map((l, i) => amountDraft(l.line, parts[i]!)).filter((d) => !d.fixedAmount!.eq(zero))
  // The tax of a credit by amount, over the taxes by what is left of each.
  const shares = spread(
    tax,
    taxes.map((t) => t.left),
    claim.minorDigits,
  )
  return writeCredit(tx, ctx, kind, claim, drafts, input, new Map(taxes.map((t, i) => [t.id, shares[i]!])))
}

export function writeCredit(
  tx: Transaction,
  ctx: Context,
  kind: CreditKind,
  claim: InvoiceRow,
  drafts: readonly DraftInvoiceLine[],
  input: InvoiceFollowUp,
  fixedTaxes: ReadonlyMap<string, Decimal>,
  sourceShipmentId: string | null = null,
): Made<InvoiceOut, FreshInvoice> {
  const head: InvoiceHead = {
    ...enteredHead(ctx, input, 0, {}),
    partyId: claim.partyId,
    party: claim.party,
    orderId: claim.orderId,
    correctsId: claim.id,
    sourceShipmentId,
    currency: claim.currency,
    // A correction is worth what it corrects: the invoice's own rate.
    exchangeRate: claim.exchangeRate,
    minorDigits: claim.minorDigits,
    pricesIncludeTax: claim.pricesIncludeTax,
    taxRounding: claim.taxRounding as 'document' | 'line',
    discountPercent: zero,
    discountAmount: zero,
  }
  return writeInvoice(tx, ctx, kind, head, drafts, fixedTaxes)
}
