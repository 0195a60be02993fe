import type { Context } from '../kernel/context.ts'
import { type Decimal, zero } from '../kernel/decimal.ts'
import { sql, statement } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'
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
    covered: 'numeric',
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
      select c.move_id, c.direction, sum(c.value_change) filter (where c.cause <> 'negative-stock') as changed,
        sum(c.value_change) filter (where c.cause = 'negative-stock') as covered
      from stock_value_corrections c
      where c.company_id = ${p.companyId} and c.product_id = ${p.productId} and c.warehouse_id = ${p.warehouseId}
      group by c.move_id, c.direction
    )
    select s.id, s.seq, s.direction, s.quantity, s.value + coalesce(c.changed, 0) as value, coalesce(n.covered, 0) as covered,
      s.reverses_id, s.returns_id, s.from_warehouse_id, o.quantity as origin_quantity,
      case when s.direction = 'out' and s.reverses_id is not null then o.to_seq
           when s.direction = 'out' and f.source_shipment_id is not null then
             (select min(r.to_seq) from shipment_lines l join stock_moves r on r.company_id = l.company_id and r.shipment_line_id = l.source_line_id
              where l.company_id = s.company_id and l.id = s.shipment_line_id and r.shipment_id = f.source_shipment_id and r.to_warehouse_id = s.from_warehouse_id)
      end as layer_seq
    from side s
    left join corrected c on c.move_id = s.id and c.direction = s.direction
    left join corrected n on n.move_id = s.id and n.direction = 'out' and s.direction = 'in'
    left join stock_moves o on o.company_id = s.company_id and o.id = coalesce(s.reverses_id, s.returns_id)
    left join shipments f on f.company_id = s.company_id and f.id = s.shipment_id and f.kind = 'purchase-return'
    order by s.seq`,
)

/** All that went in and out of a pool, with what it is worth now. Lock the level before. */
export async function poolHistory(tx: Transaction, pool: PoolOf): Promise<HistoryMove[]> {
  return (await tx.all(selectHistory, pool)).map(history)
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

function history(row: {
  id: string
  seq: number
  direction: string
  quantity: Decimal
  value: Decimal
  covered: Decimal
  reversesId: string | null
  returnsId: string | null
  fromWarehouseId: string | null
  originQuantity: Decimal | null
  layerSeq: number | null
}): HistoryMove {
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
    covered: row.covered,
    rule,
    origin: originId === null ? null : { id: originId, quantity: row.originQuantity! },
    layerSeq: row.layerSeq,
    reversesId: row.reversesId,
  }
}
