import { inUnit } from '../catalogue/index.ts'
import { type Decimal, decimal, min, sum, zero } from '../kernel/decimal.ts'
import { conflict, conflictAt, ruleBroken } from '../kernel/problem.ts'
import type { Posting } from './posting.ts'
import type { MoveRow, ShipmentLineRow } from './records.ts'
import type { TransferReceipt } from './schemas.ts'

/** What of a movement into transit arrives now. */
export interface Arrival {
  readonly move: MoveRow
  readonly quantity: Decimal
}

type Entry = NonNullable<TransferReceipt['lines']>[number]
/** What is on its way of a line: what left, less what has arrived of it. */
type OnTheWay = readonly { readonly move: MoveRow; readonly left: Decimal }[]

/**
 * Which goods of a transfer arrive, by line: what is said, or all that is on its way. Lots and serial numbers are
 * told apart: where fewer come than are on their way, which ones has to be said.
 */
export function arrivalsOf(
  posting: Posting,
  entries: readonly Entry[] | undefined,
): ReadonlyMap<string, readonly Arrival[]> {
  const ways = new Map(posting.lines.map((line) => [line.id, onTheWay(posting, line)]))
  const arrivals = new Map<string, Arrival[]>()
  if (entries === undefined) {
    for (const [lineId, way] of ways)
      if (way.length > 0)
        arrivals.set(
          lineId,
          way.map(({ move, left }) => ({ move, quantity: left })),
        )
    return arrivals
  }
  for (const [i, entry] of entries.entries()) {
    const line = posting.lines.find((l) => l.id === entry.sourceLineId)
    if (!line) throw ruleBroken('unknown-line', `/lines/${i}/sourceLineId`, 'This transfer has no such line.')
    const way = ways.get(line.id)!
    const arriving = entered(posting, line, way, entry, `/lines/${i}`)
    // A line that is said twice takes of what is left then.
    ways.set(line.id, less(way, arriving))
    arrivals.set(line.id, [...(arrivals.get(line.id) ?? []), ...arriving])
  }
  return arrivals
}

function onTheWay({ stock, sourceMoves }: Posting, line: ShipmentLineRow): OnTheWay {
  const transit = stock.place('transit')
  return sourceMoves
    .filter((move) => move.shipmentLineId === line.id && move.toLocationId === transit.id)
    .map((move) => ({ move, left: move.quantity.minus(move.returnedQuantity) }))
    .filter(({ left }) => left.gt(zero))
}

function less(way: OnTheWay, arriving: readonly Arrival[]): OnTheWay {
  return way
    .map(({ move, left }) => ({
      move,
      left: left.minus(sum(arriving.filter((a) => a.move.id === move.id).map((a) => a.quantity))),
    }))
    .filter(({ left }) => left.gt(zero))
}

function entered(
  posting: Posting,
  line: ShipmentLineRow,
  way: OnTheWay,
  entry: Entry,
  pointer: string,
): readonly Arrival[] {
  const quantity = decimal(entry.quantity).times(decimal(line.numerator)).div(decimal(line.denominator))
  const rest = sum(way.map(({ left }) => left))
  if (quantity.gt(rest))
    throw conflict('over-quantity', `At most ${inUnit(rest, line).toFixed()} of ${line.sku} are in transit.`)
  const named = [
    ...(entry.lots ?? []).map((lot, i) => ({ ...lot, pointer: `${pointer}/lots/${i}` })),
    ...(entry.serials ?? []).map((number, i) => ({
      number,
      quantity: '1',
      pointer: `${pointer}/serials/${i}`,
    })),
  ]
  const { tracking } = posting.stock.product(line.productId)
  if (named.length > 0 && tracking === 'none')
    throw ruleBroken('not-tracked', `${pointer}/lots`, `${line.sku} is not tracked by lot or serial number.`)
  const lots = new Set(way.map(({ move }) => move.lotId))
  if (named.length === 0) {
    if (lots.size > 1 && quantity.gt(zero) && quantity.lt(rest))
      throw ruleBroken(
        'lots-missing',
        `${pointer}/${tracking === 'serial' ? 'serials' : 'lots'}`,
        `Say which ${tracking === 'serial' ? 'serial numbers' : 'lots'} of ${line.sku} came: ${inUnit(quantity, line).toFixed()} of ${inUnit(rest, line).toFixed()} in transit. On their way: ${numbersOf(posting, way)}.`,
      )
    return firstOf(way, quantity)
  }
  const seen = new Set<string>()
  const arriving = named.flatMap((lot) => {
    const of = way.filter(({ move }) => {
      if (move.lotId === null) return false
      return 'lotId' in lot && lot.lotId !== undefined
        ? move.lotId === lot.lotId
        : numberOf(posting, move) === lot.number?.trim()
    })
    const number = of[0] === undefined ? (lot.number ?? '') : numberOf(posting, of[0].move)
    if (of.length === 0)
      throw ruleBroken(
        'unknown-lot',
        lot.pointer,
        `${number === '' ? 'This lot' : number} of ${line.sku} is not on its way. On their way: ${numbersOf(posting, way)}.`,
      )
    if (seen.has(number))
      throw ruleBroken('serial-twice', lot.pointer, `${number} stands twice on this line.`)
    seen.add(number)
    const there = sum(of.map(({ left }) => left))
    if (decimal(lot.quantity).gt(there))
      throw conflictAt(
        lot.pointer,
        'over-quantity',
        `At most ${there.toFixed()} of ${number} of ${line.sku} are in transit.`,
      )
    return firstOf(of, decimal(lot.quantity))
  })
  const total = sum(arriving.map((each) => each.quantity))
  if (!total.eq(quantity))
    throw ruleBroken(
      'lots-do-not-add-up',
      `${pointer}/lots`,
      `The ${tracking === 'serial' ? 'serial numbers' : 'lots'} add up to ${total.toFixed()}, the line says ${quantity.toFixed()}.`,
    )
  return arriving
}

function firstOf(way: OnTheWay, quantity: Decimal): readonly Arrival[] {
  let wanted = quantity
  return way.flatMap(({ move, left }) => {
    const part = min(wanted, left)
    wanted = wanted.minus(part)
    return part.gt(zero) ? [{ move, quantity: part }] : []
  })
}

function numbersOf(posting: Posting, way: OnTheWay): string {
  return [...new Set(way.map(({ move }) => numberOf(posting, move)))].join(', ')
}

function numberOf({ stock }: Posting, { lotId }: MoveRow): string {
  return lotId === null ? '' : (stock.lots.get(lotId)?.number ?? '')
}
