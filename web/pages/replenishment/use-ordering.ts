import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { decimal } from '../../../src/kernel/decimal.ts'
import { type ItemOf, type OneOf, api, isProblem, newKey, refreshData } from '../../api/index.ts'
import { isDecimal } from '../../ui/inputs/index.ts'

export type Proposal = ItemOf<'purchase-proposals'>
type Order = OneOf<'purchase-orders'>

interface Edit {
  readonly quantity?: string
  readonly vendorId?: string | null
}

export interface Ordering {
  readonly isChosen: (row: Proposal) => boolean
  readonly choose: (rows: readonly Proposal[], on: boolean) => void
  readonly quantityOf: (row: Proposal) => string
  readonly vendorOf: (row: Proposal) => string | null
  readonly edit: (row: Proposal, change: Edit) => void
  /** How many products are ticked, and how many orders they make: one for each vendor and warehouse. */
  readonly chosen: number
  readonly orders: number
  /** What has to be put right before. */
  readonly hindrance: string | null
  readonly failure: string | null
  readonly busy: boolean
  readonly made: readonly Order[]
  readonly run: () => void
}

export const keyOf = (row: Proposal): string => `${row.productId} ${row.warehouseId}`

/** What is ticked and changed of the proposals, and making orders of it. */
export function useOrdering(rows: readonly Proposal[]): Ordering {
  const { t } = useLingui()
  const client = useQueryClient()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [edits, setEdits] = useState<Readonly<Record<string, Edit>>>({})
  const quantityOf = (row: Proposal): string => edits[keyOf(row)]?.quantity ?? row.quantity
  const vendorOf = (row: Proposal): string | null => {
    const vendorId = edits[keyOf(row)]?.vendorId
    return vendorId === undefined ? row.vendorId : vendorId
  }
  const ticked = rows.filter((row) => chosen.has(keyOf(row)))
  const lines = ticked.map((row) => ({
    productId: row.productId,
    warehouseId: row.warehouseId,
    vendorId: vendorOf(row),
    quantity: quantityOf(row),
    proposed: row.quantity,
  }))
  // The same lines are one request however often they are sent; others are another one.
  const said = JSON.stringify(lines)
  const key = useRef({ said: '', key: '' })
  const order = useMutation({
    mutationFn: () => {
      if (key.current.said !== said) key.current = { said, key: newKey() }
      return api.post<{ orders: readonly Order[] }>(
        '/purchase-proposals/order',
        { lines },
        { key: key.current.key },
      )
    },
    onSuccess: async () => {
      setChosen(new Set())
      setEdits({})
      await refreshData(client)
    },
    // What was ordered by others is not shown any longer; what was typed stays.
    onError: (error) => (isProblem(error, 409) ? refreshData(client) : undefined),
  })
  const wrong = ticked.find((row) => {
    const quantity = quantityOf(row)
    return !isDecimal(quantity) || decimal(quantity).lte('0')
  })
  const homeless = ticked.find((row) => vendorOf(row) === null)
  const hindrance =
    wrong !== undefined
      ? t`${wrong.sku}: enter a quantity above zero`
      : homeless !== undefined
        ? t`${homeless.sku}: choose a vendor`
        : null
  return {
    isChosen: (row) => chosen.has(keyOf(row)),
    choose: (which, on) =>
      setChosen((before) => {
        const next = new Set(before)
        for (const row of which)
          if (on) next.add(keyOf(row))
          else next.delete(keyOf(row))
        return next
      }),
    quantityOf,
    vendorOf,
    edit: (row, change) =>
      setEdits((before) => ({ ...before, [keyOf(row)]: { ...before[keyOf(row)], ...change } })),
    chosen: ticked.length,
    orders: new Set(lines.map(({ vendorId, warehouseId }) => `${vendorId} ${warehouseId}`)).size,
    hindrance,
    failure: order.error === null ? null : order.error.message,
    busy: order.isPending,
    made: order.data?.orders ?? [],
    run: () => order.mutate(),
  }
}
