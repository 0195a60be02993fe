import { type Sql, sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'

/** What documents need to know of a warehouse. */
export interface Warehouse {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly allowNegative: boolean
  readonly archived: boolean
}

export type LocationType =
  | 'stock'
  | 'quarantine'
  | 'supplier'
  | 'customer'
  | 'adjustment'
  | 'scrap'
  | 'transit'

export interface Location {
  readonly id: string
  /** Null for the virtual ones. */
  readonly warehouseId: string | null
  readonly parentId: string | null
  readonly code: string
  readonly name: string
  readonly type: LocationType
  readonly isDefault: boolean
  readonly archived: boolean
}

const warehouseColumns = {
  id: 'uuid',
  code: 'text',
  name: 'text',
  allowNegative: 'bool',
  archived: 'bool',
} as const

const findWarehouseRow = statement(
  'find_warehouse',
  warehouseColumns,
  (p: { companyId: string; id: string }) =>
    sql`select id, code, name, allow_negative, archived from warehouses where company_id = ${p.companyId} and id = ${p.id}`,
)

const findDefaultRow = statement(
  'find_default_warehouse',
  warehouseColumns,
  (p: { companyId: string }) => sql`
    select id, code, name, allow_negative, archived from warehouses
    where company_id = ${p.companyId} and not archived order by id limit 1`,
)

/** A warehouse, archived or not; null when the company has none of this id. */
export function findWarehouse(tx: Transaction, companyId: string, id: string): Promise<Warehouse | null> {
  return tx.maybe(findWarehouseRow, { companyId, id })
}

/** The oldest warehouse that is not archived. */
export function findDefaultWarehouse(tx: Transaction, companyId: string): Promise<Warehouse | null> {
  return tx.maybe(findDefaultRow, { companyId })
}

const locationColumns = {
  id: 'uuid',
  warehouseId: 'uuid?',
  parentId: 'uuid?',
  code: 'text',
  name: 'text',
  type: 'text',
  isDefault: 'bool',
  archived: 'bool',
} as const

const selectLocation: Sql = sql`
  select l.id, l.warehouse_id, l.parent_id, l.code, l.name, l.type, l.is_default, l.archived from locations l`

const findLocationRows = statement(
  'find_locations',
  locationColumns,
  (p: { companyId: string; warehouseIds: readonly string[]; only: readonly string[] | null }) => sql`
    ${selectLocation}
    where l.company_id = ${p.companyId} and l.warehouse_id = any(${p.warehouseIds}::uuid[])
      and (l.is_default or ${p.only}::uuid[] is null or l.id = any(${p.only}::uuid[]))
    order by l.id`,
)

const findVirtualRows = statement(
  'find_virtual_locations',
  locationColumns,
  (p: { companyId: string }) => sql`
    ${selectLocation} where l.company_id = ${p.companyId} and l.warehouse_id is null and l.is_default`,
)

/** The places of one warehouse. */
export interface WarehouseLocations {
  /** Where goods go and come from unless a line says otherwise. */
  readonly stock: Location
  /** Where rejected goods go. */
  readonly quarantine: Location
  readonly byId: ReadonlyMap<string, Location>
}

/**
 * The locations of warehouses, by warehouse id. Ids of no warehouse of the company are missing.
 * @param only the default locations and these; left out: all, which can be thousands.
 */
export async function findLocations(
  tx: Transaction,
  companyId: string,
  warehouseIds: readonly string[],
  only: readonly string[] | null = null,
): Promise<Map<string, WarehouseLocations>> {
  const rows = (await tx.all(findLocationRows, { companyId, warehouseIds, only })) as Location[]
  const found = new Map<string, WarehouseLocations>()
  for (const warehouseId of new Set(rows.map((row) => row.warehouseId!))) {
    const places = rows.filter((row) => row.warehouseId === warehouseId)
    found.set(warehouseId, {
      stock: standard(places, 'stock'),
      quarantine: standard(places, 'quarantine'),
      byId: new Map(places.map((place) => [place.id, place])),
    })
  }
  return found
}

const virtualTypes = ['supplier', 'customer', 'adjustment', 'scrap', 'transit'] as const
export type VirtualLocations = Readonly<Record<(typeof virtualTypes)[number], Location>>

/** The places outside of every warehouse that goods come from and go to. */
export async function findVirtualLocations(tx: Transaction, companyId: string): Promise<VirtualLocations> {
  const rows = (await tx.all(findVirtualRows, { companyId })) as Location[]
  return Object.fromEntries(virtualTypes.map((type) => [type, standard(rows, type)])) as VirtualLocations
}

function standard(places: readonly Location[], type: LocationType): Location {
  const place = places.find((candidate) => candidate.isDefault && candidate.type === type)
  // Made with the company and the warehouse, and never deleted.
  if (!place) throw new Error(`there is no default location of type ${type}`)
  return place
}
