import {
  type Lot,
  type Product,
  findLots,
  findLotsByNumber,
  findProducts,
  toBase,
  unitOf,
} from '../catalogue/index.ts'
import { recordEvents } from '../journal/events.ts'
import type { Context } from '../kernel/context.ts'
import { decimal } from '../kernel/decimal.ts'
import { tidy } from '../kernel/guards.ts'
import { newId } from '../kernel/ids.ts'
import { conflictAt, ruleBroken } from '../kernel/problem.ts'
import { sql, statement } from '../kernel/sql.ts'
import { type ReadBack, type Transaction, readBack } from '../kernel/transaction.ts'
import { mostLines } from './choose-lines.ts'
import { presentCount } from './present-count.ts'
import {
  type CountLineRow,
  type CountRow,
  type CountedLine,
  enterCounted,
  insertCountLines,
  selectCountLines,
  setCountState,
  takeCount,
} from './records.ts'
import type { CountEntries, CountEntry, CountSheetOut } from './schemas.ts'

const selectPlaces = statement(
  'places_of_count',
  { id: 'uuid', code: 'text', isDefault: 'bool' },
  (p: { companyId: string; warehouseId: string }) => sql`
    select id, code, is_default from locations
    where company_id = ${p.companyId} and warehouse_id = ${p.warehouseId} and type = 'stock' and not archived`,
)

/** What is added to the sheet: goods that lie where the books have none. */
interface AddedLine {
  readonly id: string
  readonly productId: string
  readonly locationId: string
  readonly lotId: string | null
  readonly lotNumber: string | null
  readonly expiresOn: string | null
}

/** What the entries are understood by. */
interface Known {
  readonly count: CountRow
  readonly lines: readonly CountLineRow[]
  readonly products: ReadonlyMap<string, Product>
  readonly places: readonly { readonly id: string; readonly code: string; readonly isDefault: boolean }[]
  readonly lots: ReadonlyMap<string, Lot>
  readonly lotsByNumber: readonly Lot[]
}

/**
 * Enters what was counted: of lines of the sheet, or of goods that are not on it yet. What counts is the last entry of
 * a line; entering the same again changes nothing but the moment.
 */
export async function enterCount(
  tx: Transaction,
  ctx: Context,
  id: string,
  input: CountEntries,
  ifMatch: number | null,
): Promise<ReadBack<CountSheetOut>> {
  const companyId = ctx.company.id
  const count = await takeCount(tx, ctx, id, 'enter', ifMatch)
  const lines = await tx.all(selectCountLines, { companyId, id })
  const productIds = new Set(input.lines.flatMap(({ productId }) => productId ?? []))
  for (const { productId } of lines) productIds.add(productId)
  const numbered = input.lines.flatMap(({ productId, lotNumber }) =>
    productId !== undefined && lotNumber !== undefined ? [{ productId, number: lotNumber.trim() }] : [],
  )
  const [products, places, lots, lotsByNumber] = await Promise.all([
    findProducts(tx, companyId, [...productIds]),
    tx.all(selectPlaces, { companyId, warehouseId: count.warehouseId }),
    findLots(
      tx,
      companyId,
      input.lines.flatMap(({ lotId }) => lotId ?? []),
    ),
    findLotsByNumber(tx, companyId, numbered),
  ])
  const known: Known = { count, lines, products, places, lots, lotsByNumber }
  const added: AddedLine[] = []
  const seen = new Map<string, number>()
  const counted = input.lines.map((entry, i): CountedLine => {
    const { lineId, productId } = lineOf(known, added, entry, `/lines/${i}`)
    const before = seen.get(lineId)
    if (before !== undefined)
      throw ruleBroken('twice', `/lines/${i}`, `Line ${before + 1} of the request is of the same goods.`)
    seen.set(lineId, i)
    const product = products.get(productId)!
    const note = entry.note === undefined ? {} : { note: entry.note }
    const at = momentOf(ctx, count, entry.countedAt, `/lines/${i}/countedAt`)
    if (entry.counted === null) return { id: lineId, counted: null, at, ...note }
    const unit = unitOf(product, entry.unit ?? null, `/lines/${i}/unit`)
    const quantity = toBase(decimal(entry.counted), unit, `/lines/${i}/counted`)
    if (product.tracking === 'serial' && quantity.gt('1'))
      throw ruleBroken('serial-quantity', `/lines/${i}/counted`, 'A serial number is there or not: 1 or 0.')
    return { id: lineId, counted: quantity, at, ...note }
  })
  if (lines.length + added.length > mostLines)
    throw conflictAt('/lines', 'too-many-lines', `A sheet has ${mostLines} lines at the most.`)
  if (added.length > 0)
    tx.write(insertCountLines, {
      rows: added.map((line, i) => ({ companyId, countId: id, position: lines.length + i + 1, ...line })),
    })
  tx.write(enterCounted, { companyId, countId: id, by: ctx.actor.name, now: ctx.now, rows: counted })
  tx.write(setCountState, { companyId, id, state: 'counting' })
  const skuOf = (lineId: string): string =>
    products.get([...lines, ...added].find((line) => line.id === lineId)!.productId)!.sku
  recordEvents(tx, ctx, [
    {
      type: 'stock-count.counted',
      objectKind: 'stock-count',
      objectId: id,
      after: { lines: counted.map((line) => ({ sku: skuOf(line.id), counted: line.counted })) },
    },
  ])
  return readBack(() => presentCount(tx, ctx, id))
}

/** When something was counted; null: now, which is also what a clock means that is ahead of the server's. */
function momentOf(ctx: Context, count: CountRow, asked: string | undefined, pointer: string): Date | null {
  const at = asked === undefined ? ctx.now : new Date(asked)
  if (at >= ctx.now) return null
  if (at < count.createdAt)
    throw ruleBroken(
      'before-the-count',
      pointer,
      `It was counted after the sheet was made, ${count.createdAt.toISOString()}.`,
    )
  return at
}

/** The line of the sheet that an entry is of; one that is not there yet is added. */
function lineOf(
  known: Known,
  added: AddedLine[],
  entry: CountEntry,
  pointer: string,
): { lineId: string; productId: string } {
  if (entry.lineId !== undefined) {
    const line = known.lines.find(({ id }) => id === entry.lineId)
    if (!line) throw ruleBroken('unknown-line', `${pointer}/lineId`, 'This count has no such line.')
    return { lineId: line.id, productId: line.productId }
  }
  const product = entry.productId === undefined ? undefined : known.products.get(entry.productId)
  if (!product)
    throw ruleBroken('unknown-product', `${pointer}/productId`, 'Name the line, or a product that exists.')
  if (product.type !== 'stocked')
    throw ruleBroken(
      'service',
      `${pointer}/productId`,
      `${product.sku} is a service; there is nothing to count.`,
    )
  const place = known.places.find(({ id, isDefault }) =>
    entry.locationId === undefined ? isDefault : id === entry.locationId,
  )
  if (!place)
    throw ruleBroken(
      'location',
      `${pointer}/locationId`,
      `${known.count.warehouseName} has no such location for stock.`,
    )
  const lot = lotOf(known, product, entry, pointer)
  const same = (
    line: { productId: string; locationId: string; lotId: string | null },
    number: string | null,
  ) =>
    line.productId === product.id &&
    line.locationId === place.id &&
    line.lotId === lot.lotId &&
    (lot.lotId !== null || number === lot.lotNumber)
  const there =
    known.lines.find((line) => same(line, line.lotId === null ? line.lot : null)) ??
    added.find((line) => same(line, line.lotNumber))
  if (there) return { lineId: there.id, productId: product.id }
  refuseKnownSerial(known, product, lot.lotId, pointer)
  const line = { id: newId(), productId: product.id, locationId: place.id, ...lot }
  added.push(line)
  return { lineId: line.id, productId: product.id }
}

type LotOfEntry = Pick<AddedLine, 'lotId' | 'lotNumber' | 'expiresOn'>

function lotOf(known: Known, product: Product, entry: CountEntry, pointer: string): LotOfEntry {
  const named = entry.lotId !== undefined || entry.lotNumber !== undefined
  if (product.tracking === 'none') {
    if (named)
      throw ruleBroken(
        'not-tracked',
        `${pointer}/lotNumber`,
        `${product.sku} is not tracked by lot or serial number.`,
      )
    return { lotId: null, lotNumber: null, expiresOn: null }
  }
  if (!named)
    throw ruleBroken(
      'lots-missing',
      `${pointer}/lotNumber`,
      `Count ${product.sku} lot by lot: say which one.`,
    )
  const number = entry.lotNumber === undefined ? null : tidy(entry.lotNumber, `${pointer}/lotNumber`)
  const lot =
    number === null
      ? known.lots.get(entry.lotId!)
      : known.lotsByNumber.find((one) => one.productId === product.id && one.number === number)
  if (lot && lot.productId === product.id) return { lotId: lot.id, lotNumber: null, expiresOn: null }
  if (number === null) throw ruleBroken('unknown-lot', `${pointer}/lotId`, `${product.sku} has no such lot.`)
  return { lotId: null, lotNumber: number, expiresOn: entry.expiresOn ?? null }
}

/** A serial number lies in one place: the books say where, or that it has gone; it is not found a second time. */
function refuseKnownSerial(known: Known, product: Product, lotId: string | null, pointer: string): void {
  if (product.tracking !== 'serial' || lotId === null) return
  const line = known.lines.find((one) => one.lotId === lotId)
  const number =
    line?.lot ?? [...known.lots.values(), ...known.lotsByNumber].find(({ id }) => id === lotId)?.number
  throw conflictAt(
    pointer,
    'serial-known',
    line
      ? `By the books ${number} lies in ${line.location}. Count it there as 0 or 1, and move it by a transfer.`
      : `${number} is known and does not lie in the places of this sheet. Move it here by a transfer, or take it back by a return.`,
  )
}
