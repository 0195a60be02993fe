import { archiving } from '../../journal/archive.ts'
import { difference, recordEvents } from '../../journal/events.ts'
import type { Context } from '../../kernel/context.ts'
import { mostUsesCounted, refuseStale, refuseWhileUsed, tidy } from '../../kernel/guards.ts'
import { conflict, notFound } from '../../kernel/problem.ts'
import { sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { updateRow } from '../../kernel/update-row.ts'
import { createWarehouse, warehouseSearch } from './create-warehouse.ts'
import { lockWarehouseRow } from './list-warehouses.ts'
import type { WarehouseAddress, WarehouseChanges, WarehouseInput } from './schema.ts'

/**
 * What others do when a warehouse changes. The stock rows of a warehouse carry a copy of its
 * `allowNegative`, so that the database itself refuses negative stock; only the stock room writes them.
 */
export interface WarehouseHooks {
  /** In the transaction of the change, with the warehouse locked. */
  readonly afterAllowNegativeChange: (
    tx: Transaction,
    ctx: Context,
    warehouseId: string,
    allow: boolean,
  ) => void | Promise<void>
}

const updateWarehouse = updateRow('warehouses', ['code', 'name', 'allowNegative', 'address', 'search'])

/** Makes a warehouse by hand; answers its id. */
export function addWarehouse(tx: Transaction, ctx: Context, input: WarehouseInput): string {
  const fields = complete(input)
  const { id } = createWarehouse(tx, { companyId: ctx.company.id, now: ctx.now }, fields)
  recordEvents(tx, ctx, [{ type: 'warehouse.created', objectKind: 'warehouse', objectId: id, after: fields }])
  return id
}

export async function changeWarehouse(
  tx: Transaction,
  ctx: Context,
  id: string,
  changes: WarehouseChanges,
  ifMatch: number | null,
  hooks: WarehouseHooks,
): Promise<void> {
  const companyId = ctx.company.id
  const row = await tx.maybe(lockWarehouseRow, { companyId, id })
  if (row === null) throw notFound('warehouse')
  refuseStale(row.version, ifMatch)
  const { code, name, allowNegative, address } = row
  const before = complete({ code, name, allowNegative, address })
  const after = complete({ ...before, ...changes })
  const changed = difference(before, after)
  if (Object.keys(changed.after).length === 0) return
  tx.write(updateWarehouse, { companyId, id, row: { ...after, search: warehouseSearch(after) } })
  recordEvents(tx, ctx, [{ type: 'warehouse.changed', objectKind: 'warehouse', objectId: id, ...changed }])
  if (after.allowNegative !== allowNegative) {
    await hooks.afterAllowNegativeChange(tx, ctx, id, after.allowNegative)
  }
}

/** @throws 409 when documents or stock are in it, or when it is the last one. */
export async function deleteWarehouse(
  tx: Transaction,
  ctx: Context,
  id: string,
  ifMatch: number | null,
): Promise<void> {
  const key = { companyId: ctx.company.id, id }
  const [row, uses] = await Promise.all([tx.maybe(lockWarehouseRow, key), tx.all(findWarehouseUses, key)])
  if (row === null) throw notFound('warehouse')
  refuseStale(row.version, ifMatch)
  refuseWhileUsed(
    'warehouse',
    uses,
    `Archive it instead (POST /warehouses/${id}/archive): it is no longer offered, and documents keep it.`,
  )
  await refuseLast(tx, ctx, id)
  tx.write(deleteLocations, key)
  tx.write(deleteRow, key)
  recordEvents(tx, ctx, [{ type: 'warehouse.deleted', objectKind: 'warehouse', objectId: id, before: row }])
}

export const setWarehouseArchived = archiving('warehouses', 'warehouse', async (tx, ctx, id) => {
  const [left] = await Promise.all([
    tx.one(findWhatIsLeft, { companyId: ctx.company.id, id }),
    refuseLast(tx, ctx, id),
  ])
  if (left.stocked > 0) {
    throw conflict(
      'not-empty',
      `${left.stocked} product(s) are in stock, reserved or expected in this warehouse. Move them, or finish their documents, before you archive it.`,
      { products: left.stocked },
    )
  }
})

/** Without any warehouse nothing could be ordered or received. */
async function refuseLast(tx: Transaction, ctx: Context, id: string): Promise<void> {
  const { others } = await tx.one(countOthers, { companyId: ctx.company.id, id })
  if (others > 0) return
  throw conflict('last-warehouse', 'This is the last warehouse in use. Make another one first.')
}

function complete(input: WarehouseInput) {
  return {
    code: tidy(input.code, '/code').normalize('NFC'),
    name: tidy(input.name, '/name'),
    allowNegative: input.allowNegative ?? false,
    address: orderly(input.address ?? {}),
  }
}

/** The same fields in one order, so that equal addresses compare equal. */
function orderly(address: WarehouseAddress): WarehouseAddress {
  return Object.fromEntries(Object.entries(address).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

interface Key {
  companyId: string
  id: string
}

// The others are locked, so that two cannot leave at once and each count the other.
const countOthers = statement(
  'count_other_warehouses',
  { others: 'int' },
  (p: Key) => sql`
    select count(*)::int as others from (
      select from warehouses where company_id = ${p.companyId} and id <> ${p.id} and not archived
      order by id for update
    ) locked`,
)

const findWhatIsLeft = statement(
  'warehouse_contents',
  { stocked: 'int' },
  (p: Key) => sql`
    select count(*)::int as stocked from stock_levels
    where company_id = ${p.companyId} and warehouse_id = ${p.id}
      and (on_hand <> 0 or quarantined <> 0 or reserved <> 0 or incoming <> 0 or outgoing <> 0)`,
)

const deleteLocations = statement(
  'delete_locations_of_warehouse',
  {},
  (p: Key) => sql`delete from locations where company_id = ${p.companyId} and warehouse_id = ${p.id}`,
)

const deleteRow = statement(
  'delete_warehouse',
  {},
  (p: Key) => sql`delete from warehouses where company_id = ${p.companyId} and id = ${p.id}`,
)

const findWarehouseUses = statement(
  'warehouse_uses',
  { kind: 'text', count: 'int' },
  (p: Key) => sql`
    select kind, count(*)::int as count from (
      (select o.kind from orders o where o.company_id = ${p.companyId} and o.warehouse_id = ${p.id}
        limit ${mostUsesCounted + 1})
      union all
      (select s.kind from shipments s
        where s.company_id = ${p.companyId} and ${p.id}::uuid in (s.warehouse_id, s.to_warehouse_id)
        limit ${mostUsesCounted + 1})
      union all
      (select 'stock-reservation' from stock_reservations r
        where r.company_id = ${p.companyId} and r.warehouse_id = ${p.id} limit ${mostUsesCounted + 1})
      union all
      (select 'stock-count' from counts c
        where c.company_id = ${p.companyId} and c.warehouse_id = ${p.id} limit ${mostUsesCounted + 1})
      union all
      (select 'stock-level' from stock_levels s where s.company_id = ${p.companyId} and s.warehouse_id = ${p.id}
        limit ${mostUsesCounted + 1})
    ) uses group by kind order by kind`,
)
