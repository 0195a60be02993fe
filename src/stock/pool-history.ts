import type { Context } from '../kernel/context.ts'
import { type Decimal, sum, zero } from '../kernel/decimal.ts'
import { sql, statement } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'
import type { StockRows } from './promises.ts'
import type { Level, StockProduct } from './records.ts'
import type { Covered } from './shortage.ts'
import type { StockState } from './state.ts'
import { type HistoryMove, type Layer, replay } from './valuation.ts'

interface PoolOf {
  readonly companyId: string
  readonly productId: string
  readonly warehouseId: string
}

const selectHistory = statement(
  'pool_history',
  {
    id: 'uuid',
    seq: 'bigint',
    direction: 'text',
    quantity: 'numeric',
    value: 'numeric',
    reversesId: 'uuid?',
    returnsId: 'uuid?',
    fromWarehouseId: 'uuid?',
    originQuantity: 'numeric?',
    layerSeq: 'bigint?',
  },
  (p: PoolOf) => sql`
    with side as (
      select m.*, m.to_seq as seq, 'in' as direction from stock_moves m
      where m.company_id = ${p.companyId} and m.product_id = ${p.productId} and m.to_warehouse_id = ${p.warehouseId} and m.to_seq is not null
      union all
      select m.*, m.from_seq, 'out' from stock_moves m
      where m.company_id = ${p.companyId} and m.product_id = ${p.productId} and m.from_warehouse_id = ${p.warehouseId} and m.from_seq is not null
    ), corrected as (
      select c.move_id, c.direction, sum(c.value_change) as changed from stock_value_corrections c
      where c.company_id = ${p.companyId} and c.product_id = ${p.productId} and c.warehouse_id = ${p.warehouseId}
        and c.cause <> 'negative-stock'
      group by c.move_id, c.direction
    )
    select s.id, s.seq, s.direction, s.quantity, s.value + coalesce(c.changed, 0) as value,
      s.reverses_id, s.returns_id, s.from_warehouse_id, o.quantity as origin_quantity,
      case when s.direction = 'out' and s.reverses_id is not null then o.to_seq
           when s.direction = 'out' and f.source_shipment_id is not null then
             (select min(r.to_seq) from shipment_lines l join stock_moves r on r.company_id = l.company_id and r.shipment_line_id = l.source_line_id
              where l.company_id = s.company_id and l.id = s.shipment_line_id and r.shipment_id = f.source_shipment_id and r.to_warehouse_id = s.from_warehouse_id)
      end as layer_seq
    from side s
    left join corrected c on c.move_id = s.id and c.direction = s.direction
    left join stock_moves o on o.company_id = s.company_id and o.id = coalesce(s.reverses_id, s.returns_id)
    left join shipments f on f.company_id = s.company_id and f.id = s.shipment_id and f.kind = 'purchase-return'
    order by s.seq`,
)

const selectCovered = statement(
  'covered_in_pool',
  { coveredById: 'uuid?', moveId: 'uuid', change: 'numeric' },
  (p: PoolOf) => sql`
    select c.covered_by_id, c.move_id, sum(c.value_change) as change from stock_value_corrections c
    where c.company_id = ${p.companyId} and c.product_id = ${p.productId} and c.warehouse_id = ${p.warehouseId}
      and c.cause = 'negative-stock'
    group by c.covered_by_id, c.move_id`,
)

/** All that went in and out of a pool, with what it is worth now. Lock the level before. */
export async function poolHistory(tx: Transaction, pool: PoolOf): Promise<HistoryMove[]> {
  const [moves, covered] = await Promise.all([tx.all(selectHistory, pool), tx.all(selectCovered, pool)])
  const coveredBy = Map.groupBy(covered, (c) => c.coveredById)
  return moves.map((move) => history(move, coveredBy.get(move.id) ?? []))
}

/** What the pools that are below zero are short of: which issues took it, and at what cost they are booked. */
export async function shortagesOf(
  tx: Transaction,
  ctx: Context,
  levels: readonly Level[],
  products: readonly StockProduct[],
): Promise<StockRows['shortages']> {
  const below = levels.filter((level) => level.onHand.plus(level.quarantined).lt(zero))
  const all = await Promise.all(
    below.map(async ({ productId, warehouseId, value: worth }) => {
      const { valuation, purchasePrice } = products.find((p) => p.id === productId)!
      const moves = await poolHistory(tx, { companyId: ctx.company.id, productId, warehouseId })
      const opening = { quantity: zero, value: zero, layers: [] }
      const lastCost = purchasePrice ?? zero
      const { shortages } = replay(valuation, opening, moves, new Map(), lastCost, ctx.company.minorDigits)
      // What the level says counts: where rules have changed since, the last one takes what differs.
      const last = shortages.at(-1)
      if (last) last.value = last.value.minus(worth).minus(sum(shortages.map((s) => s.value)))
      return shortages.map((short) => ({ productId, warehouseId, ...short }))
    }),
  )
  return all.flat()
}

/**
 * What issues of FIFO products took of each layer, by move. It is not kept, as it is asked for only when one is
 * undone: the history of the pool, valued once more, says it.
 */
export async function takenOfLayers(
  tx: Transaction,
  ctx: Context,
  stock: StockState,
  moves: readonly {
    readonly productId: string
    readonly fromLocationId: string
    readonly fromSeq: number | null
  }[],
): Promise<Map<string, Layer[]>> {
  const pools = new Map<string, PoolOf>()
  for (const { productId, fromLocationId, fromSeq } of moves) {
    const { warehouseId } = stock.location(fromLocationId)
    if (fromSeq === null || warehouseId === null || stock.product(productId).valuation !== 'fifo') continue
    pools.set(`${productId} ${warehouseId}`, { companyId: ctx.company.id, productId, warehouseId })
  }
  const taken = new Map<string, Layer[]>()
  for (const pool of pools.values()) {
    const opening = { quantity: zero, value: zero, layers: [] }
    const lastCost = stock.product(pool.productId).purchasePrice ?? zero
    const all = await poolHistory(tx, pool)
    const { took } = replay('fifo', opening, all, new Map(), lastCost, ctx.company.minorDigits)
    for (const [moveId, layers] of took) taken.set(moveId, layers)
  }
  return taken
}

interface HistoryRow {
  id: string
  seq: number
  direction: string
  quantity: Decimal
  value: Decimal
  reversesId: string | null
  returnsId: string | null
  fromWarehouseId: string | null
  originQuantity: Decimal | null
  layerSeq: number | null
}

function history(row: HistoryRow, covered: readonly Covered[]): HistoryMove {
  const originId = row.reversesId ?? row.returnsId
  const direction = row.direction as 'in' | 'out'
  // What arrives from another warehouse is worth what it left with there.
  const arrives = direction === 'in' && row.fromWarehouseId !== null
  const rule = originId !== null || arrives ? 'follows' : direction === 'in' ? 'given' : 'computed'
  return {
    id: row.id,
    seq: row.seq,
    direction,
    quantity: row.quantity,
    value: row.value,
    covered,
    rule,
    origin: originId === null ? null : { id: originId, quantity: row.originQuantity! },
    layerSeq: row.layerSeq,
    reversesId: row.reversesId,
  }
}
