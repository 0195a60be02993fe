import type { ReactNode } from 'react'
import { type Decimal, decimal, max, zero } from '../../../src/kernel/decimal.ts'
import type { RejectionReason } from '../../../src/kinds.ts'
import { isDecimal } from '../../ui/inputs/index.ts'
import { type LotsInput, type TrackedGoods, figure } from '../../ui/lots/index.ts'

/** A line of which a part is taken: delivered, received, returned, invoiced, credited. */
export interface QuantityRow extends TrackedGoods {
  /** Of the source line. */
  readonly id: string
  readonly product: ReactNode
  readonly unit: string
  /** As on the source: ordered, delivered. */
  readonly of: string
  /** Done already. */
  readonly done: string
  /** What is left; '=' and 'All as expected' fill this in. */
  readonly left: string
  /** What the field holds at first. */
  readonly start: string
  /** What can be taken at most, where that is more than is left. */
  readonly most?: string
  /** Because of this tolerance, in per cent of the whole. */
  readonly tolerance?: string
}

export type DispositionName = 'restock' | 'quarantine' | 'scrap'

export interface RowInput extends LotsInput {
  readonly quantity: string
  readonly rejected: string
  /** Why it is rejected; '' until it is said. */
  readonly why: RejectionReason | 'other' | ''
  /** In somebody's own words, where it is another reason. */
  readonly reason: string
  /** Of what is rejected; attached to the receipt once there is one. */
  readonly photos: readonly File[]
  readonly disposition: DispositionName
  readonly replace: boolean
  /** An amount in place of a quantity. */
  readonly amount: string
}

export function firstInput(row: QuantityRow): RowInput {
  return {
    quantity: row.start,
    rejected: '',
    why: '',
    reason: '',
    photos: [],
    disposition: 'restock',
    replace: false,
    amount: '',
    lots: [],
    serials: '',
  }
}

/** What would still be left of a row, in its unit; nothing where more is taken than was left. */
export function restOf(
  row: QuantityRow,
  { quantity, rejected }: Pick<RowInput, 'quantity' | 'rejected'>,
): Decimal {
  return max(decimal(row.left).minus(figure(quantity)).minus(figure(rejected)), zero)
}

export function isUsed(input: RowInput): boolean {
  return figure(input.quantity).gt('0') || figure(input.rejected).gt('0') || figure(input.amount).gt('0')
}

/** Of several lots or serial numbers on their way some come: which ones has to be said. */
export function namesArriving({ lots = [], left }: QuantityRow, { quantity }: RowInput): boolean {
  return lots.length > 1 && figure(quantity).gt('0') && figure(quantity).lt(figure(left))
}

export function isFigure(text: string): boolean {
  return text === '' || (isDecimal(text) && !text.startsWith('-'))
}
