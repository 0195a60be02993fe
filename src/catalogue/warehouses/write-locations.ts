import { archiving } from '../../journal/archive.ts'
import { difference, recordEvents } from '../../journal/events.ts'
import type { Context } from '../../kernel/context.ts'
import { mostUsesCounted, refuseStale, refuseWhileUsed, tidy } from '../../kernel/guards.ts'
import { Problem, conflict, notFound, ruleBroken } from '../../kernel/problem.ts'
import { sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { updateRow } from '../../kernel/update-row.ts'
import { insertLocations, locationRows, locationSearch } from './create-warehouse.ts'
import { lockLocationRow } from './list-locations.ts'
import { lockWarehouseRow } from './list-warehouses.ts'
import type { LocationChanges, LocationInput } from './schema.ts'

const updateLocation = updateRow('locations', ['parentId', 'code', 'name', 'isDefault', 'search'])

/** Makes a location in a warehouse; answers its id. */
export async function createLocation(tx: Transaction, ctx: Context, input: LocationInput): Promise<string> {
  const companyId = ctx.company.id
  const parentId = input.parentId ?? null
  // One change of a warehouse's tree at a time, or two could make a ring.
  const [warehouse, parent] = await Promise.all([
    tx.maybe(lockWarehouseRow, { companyId, id: input.warehouseId }),
    parentId === null ? null : tx.maybe(findParent, { companyId, id: parentId }),
  ])
  if (warehouse === null) {
    throw ruleBroken('unknown-warehouse', '/warehouseId', 'This warehouse does not exist.')
  }
  if (parentId !== null) refuseParent(parent, input.warehouseId)
  const code = tidy(input.code, '/code').normalize('NFC')
  const fields = {
    warehouseId: input.warehouseId,
    parentId,
    code,
    name: tidy(input.name ?? code, '/name'),
    type: input.type ?? 'stock',
    isDefault: input.isDefault ?? false,
  } as const
  if (fields.isDefault) tx.write(clearDefault, { companyId, ...fields })
  const rows = locationRows(companyId, ctx.now, [fields])
  tx.write(insertLocations, { rows })
  const { id } = rows[0]!
  recordEvents(tx, ctx, [{ type: 'location.created', objectKind: 'location', objectId: id, after: fields }])
  return id
}

export async function changeLocation(
  tx: Transaction,
  ctx: Context,
  id: string,
  changes: LocationChanges,
  ifMatch: number | null,
): Promise<void> {
  const key = { companyId: ctx.company.id, id }
  const parentId = changes.parentId ?? null
  const [row, parent] = await lockWithParent(tx, key, parentId)
  refuseStale(row.version, ifMatch)
  const { warehouseId, type } = row
  const before = { parentId: row.parentId, code: row.code, name: row.name, isDefault: row.isDefault }
  const merged = { ...before, ...changes }
  const after = {
    parentId: merged.parentId,
    code: tidy(merged.code, '/code').normalize('NFC'),
    name: tidy(merged.name, '/name'),
    isDefault: merged.isDefault,
  }
  const changed = difference(before, after)
  if (Object.keys(changed.after).length === 0) return
  if (before.isDefault && !after.isDefault) {
    const message = 'There is always a default location. Make another one the default instead.'
    throw new Problem(409, 'default-location', message, { errors: [{ pointer: '/isDefault', message }] })
  }
  if (parentId !== null && parentId !== before.parentId) {
    if (warehouseId === null) throw ruleBroken('no-warehouse', '/parentId', 'This place stands alone.')
    refuseParent(parent, warehouseId)
    if (parent?.path.includes(id)) {
      throw ruleBroken(
        'location-ring',
        '/parentId',
        'A location cannot lie in itself or in a place below it.',
      )
    }
  }
  if (after.isDefault && !before.isDefault) {
    if (row.archived || warehouseId === null) {
      throw conflict('default-location', 'Only a location in use of a warehouse can be its default.')
    }
    tx.write(clearDefault, { companyId: key.companyId, warehouseId, type })
  }
  tx.write(updateLocation, { ...key, row: { ...after, search: locationSearch(after) } })
  recordEvents(tx, ctx, [{ type: 'location.changed', objectKind: 'location', objectId: id, ...changed }])
}

/** Locks the warehouse before the location, like every change of its tree. */
async function lockWithParent(tx: Transaction, key: Key, parentId: string | null) {
  await tx.maybe(lockWarehouseOfLocation, key)
  const [row, parent] = await Promise.all([
    tx.maybe(lockLocationRow, key),
    parentId === null ? null : tx.maybe(findParent, { companyId: key.companyId, id: parentId }),
  ])
  if (row === null) throw notFound('location')
  return [row, parent] as const
}

/** @throws 409 when it is the default, or goods or documents name it. */
export async function deleteLocation(
  tx: Transaction,
  ctx: Context,
  id: string,
  ifMatch: number | null,
): Promise<void> {
  const key = { companyId: ctx.company.id, id }
  const [row, uses] = await Promise.all([tx.maybe(lockLocationRow, key), tx.all(findLocationUses, key)])
  if (row === null) throw notFound('location')
  refuseStale(row.version, ifMatch)
  if (row.isDefault) throw staysDefault('deleted')
  refuseWhileUsed('location', uses, `Archive it instead (POST /locations/${id}/archive).`)
  tx.write(deleteRow, key)
  recordEvents(tx, ctx, [{ type: 'location.deleted', objectKind: 'location', objectId: id, before: row }])
}

export const setLocationArchived = archiving('locations', 'location', async (tx, ctx, id) => {
  const { isDefault, balances } = await tx.one(findContents, { companyId: ctx.company.id, id })
  if (isDefault) throw staysDefault('archived')
  if (balances > 0) {
    throw conflict('not-empty', `${balances} product(s) or lots lie here. Move them before you archive it.`)
  }
})

function staysDefault(what: string): Problem {
  return conflict(
    'default-location',
    `This is the default location of its type, so it cannot be ${what}. Make another one the default first.`,
  )
}

function refuseParent(parent: { warehouseId: string | null } | null, warehouseId: string): void {
  if (parent?.warehouseId === warehouseId) return
  throw ruleBroken('unknown-location', '/parentId', 'The parent is no location of this warehouse.')
}

interface Key {
  companyId: string
  id: string
}

const lockWarehouseOfLocation = statement(
  'lock_warehouse_of_location',
  { id: 'uuid' },
  (p: Key) => sql`
    select w.id from warehouses w where w.company_id = ${p.companyId} and w.id =
      (select l.warehouse_id from locations l where l.company_id = ${p.companyId} and l.id = ${p.id})
    for update of w`,
)

// With the way up from it to the top.
const findParent = statement(
  'find_parent_location',
  { warehouseId: 'uuid?', path: 'uuid[]' },
  (p: Key) => sql`
    with recursive up as (
      select id, parent_id from locations where company_id = ${p.companyId} and id = ${p.id}
      union
      select l.id, l.parent_id from locations l join up on l.company_id = ${p.companyId} and l.id = up.parent_id
    )
    select l.warehouse_id, array(select id from up) as path
    from locations l where l.company_id = ${p.companyId} and l.id = ${p.id}`,
)

const clearDefault = statement(
  'clear_default_location',
  {},
  (p: { companyId: string; warehouseId: string; type: string }) => sql`
    update locations set is_default = false, version = version + 1
    where company_id = ${p.companyId} and warehouse_id = ${p.warehouseId} and type = ${p.type} and is_default`,
)

const deleteRow = statement(
  'delete_location',
  {},
  (p: Key) => sql`delete from locations where company_id = ${p.companyId} and id = ${p.id}`,
)

const findContents = statement(
  'location_contents',
  { isDefault: 'bool', balances: 'int' },
  (p: Key) => sql`
    select l.is_default, (select count(*)::int from stock_balances b
      where b.company_id = ${p.companyId} and b.location_id = ${p.id} and b.quantity <> 0) as balances
    from locations l where l.company_id = ${p.companyId} and l.id = ${p.id}`,
)

const findLocationUses = statement(
  'location_uses',
  { kind: 'text', count: 'int' },
  (p: Key) => sql`
    select kind, count(*)::int as count from (
      (select 'inner-location' as kind from locations l
        where l.company_id = ${p.companyId} and l.parent_id = ${p.id} limit ${mostUsesCounted + 1})
      union all
      (select 'stock-balance' from stock_balances b
        where b.company_id = ${p.companyId} and b.location_id = ${p.id} limit ${mostUsesCounted + 1})
      union all
      (select 'stock-move' from stock_moves m
        where m.company_id = ${p.companyId} and ${p.id}::uuid in (m.from_location_id, m.to_location_id)
        limit ${mostUsesCounted + 1})
      union all
      (select s.kind from shipments s where s.company_id = ${p.companyId} and s.id in
        (select l.shipment_id from shipment_lines l
          where l.company_id = ${p.companyId} and ${p.id}::uuid in (l.location_id, l.to_location_id))
        limit ${mostUsesCounted + 1})
    ) uses group by kind order by kind`,
)
