import { routes as catalogue, warehouseRoutes } from '../../src/catalogue/index.ts'
import { routes as parties } from '../../src/parties/index.ts'
import { type TestApp, startTestApp } from '../support/test-app.ts'

export interface CatalogueApp extends TestApp {
  /** What the hook of `warehouseRoutes` was told: warehouse id and whether it allows negative stock. */
  readonly allowNegativeChanges: [string, boolean][]
}

/** The API of the two rooms of master data, without the rooms above them. */
export async function startCatalogue(): Promise<CatalogueApp> {
  const allowNegativeChanges: [string, boolean][] = []
  const warehouses = warehouseRoutes({
    afterAllowNegativeChange: (_tx, _ctx, warehouseId, allow) => {
      allowNegativeChanges.push([warehouseId, allow])
    },
  })
  const app = await startTestApp({ routes: [...catalogue, ...warehouses, ...parties] })
  return Object.assign(app, { allowNegativeChanges })
}
