import { type Decimal, zero } from '../kernel/decimal.ts'
import type { Balance } from '../stock/index.ts'
import type { Posting } from './posting.ts'
import type { ShipmentLineRow } from './records.ts'

/**
 * What lies of a line's product, or of one lot of it, where the line takes from: its location, or all places of a type
 * but the one that it goes to.
 */
export function lyingThere(
  { stock }: Pick<Posting, 'stock'>,
  line: Where,
  lotId: string | null,
  type: 'stock' | 'quarantine' = 'stock',
  except: string | null = null,
): Decimal {
  return sumThere(stock, stock.balances.values(), line, lotId, type, except)
}

/** The same of goods that came there (+) and went from there (-) after the date of a count. */
export function movedSince(
  { stock, movedLater }: Pick<Posting, 'stock' | 'movedLater'>,
  line: Where,
  lotId: string | null,
): Decimal {
  return sumThere(stock, movedLater, line, lotId, 'stock', null)
}

type Where = Pick<ShipmentLineRow, 'productId' | 'warehouseId' | 'locationId'>

function sumThere(
  stock: Posting['stock'],
  goods: Iterable<Balance>,
  line: Where,
  lotId: string | null,
  type: 'stock' | 'quarantine',
  except: string | null,
): Decimal {
  let there = zero
  for (const b of goods) {
    if (b.productId !== line.productId || b.warehouseId !== line.warehouseId || b.lotId !== lotId) continue
    const here =
      line.locationId === null
        ? b.locationId !== except && stock.location(b.locationId).type === type
        : b.locationId === line.locationId
    if (here) there = there.plus(b.quantity)
  }
  return there
}
