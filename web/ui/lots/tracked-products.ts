import { useQueries } from '@tanstack/react-query'
import { documentQuery } from '../../api/index.ts'
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

/** Whether lots or serial numbers of these products are told apart, and in which units they are counted. */
export function useTrackedProducts(
  productIds: readonly (string | null)[],
): ReadonlyMap<string, TrackedProduct> {
  const ids = [...new Set(productIds.filter((id) => id !== null))]
  const found = useQueries({
    queries: ids.map((id) => ({ ...documentQuery('products', id), staleTime: 60_000 })),
  })
  return new Map(
    found.flatMap(({ data }) =>
      data === undefined
        ? []
        : [[data.id, { tracking: data.tracking as Tracking, unit: data.unit, units: data.units }]],
    ),
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
