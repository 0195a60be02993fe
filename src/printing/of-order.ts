import { findCurrency } from '../catalogue/index.ts'
import type { Context } from '../kernel/context.ts'
import { notFound } from '../kernel/problem.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { type OrderKind, describeOrder } from '../kinds.ts'
import { type OrderOut, presentOrder } from '../orders/index.ts'
import { findParty } from '../parties/index.ts'
import { type PrintedAddress, addressLines, deliveryBlock, partyBlock } from './addresses.ts'
import type { House } from './house.ts'
import { stampOf } from './of-invoice.ts'
import { columnsOf, pricedRow, sumsOf } from './priced-lines.ts'
import { findPlace, placeBlock } from './places.ts'
import { type Block, type Content, factsOf } from './print-model.ts'
import { findCodes } from './product-codes.ts'
import { findReasons, taxTable } from './taxes.ts'
import type { Language, Word } from './words.ts'

/** A sales order (confirmation or quotation) or a purchase order as it is printed. */
export async function contentOfOrder(
  tx: Transaction,
  ctx: Context,
  house: House,
  kind: OrderKind,
  id: string,
  form: 'sales-order' | 'quotation' | 'purchase-order',
  language: Language,
): Promise<{ content: Content; order: OrderOut }> {
  const order = await presentOrder(tx, ctx, kind, id)
  const { side } = describeOrder(kind)
  const [currency, party, place] = await Promise.all([
    findCurrency(tx, ctx.company.id, order.currency),
    findParty(tx, ctx.company.id, order.partyId),
    findPlace(tx, ctx, order.warehouseId),
  ])
  if (!place) throw notFound('warehouse')
  const digits = currency?.minorDigits ?? 2
  const [codes, reasons] = await Promise.all([
    findCodes(tx, ctx, order.lines, language, side === 'vendor' ? order.partyId : null),
    findReasons(tx, ctx, order.taxes),
  ])
  const say = (word: Word): string => language.word(word)
  const partner = partyBlock(order.party, say(side), language, house.country)
  const shipTo: Block | null =
    side === 'vendor'
      ? placeBlock(house, place, say('shipTo'), language)
      : deliveryBlock(order.deliveryAddress, party, order.party.name, language, house.country)
  const billed = addressLines(order.party.address as PrintedAddress | null, language, house.country)
  // Goods that go to the customer's own address need no second one.
  const same = shipTo?.name === partner.name && shipTo.lines.join('\n') === billed.join('\n')
  const content: Content = {
    title: say(form),
    number: order.number,
    subtitle: form === 'sales-order' ? say('notAnInvoice') : null,
    // A quotation is meant to be sent before the order is confirmed.
    stamp: form === 'quotation' && order.state === 'draft' ? null : stampOf(order.state, language),
    code: null,
    partner,
    others: shipTo && !same ? [shipTo] : [],
    facts: factsOf([
      [say(form === 'quotation' ? 'date' : 'orderDate'), language.date(order.orderDate)],
      [say('expectedDate'), order.expectedDate === null ? null : language.date(order.expectedDate)],
      [say(side === 'customer' ? 'reference' : 'vendorReference'), order.reference],
      [say('terms'), order.paymentTermDays > 0 ? language.days(order.paymentTermDays) : null],
      [say('currency'), order.currency === ctx.company.currency ? null : order.currency],
    ]),
    columns: columnsOf(order, language, digits),
    rows: order.lines.map((line) =>
      pricedRow(
        order,
        line,
        language,
        digits,
        codes(line),
        line.expectedDate !== null && line.expectedDate !== order.expectedDate
          ? [`${say('promised')}: ${language.date(line.expectedDate)}`]
          : [],
      ),
    ),
    taxes: taxTable(order.taxes, reasons, language, digits),
    totals: sumsOf(order, language, digits),
    payment: null,
    notes: order.notes ? [{ label: null, text: order.notes }] : [],
    signatures: [],
  }
  return { content, order }
}
