import { createContext, useContext } from 'react'
import type { GridModel } from './grid-model.ts'
import type { TaxInfo } from './line.ts'
import type { TotalsKeeper } from './totals-keeper.ts'

/** What cells need besides their line. */
export interface GridWorld {
  readonly model: GridModel
  readonly totals: TotalsKeeper
  readonly taxes: ReadonlyMap<string, TaxInfo>
  readonly side: 'sales' | 'purchase'
  readonly currency: string
  /** Of the document: where goods are and go out of. */
  readonly warehouseId: string | null
  /** Asks again for a price that did not arrive. */
  readonly retry: (key: string) => void
  /** What prices of offered products depend on, as the API takes it. */
  readonly offerContext: () => Readonly<Record<string, string | boolean>>
}

export const GridContext = createContext<GridWorld | null>(null)

export function useGrid(): GridWorld {
  const world = useContext(GridContext)
  if (world === null) throw new Error('a cell stands in a grid')
  return world
}
