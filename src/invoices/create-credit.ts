import type { Context } from '../kernel/context.ts'
import { type Decimal, decimal, max, min, sum, zero } from '../kernel/decimal.ts'
import { partOf, roundMoney, spread } from '../kernel/money.ts'
import { conflict, notFound, ruleBroken } from '../kernel/problem.ts'
import type { ReadBack, Transaction } from '../kernel/transaction.ts'
import { fromBase, toBase } from '../catalogue/index.ts'
import { type InvoiceKind, type ShipmentKind, describeInvoice, titles } from '../kinds.ts'
import { inUnit, lockOrder, selectOrderLines } from '../orders/index.ts'
import { lockShipment, selectShipment, selectShipmentLines } from '../shipments/index.ts'
import {
  type InvoiceLineRow,
  type InvoiceRow,
  lockInvoice,
  selectInvoice,
  selectInvoiceLines,
  selectPostedLinesOfOrder,
} from './records.ts'
import type { InvoiceFollowUp, InvoiceOut } from './schemas.ts'
import {
  type DraftInvoiceLine,
  type InvoiceHead,
  enteredHead,
  readTaxes,
  writeInvoice,
} from './write-invoice.ts'

type CreditKind = 'credit-note' | 'vendor-credit'

/** What can still be credited of a line. */
export function creditable(line: InvoiceLineRow): { base: Decimal; amount: Decimal } {
  return { base: line.baseQuantity.minus(line.credited), amount: line.amount.minus(line.creditedAmount) }
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
): Promise<ReadBack<InvoiceOut>> {
  const claimKind = describeInvoice(kind).corrects!
  const p = { companyId: ctx.company.id, id: claimId }
  const [claim, lines] = await Promise.all([tx.maybe(lockInvoice, p), tx.all(selectInvoiceLines, p)])
  requireClaim(claimKind, claim)
  if (lines.every((l) => creditable(l).amount.eq(zero) && creditable(l).base.eq(zero))) {
    throw conflict('nothing-left', `${claim.number} is credited in full; nothing is left to credit.`)
  }
  if (input.amount !== undefined) {
    if (input.lines)
      throw ruleBroken('two-ways', '/amount', 'Give an amount for the whole document or lines, not both.')
    return creditAmount(tx, ctx, kind, claim, lines, decimal(input.amount), input)
  }
  const drafts = input.lines
    ? input.lines.map((entry, i) => entered(claim, lines, entry, i))
    : lines.flatMap((line) => whole(line))
  return write(tx, ctx, kind, claim, lines, drafts, input, null)
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

function entered(
  claim: InvoiceRow,
  lines: readonly InvoiceLineRow[],
  entry: NonNullable<InvoiceFollowUp['lines']>[number],
  index: number,
): DraftInvoiceLine {
  const line = lines.find((l) => l.id === entry.sourceLineId)
  if (!line)
    throw ruleBroken('unknown-line', `/lines/${index}/sourceLineId`, `${claim.number} has no such line.`)
  const left = creditable(line)
  if (entry.amount !== undefined) {
    if (entry.quantity !== undefined)
      throw ruleBroken('two-ways', `/lines/${index}/amount`, 'Credit a quantity or an amount, not both.')
    const amount = decimal(entry.amount)
    if (!amount.gt(zero))
      throw ruleBroken('no-amount', `/lines/${index}/amount`, 'Enter an amount above zero.')
    if (amount.gt(left.amount)) throw overCredit(left.amount.toFixed(), claim, line)
    return amountDraft(line, roundMoney(amount, claim.minorDigits))
  }
  const base =
    entry.quantity === undefined
      ? left.base
      : toBase(decimal(entry.quantity), line, `/lines/${index}/quantity`)
  if (base.eq(zero))
    throw ruleBroken('no-quantity', `/lines/${index}/quantity`, 'Nothing of this line is left to credit.')
  if (base.abs().gt(left.base.abs())) throw overCredit(inUnit(left.base, line).toFixed(), claim, line)
  return quantityDraft(line, base, creditAmountOf(claim, line, base))
}

function overCredit(most: string, claim: InvoiceRow, line: InvoiceLineRow): Error {
  const done = inUnit(line.credited, line).toFixed()
  return conflict(
    'over-credit',
    `At most ${most} of ${line.sku ?? line.description} can be credited: ${line.quantity.toFixed()} on ${claim.number}, ${done} credited already.`,
    { limit: most },
  )
}

/** The amount of a part of a line; the last part takes what is left (R6). */
export function creditAmountOf(claim: { minorDigits: number }, line: InvoiceLineRow, base: Decimal): Decimal {
  const left = creditable(line)
  const amount = partOf(
    { quantity: line.baseQuantity, amount: line.amount },
    { quantity: line.credited, amount: line.creditedAmount },
    base,
    claim.minorDigits,
  )
  return line.amount.gte(zero) ? min(amount, left.amount) : max(amount, left.amount)
}

function quantityDraft(line: InvoiceLineRow, base: Decimal, amount: Decimal): DraftInvoiceLine {
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
  return {
    ...lineFields(line),
    type: 'amount',
    quantity: decimal(1),
    baseQuantity: zero,
    unitPrice: amount,
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
  amount: Decimal,
  input: InvoiceFollowUp,
): ReadBack<InvoiceOut> {
  const left = lines.map((l) => ({
    line: l,
    amount: l.amount.minus(l.creditedAmount),
    tax: l.tax.minus(l.creditedTax),
  }))
  const leftAmount = sum(left.map((l) => l.amount))
  const leftTax = sum(left.map((l) => l.tax))
  const leftGross = claim.pricesIncludeTax ? leftAmount : leftAmount.plus(leftTax)
  if (!amount.gt(zero) || amount.gt(leftGross)) {
    throw conflict(
      'over-credit',
      `At most ${leftGross.toFixed(claim.minorDigits)} ${claim.currency} of ${claim.number} can be credited.`,
      { limit: leftGross.toFixed() },
    )
  }
  const tax = roundMoney(amount.times(leftTax).div(leftGross), claim.minorDigits)
  const own = claim.pricesIncludeTax ? amount : amount.minus(tax)
  const parts = spread(
    own,
    left.map((l) => l.amount),
    claim.minorDigits,
  )
  const drafts = left.map((l, i) => amountDraft(l.line, parts[i]!)).filter((d) => !d.fixedAmount!.eq(zero))
  return write(tx, ctx, kind, claim, lines, drafts, input, spreadTax(claim, tax))
}

/** The tax of a credit by amount, over the invoice's taxes by their share. */
function spreadTax(claim: InvoiceRow, tax: Decimal): Map<string, Decimal> {
  const parts = spread(
    tax,
    claim.taxes.map((t) => decimal(t.tax)),
    claim.minorDigits,
  )
  return new Map(claim.taxes.map((t, i) => [t.id, parts[i]!]))
}

function write(
  tx: Transaction,
  ctx: Context,
  kind: CreditKind,
  claim: InvoiceRow,
  lines: readonly InvoiceLineRow[],
  drafts: readonly DraftInvoiceLine[],
  input: InvoiceFollowUp,
  fixedTaxes: ReadonlyMap<string, Decimal> | null,
  sourceShipmentId: string | null = null,
): ReadBack<InvoiceOut> {
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
  return writeInvoice(tx, ctx, kind, head, drafts, fixedTaxes ?? remainingTaxes(claim, lines, drafts))
}

/**
 * Where a credit takes all that is left of a tax, it takes all that is left of its amount, so that the
 * credits of an invoice never add up to a cent more or less than the invoice.
 */
export function remainingTaxes(
  claim: InvoiceRow,
  lines: readonly InvoiceLineRow[],
  drafts: readonly DraftInvoiceLine[],
): Map<string, Decimal> {
  const fixed = new Map<string, Decimal>()
  if (claim.taxes.length === 0) return fixed
  const ends = lines.every((line) => {
    const taken = sum(drafts.filter((d) => d.correctsLineId === line.id).map((d) => d.fixedAmount ?? zero))
    return line.creditedAmount.plus(taken).eq(line.amount)
  })
  if (!ends) return fixed
  // Tax is kept per line; with one tax on a line the rest of the line's tax is the rest of that tax.
  const simple = lines.every((l) => l.taxes.length <= 1)
  if (!simple)
    return lines.every((l) => l.creditedAmount.eq(zero))
      ? new Map(claim.taxes.map((t) => [t.id, decimal(t.tax)]))
      : fixed
  for (const tax of claim.taxes) {
    const credited = sum(lines.filter((l) => l.taxes[0]?.id === tax.id).map((l) => l.creditedTax))
    fixed.set(tax.id, decimal(tax.tax).minus(credited))
  }
  return fixed
}

/** The credit that a return deserves: its goods on the invoices that were issued for them, once. */
export async function createCreditFromReturn(
  tx: Transaction,
  ctx: Context,
  kind: CreditKind,
  returnId: string,
  input: InvoiceFollowUp,
): Promise<ReadBack<InvoiceOut>> {
  const returnKind: ShipmentKind = kind === 'credit-note' ? 'sales-return' : 'purchase-return'
  const { title } = titles[returnKind]
  const p = { companyId: ctx.company.id, id: returnId }
  const peek = await tx.maybe(selectShipment, p)
  if (!peek || peek.kind !== returnKind) throw notFound(title)
  if (peek.orderId !== null) await tx.maybe(lockOrder, { companyId: ctx.company.id, id: peek.orderId })
  const [shipment, lines, orderLines, posted] = await Promise.all([
    tx.one(lockShipment, p),
    tx.all(selectShipmentLines, p),
    peek.orderId === null ? [] : tx.all(selectOrderLines, { companyId: ctx.company.id, id: peek.orderId }),
    peek.orderId === null
      ? []
      : tx.all(selectPostedLinesOfOrder, { companyId: ctx.company.id, id: peek.orderId }),
  ])
  if (shipment.state !== 'posted')
    throw conflict('wrong-state', `This ${title} is ${shipment.state}; only a posted one is credited.`)
  const claimIds = new Map<string, DraftInvoiceLine[]>()
  for (const line of lines) {
    const entry = input.lines?.find((l) => l.sourceLineId === line.id)
    if (input.lines && !entry) continue
    const orderLine = orderLines.find((l) => l.id === line.orderLineId)
    const owed = orderLine
      ? max(orderLine.returned.plus(orderLine.returnedReplace).minus(orderLine.credited), zero)
      : zero
    let left = min(max(line.baseQuantity.minus(line.invoiced), zero), owed)
    if (entry?.quantity !== undefined) {
      const asked = toBase(decimal(entry.quantity), line)
      if (asked.gt(left))
        throw conflict(
          'over-credit',
          `At most ${inUnit(left, line).toFixed()} of ${line.sku} can be credited for this return.`,
          { limit: left.toFixed() },
        )
      left = asked
    }
    for (const claimLine of posted) {
      if (!left.gt(zero) || claimLine.orderLineId !== line.orderLineId) continue
      const base = min(left, creditable(claimLine).base)
      if (!base.gt(zero)) continue
      left = left.minus(base)
      const claim = { minorDigits: ctx.company.minorDigits }
      const draft = {
        ...quantityDraft(claimLine, base, creditAmountOf(claim, claimLine, base)),
        shipmentLineId: line.id,
      }
      claimIds.set(claimLine.invoiceId, [...(claimIds.get(claimLine.invoiceId) ?? []), draft])
    }
  }
  // A credit corrects one invoice; what other invoices hold is left for the next credit of this return.
  const [first] = [...claimIds]
  if (!first)
    throw conflict(
      'nothing-left',
      'Nothing of this return is left to credit: it is credited already, or was never invoiced.',
    )
  const [claimId, drafts] = first
  const key = { companyId: ctx.company.id, id: claimId }
  const [claim, claimLines] = await Promise.all([tx.one(selectInvoice, key), tx.all(selectInvoiceLines, key)])
  const exact = drafts.map((d) => ({
    ...d,
    fixedAmount: creditAmountOf(
      claim,
      claimLines.find((l) => l.id === d.correctsLineId)!,
      d.baseQuantity,
    ),
  }))
  return write(
    tx,
    ctx,
    kind,
    claim,
    claimLines,
    exact,
    { ...input, reason: input.reason ?? shipment.reason },
    null,
    shipment.id,
  )
}
