import { difference, recordEvents } from '../../journal/events.ts'
import type { Context } from '../../kernel/context.ts'
import { refuseStale } from '../../kernel/guards.ts'
import { Problem, notFound } from '../../kernel/problem.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { resolveReferences } from './product-references.ts'
import { lockProductRow } from './product-row.ts'
import { type ProductFields, completeProduct } from './product-rules.ts'
import { findProductTies } from './product-uses.ts'
import type { ProductChanges, ProductInput } from './schema.ts'
import { writeChangedProduct } from './write-products.ts'

/**
 * Changes fields of a product. What was posted keeps its own copy (R16); what counts in the ledgers (base
 * unit, tracking, valuation) can change only while nothing relies on it.
 */
export async function changeProduct(
  tx: Transaction,
  ctx: Context,
  id: string,
  changes: ProductChanges,
  ifMatch: number | null,
): Promise<void> {
  const key = { companyId: ctx.company.id, id }
  // The lock makes documents wait that are about to use the product; the second statement sees the others.
  const [row, ties] = await Promise.all([tx.maybe(lockProductRow, key), tx.one(findProductTies, key)])
  if (row === null) throw notFound('product')
  refuseStale(row.version, ifMatch)
  const { id: _, archived: _a, version: _v, createdAt: _c, ...was } = row
  const before = was as ProductFields
  const [after] = await resolveReferences(
    tx,
    ctx,
    [completeProduct({ ...was, ...changes } as ProductInput, '')],
    () => '',
  )
  const changed = difference(before, after!)
  if (Object.keys(changed.after).length === 0) return
  refuseWhatIsTied(before, after!, ties)
  writeChangedProduct(
    tx,
    ctx,
    { id, fields: after! },
    { units: 'units' in changed.after, vendors: 'vendors' in changed.after },
  )
  recordEvents(tx, ctx, [{ type: 'product.changed', objectKind: 'product', objectId: id, ...changed }])
}

const words = {
  type: 'its type',
  tracking: 'how lots and serial numbers are tracked',
  unit: 'its base unit',
  valuation: 'its valuation',
} as const

function refuseWhatIsTied(
  before: ProductFields,
  after: ProductFields,
  ties: { documents: boolean; moves: boolean; priceBookUnits: string[] },
): void {
  for (const field of ['type', 'tracking', 'unit', 'valuation'] as const) {
    const tied = field === 'valuation' ? ties.moves : ties.documents || ties.moves
    if (tied && before[field] !== after[field]) {
      throw tie(
        `/${field}`,
        field === 'valuation'
          ? `Goods of this product have moved, so ${words[field]} stays ${before[field]}. Make a new product for another one.`
          : `Documents use this product, so ${words[field]} stays ${before[field]}. Make a new product for another one.`,
      )
    }
  }
  const kept = new Set([after.unit, ...after.units.map((unit) => unit.unit)])
  const missed = ties.priceBookUnits.find((unit) => !kept.has(unit))
  if (missed !== undefined) {
    throw tie(
      before.unit === missed ? '/unit' : '/units',
      `Price books have prices per '${missed}'. Take those entries out first, or keep the unit.`,
    )
  }
}

function tie(pointer: string, message: string): Problem {
  return new Problem(409, 'in-use', message, { errors: [{ pointer, message }] })
}
