import type { Context } from '../kernel/context.ts'
import { max, zero } from '../kernel/decimal.ts'
import { notFound } from '../kernel/problem.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { type OrderKind, type ShipmentKind, describeShipment, isRejectionReason } from '../kinds.ts'
import { type OrderOut, presentOrder } from '../orders/index.ts'
import { findParty } from '../parties/index.ts'
import { type ShipmentOut, presentShipment } from '../shipments/index.ts'
import { deliveryBlock, partyBlock } from './addresses.ts'
import type { House } from './house.ts'
import { stampOf } from './of-invoice.ts'
import { codeOf } from './payment-code.ts'
import { findScanCodes } from './product-codes.ts'
import { findLocationCodes, findPlace, placeBlock } from './places.ts'
import { type Block, type Column, type Content, column, factsOf, printRow } from './print-model.ts'
import type { Language, Word } from './words.ts'

type ShipmentForm = ShipmentKind | 'pick-list'
type Line = ShipmentOut['lines'][number]

/** What the columns of a form show of a line. */
interface Shown {
  readonly column: Column
  readonly value: (line: Line, index: number) => string
}

/** A delivery note, pick list, receipt note, return, adjustment or transfer as it is printed: without prices. */
export async function contentOfShipment(
  tx: Transaction,
  ctx: Context,
  house: House,
  kind: ShipmentKind,
  id: string,
  form: ShipmentForm,
  language: Language,
): Promise<{ content: Content; shipment: ShipmentOut }> {
  const shipment = await presentShipment(tx, ctx, kind, id)
  const { side } = describeShipment(kind)
  const orderKind: OrderKind = side === 'vendor' ? 'purchase-order' : 'sales-order'
  const [from, to, order, party, codes] = await Promise.all([
    findPlace(tx, ctx, shipment.warehouseId),
    shipment.toWarehouseId === null ? null : findPlace(tx, ctx, shipment.toWarehouseId),
    shipment.orderId === null ? null : presentOrder(tx, ctx, orderKind, shipment.orderId),
    shipment.partyId === null ? null : findParty(tx, ctx.company.id, shipment.partyId),
    findLocationCodes(
      tx,
      ctx,
      shipment.lines.map((line) => line.locationId),
    ),
  ])
  if (!from) throw notFound('warehouse')
  const scanned = form === 'pick-list' ? await findScanCodes(tx, ctx, shipment.lines) : null
  const say = (word: Word): string => language.word(word)
  const others: Block[] = []
  if (kind === 'delivery-note' && shipment.party) {
    const { deliveryAddress, party: customer } = shipment
    const shipTo = deliveryBlock(deliveryAddress, party, customer.name, language, house.country)
    if (shipTo) others.push(shipTo)
  }
  others.push(placeBlock(house, from, say(to ? 'fromWarehouse' : 'warehouse'), language))
  if (to) others.push(placeBlock(house, to, say('toWarehouse'), language))
  const location = (line: Line): string => (line.locationId && codes.get(line.locationId)) || ''
  const lines =
    form === 'pick-list'
      ? shipment.lines.toSorted((a, b) => location(a).localeCompare(location(b)) || a.position - b.position)
      : shipment.lines
  const shown = columnsOf(form, shipment, order, location, scanned, language)
  const content: Content = {
    title: say(form),
    number: shipment.number,
    subtitle: null,
    // A pick list is made to be picked from before the goods have gone.
    stamp: form === 'pick-list' && shipment.state === 'draft' ? null : stampOf(shipment.state, language),
    code: shipment.number === null ? null : codeOf(shipment.number),
    partner: shipment.party
      ? partyBlock(shipment.party, say(side === 'vendor' ? 'vendor' : 'customer'), language, house.country)
      : null,
    others,
    facts: factsOf([
      [say('date'), language.date(shipment.date)],
      [say('order'), order?.number],
      [say('source'), sources(shipment, order)],
      [say(side === 'vendor' ? 'vendorReference' : 'reference'), shipment.reference ?? order?.reference],
      [say('carrier'), shipment.carrier],
      [say('tracking'), shipment.tracking],
    ]),
    columns: shown.map((each) => each.column),
    rows: lines.map((line, i) => ({
      ...printRow(
        shown.map((each) => each.value(line, i)),
        line.description,
        detailOf(line, language),
      ),
      ...(scanned && { code: codeOf(scanned(line)) }),
    })),
    taxes: null,
    totals: [],
    payment: null,
    notes: [
      ...(shipment.reason ? [{ label: say('reason'), text: shipment.reason }] : []),
      ...(shipment.notes ? [{ label: null, text: shipment.notes }] : []),
    ],
    signatures: signatures[form].map(say),
  }
  return { content, shipment }
}

function sources(shipment: ShipmentOut, order: OrderOut | null): string {
  return shipment.links
    .filter((link) => link.direction === 'source' && link.id !== order?.id)
    .map((link) => link.number)
    .filter(Boolean)
    .join(', ')
}

function columnsOf(
  form: ShipmentForm,
  shipment: ShipmentOut,
  order: OrderOut | null,
  location: (line: Line) => string,
  scanned: ((line: Line) => string) | null,
  language: Language,
): Shown[] {
  const say = (word: Word): string => language.word(word)
  const quantity = (label: Word, value: (line: Line) => Line['quantity'] | null): Shown => ({
    column: column(say(label)),
    value: (line) => {
      const found = value(line)
      return found === null ? '' : language.quantity(found)
    },
  })
  const promised = (line: Line) => order?.lines.find((each) => each.id === line.orderLineId)
  const located = shipment.lines.some((line) => location(line) !== '')
  const place: Shown = { column: column(say('location'), 'start'), value: location }
  const basics: Shown[] = [
    { column: column(say('no')), value: (_, i) => String(i + 1) },
    ...(form === 'pick-list' && located ? [place] : []),
    { column: column(say('item'), 'start', 'text'), value: (line) => line.description },
  ]
  const unit: Shown = { column: column(say('unit'), 'start'), value: (line) => line.unit }
  switch (form) {
    case 'delivery-note':
      return [
        ...basics,
        ...(order
          ? [
              quantity('ordered', (line) => promised(line)?.quantity ?? null),
              quantity('quantity', (line) => line.quantity),
              // What this draft will bring is not to come any more.
              quantity('stillToCome', (line) => {
                const open = promised(line)?.open ?? zero
                return shipment.state === 'draft' ? max(open.minus(line.quantity), zero) : open
              }),
            ]
          : [quantity('quantity', (line) => line.quantity)]),
        unit,
      ]
    case 'pick-list':
      return [
        ...basics,
        quantity('quantity', (line) => line.quantity),
        unit,
        ...(scanned ? [{ column: column(say('code'), 'start', 'code'), value: scanned }] : []),
        { column: column(say('picked'), 'start', 'box'), value: () => '' },
      ]
    case 'receipt-note':
      return [
        ...basics,
        quantity('expected', (line) => line.expectedQuantity),
        quantity('accepted', (line) => line.quantity),
        quantity('rejected', (line) => line.rejectedQuantity),
        unit,
        ...(located ? [place] : []),
      ]
    case 'stock-adjustment':
      return [
        ...basics,
        ...(shipment.lines.some((line) => line.countedQuantity !== null)
          ? [quantity('counted', (line) => line.countedQuantity)]
          : []),
        quantity('change', (line) => line.quantityChange ?? line.quantity),
        unit,
        ...(located ? [place] : []),
      ]
    case 'sales-return':
    case 'purchase-return':
    case 'stock-transfer':
      break
  }
  return [...basics, quantity('quantity', (line) => line.quantity), unit, ...(located ? [place] : [])]
}

/** Code, lots and serial numbers, why it came back and what becomes of it. */
function detailOf(line: Line, language: Language): string[] {
  const say = (word: Word): string => language.word(word)
  const serials = new Set(line.serials)
  const lots = line.lots
    .filter((lot) => !serials.has(lot.number))
    .map((lot) => {
      const expiry = lot.expiresOn === null ? '' : `, ${say('expires')} ${language.date(lot.expiresOn)}`
      return `${say('lot')} ${lot.number}${expiry}: ${language.quantity(lot.quantity)}`
    })
  return [
    line.sku,
    ...lots,
    ...(line.serials.length > 0 ? [`${say('serials')} ${line.serials.join(', ')}`] : []),
    ...(line.reason
      ? [`${say('reason')}: ${isRejectionReason(line.reason) ? say(line.reason) : line.reason}`]
      : []),
    ...(line.disposition === null ? [] : [`${say('disposition')}: ${say(line.disposition)}`]),
  ]
}

const signatures: Record<ShipmentForm, readonly Word[]> = {
  'delivery-note': ['issuedBy', 'receivedBy'],
  'pick-list': ['pickedBy'],
  'receipt-note': ['deliveredBy', 'receivedBy'],
  'sales-return': ['deliveredBy', 'receivedBy'],
  'purchase-return': ['issuedBy', 'receivedBy'],
  'stock-adjustment': ['issuedBy'],
  'stock-transfer': ['issuedBy', 'receivedBy'],
}
