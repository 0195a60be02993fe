import { useCallback, useState } from 'react'
import { figure } from '../../ui/lots/index.ts'
import { type QuantityRow, type RowInput, firstInput, isFigure, isUsed, restOf } from './rows.ts'

export interface Quantities {
  readonly inputOf: (row: QuantityRow) => RowInput
  /** The same function at every call. */
  readonly set: (row: QuantityRow, change: Partial<RowInput>) => void
  /** So much more of a row, whatever is typed by then. */
  readonly add: (row: QuantityRow, quantity: string) => void
  /** Everything that is left, or nothing. */
  readonly fill: (how: 'left' | 'none') => void
  /** Rows of which something is taken, in their order; the API's `lines/<n>` is the n-th of these. */
  readonly used: readonly QuantityRow[]
  /** The first field that holds no figure; null: all do. */
  readonly unreadable: QuantityRow | null
  /** Rows of which nothing would be left, of which a part would be, and in all of which something would be. */
  readonly done: number
  readonly partly: number
  readonly leftOpen: number
}

/** What is typed into the rows of a quantity dialog. */
export function useQuantities(rows: readonly QuantityRow[]): Quantities {
  const [inputs, setInputs] = useState<ReadonlyMap<string, RowInput>>(
    () => new Map(rows.map((row) => [row.id, firstInput(row)])),
  )
  const inputOf = (row: QuantityRow): RowInput => inputs.get(row.id) ?? firstInput(row)
  const set = useCallback(
    (row: QuantityRow, change: Partial<RowInput>) =>
      setInputs((all) => new Map(all).set(row.id, { ...(all.get(row.id) ?? firstInput(row)), ...change })),
    [],
  )
  const used = rows.filter((row) => isUsed(inputOf(row)))
  const isLeft = (row: QuantityRow): boolean => restOf(row, inputOf(row)).gt('0')
  const partly = used.filter(isLeft).length
  return {
    inputOf,
    set,
    add: (row, quantity) =>
      setInputs((all) => {
        const input = all.get(row.id) ?? firstInput(row)
        const sum = figure(input.quantity).plus(figure(quantity)).toFixed()
        return new Map(all).set(row.id, { ...input, quantity: sum, amount: '' })
      }),
    fill: (how) =>
      setInputs(
        (all) =>
          new Map(
            rows.map((row) => [
              row.id,
              {
                ...(all.get(row.id) ?? firstInput(row)),
                quantity: how === 'left' ? row.left : '0',
                amount: '',
                ...(how === 'none' && { rejected: '' }),
              },
            ]),
          ),
      ),
    used,
    unreadable:
      rows.find((row) => {
        const { quantity, rejected, amount } = inputOf(row)
        return ![quantity, rejected, amount].every(isFigure)
      }) ?? null,
    done: used.length - partly,
    partly,
    leftOpen: rows.filter(isLeft).length,
  }
}
