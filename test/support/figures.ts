import { decimal } from '../../src/kernel/decimal.ts'
import type { Answered } from './api.ts'
import type { Trade } from './trade.ts'

/** Figures of documents as the scenarios write them. */

/** An amount with at least so many decimals; more are shown, so that a test sees what should not be there. */
export function money(amount: unknown, digits = 2): string {
  if (typeof amount !== 'string') throw new Error(`not an amount: ${JSON.stringify(amount)}`)
  const exact = decimal(amount).toFixed()
  const decimals = exact.split('.')[1]?.length ?? 0
  return decimals >= digits ? exact : decimal(amount).toFixed(digits)
}

/** '200.00 + 40.00 = 240.00': net, tax and gross of a document. */
export function sums(document: Answered, digits = 2): string {
  const { net, tax, gross } = document.totals
  return `${money(net, digits)} + ${money(tax, digits)} = ${money(gross, digits)}`
}

/** '70.00 partial': what is open of a document, or left of a credit, and how that is called. */
export function owed(document: Answered, digits = 2): string {
  return `${money(document.openAmount, digits)} ${document.paymentStatus}`
}

/** A tax of this many per cent; answers its id. */
export async function tax(trade: Trade, rate: string, more: object = {}): Promise<string> {
  const made = { name: `Tax ${rate} %`, rate, category: rate === '0' ? 'Z' : 'S', ...more }
  return (await trade.api('POST', '/taxes', made)).id
}

/** A posted invoice of the customer (or another party) with lines that need no product. */
export async function charge(trade: Trade, lines: readonly object[], head: object = {}): Promise<Answered> {
  const draft = await trade.api('POST', '/invoices', invoiceOf(trade, lines, head))
  return trade.act(`/invoices/${draft.id}/post`)
}

/** The same as a draft that is not sent. */
export function invoiceOf(trade: Trade, lines: readonly object[], head: object = {}): object {
  const described = lines.map((line) => ({ description: 'Service', quantity: '1', taxIds: [], ...line }))
  return { partyId: trade.customerId, ...head, lines: described }
}
