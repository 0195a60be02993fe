import { type Decimal, zero } from '../kernel/decimal.ts'
import type { Posting } from './posting.ts'
import type { ShipmentLineRow } from './records.ts'

/**
 * What lies of a line's product, or of one lot of it, where the line takes from: its location, or all places of a type
 * but the one that it goes to.
 */
export function lyingThere(
  { stock }: Pick<Posting, 'stock'>,
  line: Pick<ShipmentLineRow, 'productId' | 'warehouseId' | 'locationId'>,
  lotId: string | null,
  type: 'stock' | 'quarantine' = 'stock',
  except: string | null = null,
): Decimal {
  let there = zero
  for (const b of stock.balances.values()) {
    if (b.productId !== line.productId || b.warehouseId !== line.warehouseId || b.lotId !== lotId) continue
    const here =
      line.locationId === null
        ? b.locationId !== except && stock.location(b.locationId).type === type
        : b.locationId === line.locationId
    if (here) there = there.plus(b.quantity)
  }
  return there
}
