import type { InnerApi } from './inner-api.ts'
import type { Places } from './places.ts'
import type { Products } from './products.ts'

/** What is kept in the main warehouse at the least, up to how much it is bought, and how many are in a pack. */
const levels: readonly (readonly [sku: string, minimum: string, maximum: string, packSize: string])[] = [
  ['CB-14', '180', '240', '1'],
  ['CB-13', '10', '30', '1'],
  ['PH-EZ', '30', '60', '6'],
  ['TB-11', '20', '50', '5'],
  ['MON-32C', '6', '20', '2'],
  ['MON-27', '10', '24', '2'],
  ['KEY-US', '20', '60', '10'],
  ['CAM-HD', '100', '150', '5'],
  ['CAB-USBC', '400', '800', '50'],
  ['INK-BK', '100', '240', '12'],
  ['PAP-A4', '50', '250', '5'],
]

/** So that the demo has something that should be bought, and something that need not be. */
export async function makeReorderLevels(api: InnerApi, places: Places, products: Products): Promise<void> {
  for (const [sku, minimum, maximum, packSize] of levels)
    await api.post('/reorder-levels', {
      productId: products.get(sku),
      warehouseId: places.main,
      minimum,
      maximum,
      packSize,
    })
}
