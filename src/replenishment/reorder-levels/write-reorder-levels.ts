import { findDefaultWarehouse, findProducts, findWarehouse } from '../../catalogue/index.ts'
import { difference, recordEvents } from '../../journal/events.ts'
import type { Context } from '../../kernel/context.ts'
import { type Decimal, decimal, zero } from '../../kernel/decimal.ts'
import { refuseStale } from '../../kernel/guards.ts'
import { newId } from '../../kernel/ids.ts'
import { notFound, ruleBroken } from '../../kernel/problem.ts'
import { json, sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { updateRow } from '../../kernel/update-row.ts'
import { findParty } from '../../parties/index.ts'
import { lockReorderLevel } from './list-reorder-levels.ts'
import type { ReorderLevelChanges, ReorderLevelInput } from './schema.ts'

interface Levels {
  readonly minimum: Decimal
  readonly maximum: Decimal
  readonly packSize: Decimal
  readonly leadTimeDays: number | null
  readonly vendorId: string | null
}

const names = ['minimum', 'maximum', 'packSize', 'leadTimeDays', 'vendorId'] as const
const updateLevel = updateRow('reorder_levels', names)

// `prior` sees the table as it was before this statement, whatever the insert did to it.
const upsertLevel = statement(
  'upsert_reorder_level',
  { id: 'uuid', prior: json<object | null>() },
  (
    p: Levels & { companyId: string; id: string; productId: string; warehouseId: string; createdAt: Date },
  ) => sql`
    with prior as (
      select json_build_object('minimum', minimum::text, 'maximum', maximum::text, 'packSize', pack_size::text,
        'leadTimeDays', lead_time_days, 'vendorId', vendor_id) as fields
      from reorder_levels
      where company_id = ${p.companyId} and product_id = ${p.productId} and warehouse_id = ${p.warehouseId}
    )
    insert into reorder_levels as r (company_id, id, product_id, warehouse_id, minimum, maximum, pack_size, lead_time_days,
      vendor_id, created_at)
    values (${p.companyId}, ${p.id}, ${p.productId}, ${p.warehouseId}, ${p.minimum}, ${p.maximum}, ${p.packSize},
      ${p.leadTimeDays}, ${p.vendorId}, ${p.createdAt})
    on conflict (company_id, product_id, warehouse_id) do update set minimum = excluded.minimum, maximum = excluded.maximum,
      pack_size = excluded.pack_size, lead_time_days = excluded.lead_time_days, vendor_id = excluded.vendor_id,
      version = r.version + 1
    returning r.id, (select fields from prior) as prior`,
)

/**
 * Sets when a product is bought again for a warehouse, in place of what stood there.
 * @returns the id of the level.
 */
export async function setReorderLevel(
  tx: Transaction,
  ctx: Context,
  input: ReorderLevelInput,
): Promise<string> {
  const companyId = ctx.company.id
  const { productId, warehouseId } = input
  const levels = checked({
    minimum: decimal(input.minimum),
    maximum: decimal(input.maximum),
    packSize: decimal(input.packSize ?? '1'),
    leadTimeDays: input.leadTimeDays ?? null,
    vendorId: input.vendorId ?? null,
  })
  const [products, warehouse] = await Promise.all([
    findProducts(tx, companyId, [productId]),
    warehouseId === undefined
      ? findDefaultWarehouse(tx, companyId)
      : findWarehouse(tx, companyId, warehouseId),
    requireVendor(tx, companyId, levels.vendorId),
  ])
  const product = products.get(productId)
  if (!product) throw ruleBroken('unknown-product', '/productId', 'This product does not exist.')
  if (product.type !== 'stocked')
    throw ruleBroken(
      'not-stocked',
      '/productId',
      `${product.sku} is a service. Only what is kept in stock is bought again by its level.`,
    )
  if (!warehouse || warehouse.archived)
    throw ruleBroken('unknown-warehouse', '/warehouseId', 'This warehouse does not exist or is archived.')
  const { id, prior } = await tx.one(upsertLevel, {
    companyId,
    id: newId(),
    productId,
    warehouseId: warehouse.id,
    ...levels,
    createdAt: ctx.now,
  })
  recordEvents(tx, ctx, [
    {
      type: prior === null ? 'reorder-level.created' : 'reorder-level.changed',
      objectKind: 'reorder-level',
      objectId: id,
      before: prior,
      after: { productId, warehouseId: warehouse.id, ...levels },
    },
  ])
  return id
}

export async function changeReorderLevel(
  tx: Transaction,
  ctx: Context,
  id: string,
  changes: ReorderLevelChanges,
  ifMatch: number | null,
): Promise<void> {
  const companyId = ctx.company.id
  const row = await tx.maybe(lockReorderLevel, { companyId, id })
  if (row === null) throw notFound('reorder level')
  refuseStale(row.version, ifMatch)
  const before: Levels = {
    minimum: row.minimum,
    maximum: row.maximum,
    packSize: row.packSize,
    leadTimeDays: row.leadTimeDays,
    vendorId: row.vendorId,
  }
  const { minimum, maximum, packSize, leadTimeDays, vendorId } = changes
  const after = checked({
    minimum: minimum === undefined ? before.minimum : decimal(minimum),
    maximum: maximum === undefined ? before.maximum : decimal(maximum),
    packSize: packSize === undefined ? before.packSize : decimal(packSize),
    leadTimeDays: leadTimeDays === undefined ? before.leadTimeDays : leadTimeDays,
    vendorId: vendorId === undefined ? before.vendorId : vendorId,
  })
  if (after.vendorId !== before.vendorId) await requireVendor(tx, companyId, after.vendorId)
  const changed = difference(before, after)
  if (Object.keys(changed.after).length === 0) return
  tx.write(updateLevel, { companyId, id, row: after })
  recordEvents(tx, ctx, [
    { type: 'reorder-level.changed', objectKind: 'reorder-level', objectId: id, ...changed },
  ])
}

/** The product is not proposed for the warehouse any more. */
export async function deleteReorderLevel(
  tx: Transaction,
  ctx: Context,
  id: string,
  ifMatch: number | null,
): Promise<void> {
  const key = { companyId: ctx.company.id, id }
  const row = await tx.maybe(lockReorderLevel, key)
  if (row === null) throw notFound('reorder level')
  refuseStale(row.version, ifMatch)
  tx.write(deleteRow, key)
  recordEvents(tx, ctx, [
    { type: 'reorder-level.deleted', objectKind: 'reorder-level', objectId: id, before: row },
  ])
}

const deleteRow = statement(
  'delete_reorder_level',
  {},
  (p: { companyId: string; id: string }) =>
    sql`delete from reorder_levels where company_id = ${p.companyId} and id = ${p.id}`,
)

function checked(levels: Levels): Levels {
  if (levels.maximum.lt(levels.minimum))
    throw ruleBroken(
      'maximum',
      '/maximum',
      `The maximum is at least the minimum, ${levels.minimum.toFixed()}: up to it goods are bought.`,
    )
  if (!levels.packSize.gt(zero))
    throw ruleBroken('pack-size', '/packSize', 'A pack has more than zero. Enter 1 where there are no packs.')
  return levels
}

async function requireVendor(tx: Transaction, companyId: string, id: string | null): Promise<void> {
  if (id === null) return
  const party = await findParty(tx, companyId, id)
  if (!party) throw ruleBroken('unknown-party', '/vendorId', 'This vendor does not exist.')
  if (!party.vendor)
    throw ruleBroken('wrong-role', '/vendorId', `${party.name} is not a vendor. Give it that role first.`)
  if (party.archived)
    throw ruleBroken('archived-party', '/vendorId', `${party.name} is archived. Unarchive it first.`)
}
