import { presentInvoice } from '../../invoices/index.ts'
import type { Context } from '../../kernel/context.ts'
import { type CalendarDate, addDays, dayNumber } from '../../kernel/dates.ts'
import { zero } from '../../kernel/decimal.ts'
import { ruleBroken } from '../../kernel/problem.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { type OrderKind, kinds } from '../../kinds.ts'
import { presentOrder } from '../../orders/index.ts'
import type { RecurringKind } from './schema.ts'

/** What is made on each date: the body of the request that makes it, without what follows from the date. */
export interface Template {
  readonly body: { readonly lines: readonly Line[]; readonly [field: string]: unknown }
  /** Days from the date to the one that is promised or expected; null: none is. */
  readonly expectedAfter: number | null
  readonly currency: string
  readonly gross: string
}
interface Line {
  readonly productId: string | null
  readonly unitPrice?: string
  readonly [field: string]: unknown
}

/** Takes a document as a pattern, in whatever state it is. @throws 404; 422 where it cannot be made again */
export async function takeTemplate(
  tx: Transaction,
  ctx: Context,
  kind: RecurringKind,
  id: string,
): Promise<{ template: Template; partyId: string; party: string }> {
  const order = kind === 'invoice' ? null : await presentOrder(tx, ctx, kind as OrderKind, id)
  const invoice = kind === 'invoice' ? await presentInvoice(tx, ctx, kind, id) : null
  if (invoice?.lines.some((line) => line.type !== 'item') === true)
    throw ruleBroken(
      'not-repeatable',
      '/id',
      'This invoice has down payments, deductions or amounts without goods, which belong to it alone. Make the invoice that shall be repeated as a draft of its own.',
    )
  const document = (order ?? invoice)!
  const head =
    order === null
      ? {}
      : {
          warehouseId: order.warehouseId,
          priceBookId: order.priceBookId,
          priority: order.priority,
          backOrders: order.backOrders,
          deliveryAddress: order.deliveryAddress,
        }
  const discount = document.discountAmount.gt(zero)
    ? { discountAmount: document.discountAmount.toFixed() }
    : { discountPercent: document.discountPercent.toFixed() }
  const expected = order?.expectedDate ?? null
  return {
    partyId: document.partyId,
    party: document.party.name,
    template: {
      body: {
        partyId: document.partyId,
        ...head,
        ...discount,
        currency: document.currency,
        pricesIncludeTax: document.pricesIncludeTax,
        taxRounding: document.taxRounding,
        paymentTermDays: document.paymentTermDays,
        reference: document.reference,
        notes: document.notes,
        lines: document.lines.map((line) => ({
          productId: line.productId,
          description: line.description,
          quantity: line.quantity.toFixed(),
          unit: line.unit,
          unitPrice: line.unitPrice.toFixed(),
          discountPercent: line.discountPercent.toFixed(),
          taxIds: line.taxIds,
        })),
      },
      expectedAfter:
        order === null || expected === null ? null : dayNumber(expected) - dayNumber(order.orderDate),
      currency: document.currency,
      gross: document.totals.gross.toFixed(),
    },
  }
}

/** The body that makes the document of a date. A rate of exchange is never kept: it is that of the day. */
export function bodyOn(
  { body, expectedAfter }: Template,
  kind: RecurringKind,
  date: CalendarDate,
  prices: string,
): object {
  const lines =
    prices === 'original'
      ? body.lines
      : body.lines.map(({ unitPrice, ...line }) => (line.productId === null ? { ...line, unitPrice } : line))
  if (kinds[kind].family === 'invoice') return { ...body, date, lines }
  const expected = expectedAfter === null ? {} : { expectedDate: addDays(date, expectedAfter) }
  return { ...body, orderDate: date, ...expected, lines }
}
