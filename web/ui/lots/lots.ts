import { decimal, min, sum } from '../../../src/kernel/decimal.ts'
import { isDate, isDecimal } from '../inputs/index.ts'

/** Whether lots or serial numbers of a product are told apart. */
export type Tracking = 'none' | 'lot' | 'serial'

/** A lot that can be chosen, and what there is of it in base units. */
export interface OfferedLot {
  readonly number: string
  readonly expiresOn: string | null
  readonly expired: boolean
  readonly quantity: string
}

/** A lot as it is named. */
export interface LotInput {
  readonly number: string
  readonly expiresOn: string
  /** Base units. '' while there is one lot only: then it is all of it. */
  readonly quantity: string
}

/** The lots or serial numbers of a line as they are named; '' and none are nothing. */
export interface LotsInput {
  readonly lots: readonly LotInput[]
  /** One a line. */
  readonly serials: string
}

/** Goods of which lots are named. */
export interface TrackedGoods {
  readonly productId: string | null
  /** For screen readers. */
  readonly name: string
  /** Where the goods leave from; lots are chosen among those that lie there. */
  readonly warehouseId?: string
  /** Goods in quarantine may leave as well. */
  readonly quarantine?: boolean
  /** Lots of the source, where goods of it come or go back. */
  readonly lots?: readonly OfferedLot[]
}

/** '' counts as nothing. */
export function figure(text: string) {
  return isDecimal(text) ? decimal(text) : decimal('0')
}

export function serialsOf({ serials }: Pick<LotsInput, 'serials'>): readonly string[] {
  return serials
    .split(/[\n,;\t]+/)
    .map((text) => text.trim())
    .filter((text) => text !== '')
}

/** Lots that have a number. */
export function namedLots({ lots }: Pick<LotsInput, 'lots'>): readonly LotInput[] {
  return lots.filter((lot) => lot.number.trim() !== '')
}

/** The lots or serial numbers of a line as the API takes them; nothing where none were given. @param wanted base units, all of the line. */
export function trackedPart(input: LotsInput, wanted: string): object {
  const serials = serialsOf(input)
  if (serials.length > 0) return { serials }
  const lots = namedLots(input)
  if (lots.length === 0) return {}
  return {
    lots: lots.map((lot) => ({
      number: lot.number.trim(),
      ...(lot.expiresOn !== '' && { expiresOn: lot.expiresOn }),
      quantity: lot.quantity === '' && lots.length === 1 ? wanted : lot.quantity,
    })),
  }
}

/** How many base units the lots or serial numbers account for; null: none is named. @param wanted as in `trackedPart`. */
export function toldOf(input: LotsInput, wanted: string): string | null {
  const serials = serialsOf(input)
  if (serials.length > 0) return String(serials.length)
  const lots = namedLots(input)
  if (lots.length === 0) return null
  if (lots.length === 1 && lots[0]!.quantity === '') return figure(wanted).toFixed()
  return sum(lots.map((lot) => figure(lot.quantity))).toFixed()
}

/** What is not right in the lots that are named: one of several without its quantity, or a day that does not exist. */
export function faultOfLots(input: Pick<LotsInput, 'lots'>): 'quantity' | 'date' | null {
  const lots = namedLots(input)
  if (lots.some(({ expiresOn }) => expiresOn !== '' && !isDate(expiresOn))) return 'date'
  const unsaid = lots.some(({ quantity }) =>
    quantity === '' ? lots.length > 1 : !isDecimal(quantity) || quantity.startsWith('-'),
  )
  return unsaid ? 'quantity' : null
}

/** A lot or serial number that is named twice. */
export function namedTwice(input: LotsInput): string | null {
  const numbers = [...serialsOf(input), ...namedLots(input).map(({ number }) => number.trim())]
  return numbers.find((number, at) => numbers.indexOf(number) !== at) ?? null
}

/** What of which lot is taken when nobody says otherwise; expired ones are left. */
export function firstToExpire(offered: readonly OfferedLot[], wanted: string): ReadonlyMap<string, string> {
  const taken = new Map<string, string>()
  let left = figure(wanted)
  for (const lot of offered) {
    if (lot.expired || !left.gt('0')) continue
    const part = min(left, figure(lot.quantity))
    taken.set(lot.number, part.toFixed())
    left = left.minus(part)
  }
  return taken
}

/** The proposal as if it had been typed. */
export function firstNamed(offered: readonly OfferedLot[], wanted: string): readonly LotInput[] {
  return [...firstToExpire(offered, wanted)].map(([number, quantity]) => ({
    number,
    expiresOn: '',
    quantity,
  }))
}
