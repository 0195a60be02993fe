import {
  type Product,
  type Ratio,
  findLots,
  findProducts,
  fromBase,
  inUnit,
  toBase,
  unitOf,
} from '../catalogue/index.ts'
import type { Context } from '../kernel/context.ts'
import { type Decimal, decimal, min, sum, zero } from '../kernel/decimal.ts'
import { tidyOptional } from '../kernel/guards.ts'
import { ruleBroken } from '../kernel/problem.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { type ShipmentKind, kinds } from '../kinds.ts'
import { Faults, type OrderLineRow } from '../orders/index.ts'
import { behind, lessBack, upTo } from './lots-left.ts'
import type { ShipmentLineRow, StoredLot } from './records.ts'
import type { ShipmentLineInput } from './schemas.ts'

/** A line of a draft, before it has an id and a position. Quantities in base units where they say so. */
export interface DraftShipmentLine {
  readonly productId: string
  readonly sku: string
  readonly description: string
  readonly unit: string
  readonly numerator: number
  readonly denominator: number
  readonly quantity: Decimal
  readonly baseQuantity: Decimal
  readonly expectedBaseQuantity: Decimal | null
  readonly rejectedBaseQuantity: Decimal
  readonly countedQuantity: Decimal | null
  /** Of a count: base quantity that the books had when it was counted; null: what they have on the document's date. */
  readonly bookQuantity: Decimal | null
  readonly reason: string | null
  readonly disposition: string | null
  readonly replace: boolean
  readonly warehouseId: string
  readonly locationId: string | null
  readonly toLocationId: string | null
  readonly lots: readonly StoredLot[]
  readonly sourceLineId: string | null
  readonly orderLineId: string | null
  readonly unitCost: Decimal | null
}

/** What a line may be made from: an order line or the line of an earlier shipment. */
export interface Source {
  readonly id: string
  readonly orderLineId: string | null
  readonly productId: string
  readonly sku: string
  readonly description: string
  readonly unit: { unit: string; numerator: number; denominator: number }
  /** What an empty body takes, base units. */
  readonly open: Decimal
  /** The most that a line may say, base units, and why. */
  readonly most: Decimal
  readonly limit: (most: string) => string
  /** Where the goods lie or go unless the line says otherwise; several when reservations are spread (S29). */
  readonly places: readonly { warehouseId: string; quantity: Decimal }[]
  /** Of tracked goods: what an empty body takes. */
  readonly lots: readonly StoredLot[]
}

export function sourceOfOrderLine(
  line: OrderLineRow,
  kind: 'delivery-note' | 'receipt-note',
  places: readonly { warehouseId: string; quantity: Decimal }[],
  lots: readonly StoredLot[],
): Source {
  const done = line.shipped.minus(line.returnedReplace)
  const most = line.cancelled.gt(zero) ? line.openQuantity : line.limitQuantity.minus(done)
  const verb = kind === 'delivery-note' ? 'delivered' : 'received'
  const tolerance = line.tolerancePercent.gt(zero) ? ` + ${line.tolerancePercent.toFixed()} % tolerance` : ''
  return {
    id: line.id,
    orderLineId: line.id,
    productId: line.productId!,
    sku: line.sku ?? '',
    description: line.description,
    unit: line,
    open: line.openQuantity,
    most: most.gt(zero) ? most : zero,
    limit: (amount) =>
      `At most ${amount} can be ${verb}: ${inUnit(line.baseQuantity, line).toFixed()}${tolerance} ordered, ${inUnit(done, line).toFixed()} ${verb} already.`,
    places,
    lots,
  }
}

/** @param back by number of the lot: what of the line is back. */
export function sourceOfShipmentLine(
  line: ShipmentLineRow,
  kind: 'sales-return' | 'purchase-return',
  back: ReadonlyMap<string, Decimal> = new Map(),
): Source {
  const moved = line.baseQuantity.plus(line.rejectedBaseQuantity)
  const most = moved.minus(line.returned)
  const verb = kind === 'sales-return' ? 'delivered' : 'received'
  // Rejected goods are the natural source of a purchase return: they go first. Of tracked goods it is known which
  // of them are back already.
  const rejectedLots = lessBack(behind(line.lots, line.baseQuantity), back)
  const rejectedOpen = min(
    most,
    line.lots.length > 0
      ? sum(rejectedLots.map((lot) => decimal(lot.quantity)))
      : line.rejectedBaseQuantity.minus(min(line.returned, line.rejectedBaseQuantity)),
  )
  const rejectedFirst = kind === 'purchase-return' && rejectedOpen.gt(zero)
  const open = rejectedFirst ? rejectedOpen : most
  return {
    id: line.id,
    orderLineId: line.orderLineId,
    productId: line.productId,
    sku: line.sku,
    description: line.description,
    unit: line,
    open,
    most,
    limit: (amount) =>
      `At most ${amount} can be returned: ${inUnit(moved, line).toFixed()} ${verb}, ${inUnit(line.returned, line).toFixed()} already back.`,
    places: [{ warehouseId: line.warehouseId, quantity: most }],
    lots: upTo(rejectedFirst ? rejectedLots : lessBack(line.lots, back), open),
  }
}

interface Options {
  readonly kind: ShipmentKind
  readonly warehouseId: string
  /** Given: every line must name one of these, or be left out for all that is open. */
  readonly sources: ReadonlyMap<string, Source> | null
  /** Of the document, for lines that give no reason of their own. */
  readonly reason: string | null
  /** Of the sources, where they are known: all that is open needs no more of a product. */
  readonly products?: ReadonlyMap<string, OpenProduct>
}

type OpenProduct = Pick<Product, 'unit' | 'tracking'>

/** Makes the lines of a draft from what was entered, or from all that is open. */
export async function buildShipmentLines(
  tx: Transaction,
  ctx: Context,
  inputs: readonly ShipmentLineInput[] | undefined,
  options: Options,
): Promise<DraftShipmentLine[]> {
  if (inputs === undefined && options.products) return allOpen(options, options.products)
  const entered = inputs ?? []
  const ids = [
    ...entered.flatMap((l) => (l.productId ? [l.productId] : [])),
    ...[...(options.sources?.values() ?? [])].map((s) => s.productId),
  ]
  const lotIds = entered.flatMap((l) => [
    ...(l.lotId ? [l.lotId] : []),
    ...(l.lots ?? []).flatMap((t) => (t.lotId ? [t.lotId] : [])),
  ])
  const [products, lots] = await Promise.all([
    findProducts(tx, ctx.company.id, [...new Set(ids)]),
    findLots(tx, ctx.company.id, [...new Set(lotIds)]),
  ])
  const lotsById = new Map(
    [...lots].map(([id, lot]) => [id, { number: lot.number, expiresOn: lot.expiresOn }]),
  )
  if (inputs === undefined) return allOpen(options, products)
  const faults = new Faults()
  const lines = entered.map((input, i) =>
    faults.collect(() => enteredLine(input, `/lines/${i}`, options, products, lotsById)),
  )
  faults.throwIfAny()
  const made = lines as DraftShipmentLine[]
  checkLimits(made, options, products, faults)
  faults.throwIfAny()
  return made
}

function allOpen(options: Options, products: ReadonlyMap<string, OpenProduct>): DraftShipmentLine[] {
  return [...options.sources!.values()].flatMap((source) =>
    openLines(source, options, products.get(source.productId)!),
  )
}

/** All that is open of a source, one line per warehouse that holds a part of it. */
function openLines(source: Source, options: Options, product: OpenProduct): DraftShipmentLine[] {
  const lines: DraftShipmentLine[] = []
  let left = source.open
  const several = source.places.length > 1
  for (const place of source.places) {
    if (!left.gt(zero)) break
    const base = several ? min(left, place.quantity) : left
    left = left.minus(base)
    lines.push({
      ...commonOf(source, options, place.warehouseId),
      ...inEnteredUnit(base, source.unit, product.unit),
      rejectedBaseQuantity: zero,
      countedQuantity: null,
      bookQuantity: null,
      reason: options.reason,
      disposition: options.kind === 'sales-return' ? 'restock' : null,
      replace: false,
      locationId: null,
      toLocationId: null,
      lots: product.tracking === 'none' || several ? [] : source.lots,
      unitCost: null,
    })
  }
  return lines
}

/** In the unit of the source where it divides evenly, in base units otherwise. */
function inEnteredUnit(base: Decimal, unit: Source['unit'], baseUnit: string) {
  const quantity = fromBase(base, unit)
  return quantity === null
    ? { quantity: base, baseQuantity: base, unit: baseUnit, numerator: 1, denominator: 1 }
    : {
        quantity,
        baseQuantity: base,
        unit: unit.unit,
        numerator: unit.numerator,
        denominator: unit.denominator,
      }
}

function commonOf(source: Source, options: Options, warehouseId: string) {
  return {
    productId: source.productId,
    sku: source.sku,
    description: source.description,
    expectedBaseQuantity: options.kind === 'receipt-note' ? source.open : null,
    warehouseId,
    sourceLineId: source.id,
    orderLineId: source.orderLineId,
  }
}

function enteredLine(
  input: ShipmentLineInput,
  pointer: string,
  options: Options,
  products: ReadonlyMap<string, Product>,
  lotsById: ReadonlyMap<string, { number: string; expiresOn: string | null }>,
): DraftShipmentLine {
  if (input.sourceLineId && !options.sources) {
    throw ruleBroken(
      'no-source',
      `${pointer}/sourceLineId`,
      'This document is not made from another one; name the product instead.',
    )
  }
  const source = input.sourceLineId ? options.sources?.get(input.sourceLineId) : undefined
  if (options.sources && !source) {
    throw ruleBroken(
      'unknown-line',
      `${pointer}/sourceLineId`,
      'The source document has no such line to take from.',
    )
  }
  if (source && input.productId && input.productId !== source.productId) {
    throw ruleBroken(
      'other-product',
      `${pointer}/productId`,
      `The line of the source is ${source.sku}. Leave the product out, or name that one.`,
    )
  }
  const productId = source?.productId ?? input.productId
  const product = productId ? products.get(productId) : undefined
  if (!product) throw ruleBroken('unknown-product', `${pointer}/productId`, 'This product does not exist.')
  if (product.type !== 'stocked') {
    throw ruleBroken(
      'service',
      `${pointer}/productId`,
      `${product.sku} is a service; it does not move through stock.`,
    )
  }
  const unit =
    input.unit !== undefined || !source ? unitOf(product, input.unit ?? null, `${pointer}/unit`) : source.unit
  const adjustment = options.kind === 'stock-adjustment'
  const counted =
    adjustment && input.countedQuantity !== undefined
      ? toBase(decimal(input.countedQuantity), unit, `${pointer}/countedQuantity`)
      : null
  const quantity = adjustment ? changeOf(input, counted, pointer) : decimal(input.quantity ?? '0')
  const rejected = toBase(decimal(input.rejectedQuantity ?? '0'), unit, `${pointer}/rejectedQuantity`)
  if (rejected.gt(zero) && options.kind !== 'receipt-note') {
    throw ruleBroken('rejected', `${pointer}/rejectedQuantity`, 'Only a receipt note has rejected goods.')
  }
  if (!adjustment && !quantity.plus(rejected).gt(zero)) {
    throw ruleBroken('no-quantity', `${pointer}/quantity`, 'Enter a quantity above zero.')
  }
  if (rejected.gt(zero) && !(input.reason ?? options.reason)) {
    throw ruleBroken('no-reason', `${pointer}/reason`, 'Say why goods were rejected.')
  }
  const field = quantity.lt(zero) ? 'quantityChange' : 'quantity'
  const baseQuantity = signedBase(quantity, unit, `${pointer}/${field}`)
  // Rejected goods have lots too: all that came is told apart.
  const lots = lotsOf(input, product, baseQuantity.abs().plus(rejected), pointer, options.kind, lotsById)
  return {
    productId: product.id,
    sku: source?.sku ?? product.sku,
    description: source?.description ?? product.name,
    unit: unit.unit,
    numerator: unit.numerator,
    denominator: unit.denominator,
    quantity,
    baseQuantity,
    expectedBaseQuantity: options.kind === 'receipt-note' ? (source?.open ?? null) : null,
    rejectedBaseQuantity: rejected,
    countedQuantity: counted,
    bookQuantity: bookOf(input, counted, unit, pointer),
    reason: input.reason ?? options.reason,
    disposition: options.kind === 'sales-return' ? (input.disposition ?? 'restock') : null,
    replace: input.replace ?? false,
    warehouseId: input.warehouseId ?? source?.places[0]?.warehouseId ?? options.warehouseId,
    locationId: input.locationId ?? null,
    toLocationId: input.toLocationId ?? null,
    lots,
    sourceLineId: source?.id ?? null,
    orderLineId: source?.orderLineId ?? null,
    unitCost: input.unitCost == null ? null : decimal(input.unitCost),
  }
}

function bookOf(
  { bookQuantity }: ShipmentLineInput,
  counted: Decimal | null,
  unit: Ratio,
  pointer: string,
): Decimal | null {
  if (bookQuantity == null) return null
  if (counted === null)
    throw ruleBroken(
      'no-count',
      `${pointer}/bookQuantity`,
      'What the books had belongs to a count: give countedQuantity with it, or leave it out.',
    )
  return signedBase(decimal(bookQuantity), unit, `${pointer}/bookQuantity`)
}

/** In base units, of a quantity that may be below zero. */
function signedBase(quantity: Decimal, unit: Ratio, pointer: string): Decimal {
  return quantity.lt(zero) ? toBase(quantity.neg(), unit, pointer).neg() : toBase(quantity, unit, pointer)
}

function changeOf(input: ShipmentLineInput, counted: Decimal | null, pointer: string): Decimal {
  if (counted !== null && input.quantityChange !== undefined) {
    throw ruleBroken(
      'two-quantities',
      `${pointer}/quantityChange`,
      'Give the change or what was counted, not both.',
    )
  }
  // What a count changes is known at posting: a count fixes the quantity, it is not a fixed difference (S21).
  if (counted !== null) return zero
  const change = decimal(input.quantityChange ?? '0')
  if (change.eq(zero))
    throw ruleBroken(
      'no-quantity',
      `${pointer}/quantityChange`,
      'Enter the change (not zero) or what was counted.',
    )
  return change
}

/** The lots or serial numbers of a line, from whichever of the three fields was used. */
function lotsOf(
  input: ShipmentLineInput,
  product: Product,
  baseQuantity: Decimal,
  pointer: string,
  kind: ShipmentKind,
  lotsById: ReadonlyMap<string, { number: string; expiresOn: string | null }>,
): StoredLot[] {
  const given: StoredLot[] = []
  const add = (
    lotId: string | null,
    number: string | undefined,
    expiresOn: string | null,
    quantity: string,
    at: string,
  ): void => {
    const known = lotId === null ? null : lotsById.get(lotId)
    if (lotId !== null && !known) throw ruleBroken('unknown-lot', at, 'This lot does not exist.')
    const entered = tidyOptional(number)
    if (!known && entered === null) throw ruleBroken('unknown-lot', at, 'Enter the number of the lot.')
    given.push({
      lotId,
      number: known?.number ?? entered!,
      expiresOn: expiresOn ?? known?.expiresOn ?? null,
      quantity,
    })
  }
  if (input.lotId) add(input.lotId, undefined, null, baseQuantity.toFixed(), `${pointer}/lotId`)
  for (const [i, lot] of (input.lots ?? []).entries())
    add(lot.lotId ?? null, lot.number, lot.expiresOn ?? null, lot.quantity, `${pointer}/lots/${i}`)
  for (const [i, serial] of (input.serials ?? []).entries())
    add(null, serial, null, '1', `${pointer}/serials/${i}`)
  if (given.length === 0) return []
  if (product.tracking === 'none')
    throw ruleBroken(
      'not-tracked',
      `${pointer}/lots`,
      `${product.sku} is not tracked by lot or serial number.`,
    )
  const numbers = new Set<string>()
  for (const lot of given) {
    if (numbers.has(lot.number))
      throw ruleBroken('serial-twice', `${pointer}/serials`, `${lot.number} stands twice on this line.`)
    numbers.add(lot.number)
    if (product.tracking === 'serial' && lot.quantity !== '1') {
      throw ruleBroken(
        'serial-quantity',
        `${pointer}/lots`,
        `${lot.number} is a serial number: its quantity is 1.`,
      )
    }
  }
  const total = given.reduce((sum, lot) => sum.plus(decimal(lot.quantity)), zero)
  const counts = kinds[kind].family === 'shipment' && baseQuantity.gt(zero)
  if (counts && !total.eq(baseQuantity)) {
    const what = product.tracking === 'serial' ? 'serial numbers' : 'lots'
    throw ruleBroken(
      'lots-do-not-add-up',
      `${pointer}/lots`,
      `The ${what} add up to ${total.toFixed()}, the line says ${baseQuantity.toFixed()}.`,
    )
  }
  return given
}

/** Over all lines of the document together: two lines of one source share its limit. */
function checkLimits(
  lines: readonly DraftShipmentLine[],
  options: Options,
  products: ReadonlyMap<string, Product>,
  faults: Faults,
): void {
  const taken = new Map<string, Decimal>()
  const serials = new Map<string, number>()
  for (const [i, line] of lines.entries()) {
    for (const lot of products.get(line.productId)?.tracking === 'serial' ? line.lots : []) {
      const key = `${line.productId} ${lot.number}`
      if (serials.has(key)) faults.add(`/lines/${i}/lots`, `${lot.number} stands on two lines.`)
      serials.set(key, i)
    }
    if (line.sourceLineId === null) continue
    const source = options.sources!.get(line.sourceLineId)!
    const total = (taken.get(source.id) ?? zero).plus(line.baseQuantity).plus(line.rejectedBaseQuantity)
    taken.set(source.id, total)
    if (total.gt(source.most))
      faults.add(`/lines/${i}/quantity`, source.limit(inUnit(source.most, source.unit).toFixed()))
  }
}
