import type { Context } from '../kernel/context.ts'
import { type Decimal, sum, zero } from '../kernel/decimal.ts'
import { newId } from '../kernel/ids.ts'
import { rowsParameter, sql, statement } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { poolHistory } from './pool-history.ts'
import { insertCorrections } from './save.ts'
import { type Layer, replay } from './valuation.ts'

/** A receipt move whose value turned out to be another. */
export interface NewValue {
  readonly moveId: string
  /** Company currency. */
  readonly value: Decimal
  /** The bill line that says so. */
  readonly invoiceLineId: string
}

const poolsOfMoves = statement(
  'pools_of_moves',
  { productId: 'uuid', warehouseId: 'uuid' },
  (p: { companyId: string; ids: readonly string[] }) => sql`
    select m.product_id, m.to_warehouse_id as warehouse_id from stock_moves m
    where m.company_id = ${p.companyId} and m.to_seq is not null and (m.id = any(${p.ids}::uuid[]) or m.returns_id = any(${p.ids}::uuid[]) or m.reverses_id = any(${p.ids}::uuid[]))
    union
    select m.product_id, m.from_warehouse_id from stock_moves m
    where m.company_id = ${p.companyId} and m.from_seq is not null and (m.id = any(${p.ids}::uuid[]) or m.returns_id = any(${p.ids}::uuid[]) or m.reverses_id = any(${p.ids}::uuid[]))
    order by 1, 2`,
)

// All that a correction can run on to, before anything is read: one after the other, as it turns out, two corrections
// would wait for each other where goods went between two warehouses in both directions.
const lockPools = statement(
  'lock_pools_of_products',
  { productId: 'uuid', valuation: 'text', purchasePrice: 'numeric?' },
  (p: { companyId: string; ids: readonly string[] }) => sql`
    select l.product_id, p.valuation, p.purchase_price
    from stock_levels l join products p on p.company_id = l.company_id and p.id = l.product_id
    where l.company_id = ${p.companyId} and l.product_id = any(array(
      select m.product_id from stock_moves m where m.company_id = ${p.companyId} and m.id = any(${p.ids}::uuid[])))
    order by l.product_id, l.warehouse_id for update of l`,
)

const changePoolValue = statement(
  'change_pool_value',
  {},
  (p: { companyId: string; productId: string; warehouseId: string; change: Decimal }) => sql`
    update stock_levels l set value = l.value + ${p.change} where l.company_id = ${p.companyId} and l.product_id = ${p.productId} and l.warehouse_id = ${p.warehouseId}`,
)

const setLayers = statement(
  'set_layer_values',
  {},
  (p: { companyId: string; productId: string; warehouseId: string; rows: readonly object[] }) => sql`
    update stock_layers y set quantity_left = d.quantity_left, value_left = d.value_left
    from json_to_recordset(${rowsParameter(p.rows)}::json) as d(seq bigint, quantity_left numeric, value_left numeric)
    where y.company_id = ${p.companyId} and y.product_id = ${p.productId} and y.warehouse_id = ${p.warehouseId} and y.seq = d.seq`,
)

/** A correction that would run on through more pools than this is a fault, not a business case. */
const mostPools = 200

/**
 * Gives receipt moves their right value after the fact and values everything anew that followed from them,
 * through every warehouse that the goods went to (S22). Corrections are added, moves stay as they were.
 */
export async function revalue(tx: Transaction, ctx: Context, changes: readonly NewValue[]): Promise<void> {
  if (changes.length === 0) return
  const companyId = ctx.company.id
  const digits = ctx.company.minorDigits
  const values = new Map(changes.map((c) => [c.moveId, c.value]))
  const billLine = changes[0]!.invoiceLineId
  const lineOf = new Map(changes.map((c) => [c.moveId, c.invoiceLineId]))
  let touched = changes.map((c) => c.moveId)
  const locked = await tx.all(lockPools, { companyId, ids: touched })
  const products = new Map(locked.map((product) => [product.productId, product]))
  for (let round = 0; touched.length > 0; round++) {
    if (round > mostPools) throw new Error(`a revaluation did not come to an end after ${mostPools} rounds`)
    const pools = await tx.all(poolsOfMoves, { companyId, ids: touched })
    touched = []
    for (const pool of pools) {
      const p = { companyId, ...pool }
      const product = products.get(pool.productId)!
      const moves = await poolHistory(tx, p)
      const method = product.valuation as 'average' | 'fifo'
      const opening = { quantity: zero, value: zero, layers: [] as Layer[] }
      const { changed, recovered, layers } = replay(
        method,
        opening,
        moves,
        values,
        product.purchasePrice ?? zero,
        digits,
      )
      if (changed.length === 0 && recovered.length === 0) continue
      touched.push(...new Set([...changed.map((c) => c.id), ...recovered.map((c) => c.moveId)]))
      const { productId, warehouseId } = pool
      const corrections = [
        ...changed.map((c) => ({
          moveId: c.id,
          productId,
          warehouseId,
          direction: c.direction,
          valueChange: c.is.minus(c.was),
          cause: 'bill' as const,
          invoiceLineId: lineOf.get(c.id) ?? billLine,
          coveredById: null,
        })),
        ...recovered.map((c) => ({
          moveId: c.moveId,
          productId,
          warehouseId,
          direction: 'out' as const,
          valueChange: c.is.minus(c.was),
          cause: 'negative-stock' as const,
          invoiceLineId: lineOf.get(c.coveredById) ?? billLine,
          coveredById: c.coveredById,
        })),
      ]
      tx.write(insertCorrections, {
        rows: corrections.map((c) => ({ companyId, id: newId(), ...c, date: ctx.today, postedAt: ctx.now })),
      })
      const change = sum(corrections.map((c) => (c.direction === 'in' ? c.valueChange : c.valueChange.neg())))
      if (!change.eq(zero)) tx.write(changePoolValue, { ...p, change })
      if (method === 'fifo') {
        tx.write(setLayers, {
          ...p,
          rows: layers.map((l) => ({ seq: l.seq, quantityLeft: l.quantity, valueLeft: l.value })),
        })
      }
    }
  }
}
