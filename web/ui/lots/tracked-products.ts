import { useQueries, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { type OneOf, api, dataKey, documentQuery } from '../../api/index.ts'
import { type Tracking, figure } from './lots.ts'

/** What a line needs to know of a product to name its lots. */
export interface TrackedProduct {
  readonly tracking: Tracking
  /** The base unit. */
  readonly unit: string
  readonly units: readonly {
    readonly unit: string
    readonly numerator: number
    readonly denominator: number
  }[]
}

interface Goods {
  readonly productId: string | null
  /** Its code where there is a product. */
  readonly name: string
}

type Product = OneOf<'products'>
const none: readonly Product[] = []
const dataOf = (answers: readonly { data: Product | undefined }[]) =>
  answers.flatMap(({ data }) => data ?? [])

/**
 * Whether lots or serial numbers of these goods are told apart, and in which units they are counted. All are asked
 * for at once by their codes: a hundred answers one by one would draw a hundred lines a hundred times. What no code
 * finds, such as an archived product, is asked for by itself.
 */
export function useTrackedProducts(goods: readonly Goods[]): ReadonlyMap<string, TrackedProduct> {
  const known = goods.filter(({ productId }) => productId !== null)
  const codes = [...new Set(known.map(({ name }) => name))].sort()
  const matched = useQuery({
    queryKey: dataKey('products/match', codes.join('\n')),
    queryFn: () => api.post<{ products: readonly Product[] }>('/products/match', { codes }),
    enabled: codes.length > 0,
    staleTime: 60_000,
  })
  const found = matched.data?.products ?? none
  const ids = new Set(found.map(({ id }) => id))
  const settled = matched.data !== undefined || matched.isError
  const missing = [...new Set(known.flatMap(({ productId }) => productId ?? []))].filter((id) => !ids.has(id))
  const others = useQueries({
    queries: (settled ? missing : []).map((id) => ({ ...documentQuery('products', id), staleTime: 60_000 })),
    combine: dataOf,
  })
  return useMemo(
    () =>
      new Map(
        [...found, ...others].map((product) => [
          product.id,
          { tracking: product.tracking as Tracking, unit: product.unit, units: product.units },
        ]),
      ),
    [found, others],
  )
}

/** A quantity in base units, of which lots are told. */
export function inBaseUnits({ units }: TrackedProduct, quantity: string, unit: string): string {
  const ratio = units.find((each) => each.unit === unit)
  if (ratio === undefined) return figure(quantity).toFixed()
  return figure(quantity)
    .times(figure(String(ratio.numerator)))
    .div(figure(String(ratio.denominator)))
    .toFixed()
}
