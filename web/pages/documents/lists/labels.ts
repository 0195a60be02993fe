import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { AnyKind } from '../../../../src/kinds.ts'
import { type ItemOf, listQuery } from '../../../api/index.ts'
import type { ListDescription } from '../../../patterns/index.ts'
import { useFormat } from '../../../ui/format.ts'

type Row = ItemOf<'stock-transfers'>

/**
 * The list, whose rows can be told apart by their names where these have neither number nor party: drafts of
 * transfers and adjustments are named by their day, where the goods lie and go, and why.
 */
export function useNamedRows(kind: AnyKind, list: ListDescription<unknown>): ListDescription<unknown> {
  const format = useFormat()
  const withoutParty = kind === 'stock-transfer' || kind === 'stock-adjustment'
  const { data } = useQuery({
    ...listQuery('warehouses', { limit: 200 }),
    staleTime: 300_000,
    enabled: withoutParty,
  })
  return useMemo(() => {
    if (!withoutParty) return list
    const nameOf = (id: string | null) => data?.items.find((warehouse) => warehouse.id === id)?.name
    return {
      ...list,
      labelOf: (row: unknown) => {
        const { number, date, warehouseId, toWarehouseId, reason, reference } = row as Row
        const places = [
          nameOf(warehouseId),
          kind === 'stock-transfer' && nameOf(toWarehouseId ?? warehouseId),
        ]
        return (
          number ??
          [format.date(date), places.filter(Boolean).join(' → '), reason ?? reference]
            .filter((part) => part !== null && part !== '')
            .join(' · ')
        )
      },
    }
  }, [kind, list, withoutParty, data, format])
}
