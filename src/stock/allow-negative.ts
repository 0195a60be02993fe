import type { Context } from '../kernel/context.ts'
import { type Decimal, zero } from '../kernel/decimal.ts'
import { Problem } from '../kernel/problem.ts'
import { sql, statement } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'

interface OfWarehouse {
  companyId: string
  warehouseId: string
}

// Whoever moves goods holds the level, so nothing goes below zero while it is looked for.
const lockLevels = statement(
  'lock_levels_of_warehouse',
  { productId: 'uuid' },
  (p: OfWarehouse) => sql`
    select product_id from stock_levels where company_id = ${p.companyId} and warehouse_id = ${p.warehouseId}
    order by product_id, warehouse_id for update`,
)

const selectNegative = statement(
  'negative_in_warehouse',
  { sku: 'text', unit: 'text', quantity: 'numeric', reserved: 'numeric', place: 'text?', lot: 'text?' },
  (p: OfWarehouse) => sql`
    select p.sku, p.unit, n.quantity, n.reserved, c.code as place, t.number as lot from (
      select l.product_id, l.on_hand as quantity, l.reserved, null::uuid as location_id, null::uuid as lot_id
      from stock_levels l
      where l.company_id = ${p.companyId} and l.warehouse_id = ${p.warehouseId} and (l.on_hand < 0 or l.reserved > l.on_hand)
      union all
      select b.product_id, b.quantity, 0, b.location_id, b.lot_id from stock_balances b
      where b.company_id = ${p.companyId} and b.warehouse_id = ${p.warehouseId} and b.quantity < 0
    ) n
    join products p on p.company_id = ${p.companyId} and p.id = n.product_id
    left join locations c on c.company_id = ${p.companyId} and c.id = n.location_id
    left join lots t on t.company_id = ${p.companyId} and t.id = n.lot_id
    order by p.sku, n.location_id nulls first limit 50`,
)

const setOnLevels = statement(
  'allow_negative_levels',
  {},
  (p: OfWarehouse & { allow: boolean }) => sql`
    update stock_levels set allow_negative = ${p.allow}
    where company_id = ${p.companyId} and warehouse_id = ${p.warehouseId} and allow_negative <> ${p.allow}`,
)

const setOnBalances = statement(
  'allow_negative_balances',
  {},
  (p: OfWarehouse & { allow: boolean }) => sql`
    update stock_balances set allow_negative = ${p.allow}
    where company_id = ${p.companyId} and warehouse_id = ${p.warehouseId} and allow_negative <> ${p.allow}`,
)

/**
 * Gives the stock rows of a warehouse its new rule, so that the database itself refuses or allows negative
 * stock. Runs in the transaction that changes the warehouse.
 * @throws 409 when it is turned off while something is below zero or more is held than is there.
 */
export async function setAllowNegative(
  tx: Transaction,
  ctx: Context,
  warehouseId: string,
  allow: boolean,
): Promise<void> {
  const p = { companyId: ctx.company.id, warehouseId }
  const [, negative] = await Promise.all([tx.all(lockLevels, p), allow ? [] : tx.all(selectNegative, p)])
  const [first] = negative
  if (first) {
    const skus = new Set(negative.map((row) => row.sku))
    const more = skus.size > 1 ? ` (and ${skus.size - 1} more)` : ''
    throw new Problem(
      409,
      'negative-stock',
      `${inWords(first)}${more}. Receive or adjust what is missing first, then turn negative stock off.`,
      {
        errors: [{ pointer: '/allowNegative', message: 'something is below zero' }],
        facts: {
          products: [...skus],
          sku: first.sku,
          quantity: first.quantity.toFixed(),
        },
      },
    )
  }
  tx.write(setOnLevels, { ...p, allow })
  tx.write(setOnBalances, { ...p, allow })
}

function inWords(row: {
  sku: string
  unit: string
  quantity: Decimal
  reserved: Decimal
  place: string | null
  lot: string | null
}): string {
  const where = [row.lot === null ? '' : ` of lot ${row.lot}`, row.place === null ? '' : ` in ${row.place}`]
  if (row.place !== null || row.quantity.lt(zero)) {
    return `${row.sku} stands at ${row.quantity.toFixed()} ${row.unit}${where.join('')}`
  }
  return `${row.reserved.toFixed()} ${row.unit} of ${row.sku} are held and only ${row.quantity.toFixed()} are on hand`
}
