import { useQuery } from '@tanstack/react-query'
import type { Static } from 'typebox'
import type { BalanceOut } from '../../../src/stock/balances/schema.ts'
import { type Json, type Page, api, dataKey } from '../../api/index.ts'
import { type OfferedLot, figure } from './lots.ts'

/** Lots in the places of a warehouse that goods may leave from, the first to expire first; null until they are known. */
export function useLotsInStock(
  productId: string | null,
  warehouseId: string | null,
  quarantine: boolean,
): readonly OfferedLot[] | null {
  const { data } = useQuery({
    queryKey: dataKey('stock/balances', productId, warehouseId),
    queryFn: ({ signal }) =>
      api.get<Page<Json<Static<typeof BalanceOut>>>>(
        '/stock/balances',
        { productId, warehouseId, limit: 200 },
        { signal },
      ),
    enabled: productId !== null && warehouseId !== null,
  })
  if (data === undefined) return null
  const lots = new Map<string, OfferedLot>()
  for (const { lotNumber, expiresOn, expired, quantity, locationType } of data.items) {
    if (lotNumber === null || (locationType !== 'stock' && !quarantine)) continue
    const all = figure(lots.get(lotNumber)?.quantity ?? '').plus(figure(quantity))
    lots.set(lotNumber, { number: lotNumber, expiresOn, expired, quantity: all.toFixed() })
  }
  const never = '9999'
  return [...lots.values()].sort((a, b) => {
    const [x, y] = [a.expiresOn ?? never, b.expiresOn ?? never]
    return x < y ? -1 : x > y ? 1 : a.number < b.number ? -1 : 1
  })
}
