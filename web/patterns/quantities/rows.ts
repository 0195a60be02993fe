import type { ReactNode } from 'react'
import { decimal, min, sum } from '../../../src/kernel/decimal.ts'
import { isDecimal } from '../../ui/inputs/index.ts'

/** A lot that can be chosen, and what there is of it in base units. */
export interface OfferedLot {
  readonly number: string
  readonly expiresOn: string | null
  readonly expired: boolean
  readonly quantity: string
}

/** A line of which a part is taken: delivered, received, returned, invoiced, credited. */
export interface QuantityRow {
  /** Of the source line. */
  readonly id: string
  readonly productId: string | null
  readonly product: ReactNode
  readonly name: string
  readonly unit: string
  /** As on the source: ordered, delivered. */
  readonly of: string
  /** Done already. */
  readonly done: string
  /** What is left; '=' and 'All as expected' fill this in. */
  readonly left: string
  /** What the field holds at first. */
  readonly start: string
  /** Where the goods leave from; lots are chosen among those that lie there. */
  readonly warehouseId?: string
  /** Lots of the source, where goods of it come or go back. */
  readonly lots?: readonly OfferedLot[]
}

export interface LotInput {
  readonly number: string
  readonly expiresOn: string
  /** '' while there is one lot only: then it is all of it. */
  readonly quantity: string
}

export type DispositionName = 'restock' | 'quarantine' | 'scrap'

export interface RowInput {
  readonly quantity: string
  readonly rejected: string
  readonly reason: string
  readonly disposition: DispositionName
  readonly replace: boolean
  /** An amount in place of a quantity. */
  readonly amount: string
  readonly lots: readonly LotInput[]
  /** One a line. */
  readonly serials: string
}

export function firstInput(row: QuantityRow): RowInput {
  return {
    quantity: row.start,
    rejected: '',
    reason: '',
    disposition: 'restock',
    replace: false,
    amount: '',
    lots: [],
    serials: '',
  }
}

/** '' counts as nothing. */
export function figure(text: string) {
  return isDecimal(text) ? decimal(text) : decimal('0')
}

export function isUsed(input: RowInput): boolean {
  return figure(input.quantity).gt('0') || figure(input.rejected).gt('0') || figure(input.amount).gt('0')
}

export function isFigure(text: string): boolean {
  return text === '' || (isDecimal(text) && !text.startsWith('-'))
}

export function serialsOf(input: RowInput): readonly string[] {
  return input.serials
    .split(/[\n,;\t]+/)
    .map((text) => text.trim())
    .filter((text) => text !== '')
}

/** The lots or serial numbers of a line as the API takes them; nothing where none were given. */
export function trackedPart(input: RowInput): object {
  const serials = serialsOf(input)
  if (serials.length > 0) return { serials }
  const lots = input.lots.filter((lot) => lot.number.trim() !== '')
  if (lots.length === 0) return {}
  const all = sum([figure(input.quantity), figure(input.rejected)]).toFixed()
  return {
    lots: lots.map((lot) => ({
      number: lot.number.trim(),
      ...(lot.expiresOn !== '' && { expiresOn: lot.expiresOn }),
      quantity: lot.quantity === '' && lots.length === 1 ? all : lot.quantity,
    })),
  }
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
