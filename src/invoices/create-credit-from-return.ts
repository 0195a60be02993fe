import type { Context } from '../kernel/context.ts'
import { type Decimal, decimal, max, min, sum, zero } from '../kernel/decimal.ts'
import { conflict, notFound, ruleBroken } from '../kernel/problem.ts'
import type { Made, Transaction } from '../kernel/transaction.ts'
import { inUnit, toBase } from '../catalogue/index.ts'
import { type ShipmentKind, titles } from '../kinds.ts'
import {
  type OrderLineRow,
  creditForReturns,
  creditForReturnsOf,
  lockOrder,
  selectOrderLines,
} from '../orders/index.ts'
import {
  type ShipmentLineRow,
  lockShipment,
  selectShipment,
  selectShipmentLines,
  selectSourceLines,
} from '../shipments/index.ts'
import {
  type InvoiceLineRow,
  lockInvoice,
  selectCreditedTaxes,
  selectInvoiceLines,
  selectPostedLinesOfOrder,
  selectPostedLinesOfReturn,
} from './records.ts'
import type { InvoiceFollowUp, InvoiceOut } from './schemas.ts'
import {
  writeCredit,
  quantityDraft,
  withDeductions,
  creditAmounts,
  type CreditKind,
} from './create-credit.ts'
import { creditTaxes, creditable } from './left-to-credit.ts'
import type { FreshInvoice } from './write-invoice.ts'

/** The credit that a return deserves: its goods on the invoices that were issued for them, once. */
export async function createCreditFromReturn(
  tx: Transaction,
  ctx: Context,
  kind: CreditKind,
  returnId: string,
  input: InvoiceFollowUp,
): Promise<Made<InvoiceOut, FreshInvoice>> {
  const returnKind: ShipmentKind = kind === 'credit-note' ? 'sales-return' : 'purchase-return'
  const { title } = titles[returnKind]
  const p = { companyId: ctx.company.id, id: returnId }
  const peek = await tx.maybe(selectShipment, p)
  if (!peek || peek.kind !== returnKind) throw notFound(title)
  const order = peek.orderId === null ? null : { companyId: ctx.company.id, id: peek.orderId }
  if (order) await tx.maybe(lockOrder, order)
  const [shipment, lines, sources, orderLines, posted] = await Promise.all([
    tx.one(lockShipment, p),
    tx.all(selectShipmentLines, p),
    tx.all(selectSourceLines, p),
    order ? tx.all(selectOrderLines, order) : [],
    order ? tx.all(selectPostedLinesOfOrder, order) : tx.all(selectPostedLinesOfReturn, p),
  ])
  if (shipment.state !== 'posted')
    throw conflict('wrong-state', `This ${title} is ${shipment.state}; only a posted one is credited.`)
  requireReturnLines(lines, input)
  const [claimId, ...parts] = partsOfReturn({ lines, sources, orderLines, posted }, input)
  if (claimId === undefined)
    throw conflict(
      'nothing-left',
      'Nothing of this return is left to credit: it is credited already, or was never invoiced.',
    )
  const key = { companyId: ctx.company.id, id: claimId }
  const [claim, claimLines, credited] = await Promise.all([
    tx.one(lockInvoice, key),
    tx.all(selectInvoiceLines, key),
    tx.all(selectCreditedTaxes, key),
  ])
  const open = parts.map(({ claimLine, base, returnLineId }) => ({
    ...quantityDraft(claimLine, base, zero),
    amount: zero,
    shipmentLineId: returnLineId,
  }))
  const amounts = creditAmounts(claim, claimLines, open)
  const goods = open.map(({ amount: _, ...draft }, i) => ({ ...draft, fixedAmount: amounts[i]! }))
  const drafts = withDeductions(claim, claimLines, goods, credited)
  return writeCredit(
    tx,
    ctx,
    kind,
    claim,
    drafts,
    { ...input, reason: input.reason ?? shipment.reason },
    creditTaxes(claim, claimLines, drafts, credited),
    shipment.id,
  )
}

function requireReturnLines(lines: readonly ShipmentLineRow[], input: InvoiceFollowUp): void {
  for (const [i, entry] of (input.lines ?? []).entries()) {
    if (!lines.some((line) => line.id === entry.sourceLineId))
      throw ruleBroken('unknown-line', `/lines/${i}/sourceLineId`, 'This return has no such line.')
  }
}

interface Returned {
  readonly lines: readonly ShipmentLineRow[]
  /** Of the deliveries or receipts that the goods came back from. */
  readonly sources: readonly ShipmentLineRow[]
  readonly orderLines: readonly OrderLineRow[]
  readonly posted: readonly InvoiceLineRow[]
}

interface ReturnedPart {
  readonly claimLine: InvoiceLineRow
  readonly base: Decimal
  readonly returnLineId: string
}

/**
 * Which lines of which invoice a return is credited on: the invoice's id, then the parts. A credit corrects
 * one invoice; what others hold is left for the next credit of this return.
 */
function partsOfReturn(returned: Returned, input: InvoiceFollowUp): [] | [string, ...ReturnedPart[]] {
  const { lines, posted } = returned
  const parts = new Map<string, ReturnedPart[]>()
  const taken = new Map<string, Decimal>()
  const take = (id: string, base: Decimal): void => {
    taken.set(id, (taken.get(id) ?? zero).plus(base))
  }
  for (const line of lines) {
    const entry = input.lines?.find((l) => l.sourceLineId === line.id)
    if (input.lines && !entry) continue
    const goods = line.orderLineId ?? line.sourceLineId
    if (goods === null) continue
    const owed = max(owedFor(line, returned).minus(taken.get(goods) ?? zero), zero)
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
      if (!left.gt(zero) || !isFor(claimLine, line)) continue
      const base = min(left, creditable(claimLine).base.minus(taken.get(claimLine.id) ?? zero))
      if (!base.gt(zero)) continue
      left = left.minus(base)
      take(goods, base)
      take(claimLine.id, base)
      const known = parts.get(claimLine.invoiceId) ?? []
      parts.set(claimLine.invoiceId, [...known, { claimLine, base, returnLineId: line.id }])
    }
  }
  const [first] = parts
  return first ? [first[0], ...first[1]] : []
}

/** Whether an invoice line is for the goods of a return line: by their order line, without one by their delivery or receipt. */
function isFor(claimLine: InvoiceLineRow, line: ShipmentLineRow): boolean {
  return line.orderLineId === null
    ? claimLine.orderLineId === null && claimLine.shipmentLineId === line.sourceLineId
    : claimLine.orderLineId === line.orderLineId
}

/** What of goods that came back is to be credited, by whichever return, and is not yet. */
function owedFor(line: ShipmentLineRow, { orderLines, sources, posted }: Returned): Decimal {
  const orderLine = orderLines.find((l) => l.id === line.orderLineId)
  if (orderLine) return creditForReturnsOf(orderLine)
  const source = sources.find((l) => l.id === line.sourceLineId)
  if (!source) return zero
  const claims = posted.filter((l) => isFor(l, line))
  return creditForReturns({
    shipped: source.baseQuantity.plus(source.rejectedBaseQuantity),
    rejected: source.rejectedBaseQuantity,
    back: source.returned,
    invoiced: sum(claims.map((l) => l.baseQuantity)),
    credited: sum(claims.map((l) => l.credited)),
  })
}
