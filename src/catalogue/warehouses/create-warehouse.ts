import { newId } from '../../kernel/ids.ts'
import { searchText } from '../../kernel/search.ts'
import { insertInto } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import type { LocationType } from './find-warehouses.ts'

const insertWarehouses = insertInto('warehouses', [
  'companyId',
  'id',
  'code',
  'name',
  'allowNegative',
  'address',
  'search',
  'createdAt',
])
export const insertLocations = insertInto('locations', [
  'companyId',
  'id',
  'warehouseId',
  'parentId',
  'code',
  'name',
  'type',
  'isDefault',
  'search',
  'createdAt',
])

export interface NewLocation {
  readonly warehouseId: string | null
  readonly parentId: string | null
  readonly code: string
  readonly name: string
  readonly type: LocationType
  readonly isDefault: boolean
}

/** The rows of new locations, with ids of their own. */
export function locationRows(companyId: string, now: Date, locations: readonly NewLocation[]) {
  return locations.map((location) => ({
    companyId,
    id: newId(),
    ...location,
    search: locationSearch(location),
    createdAt: now,
  }))
}

export function locationSearch(location: { code: string; name: string }): string {
  return searchText([location.name, location.code])
}

export function warehouseSearch(warehouse: { code: string; name: string }): string {
  return searchText([warehouse.name, warehouse.code])
}

/**
 * Makes a warehouse with its default places for stock and quarantine. Sends its writes without waiting.
 * Writes no events: the caller says who did it and why.
 */
export function createWarehouse(
  tx: Transaction,
  at: { readonly companyId: string; readonly now: Date },
  warehouse: {
    readonly code: string
    readonly name: string
    readonly allowNegative: boolean
    readonly address?: object
  },
): { id: string; stockLocationId: string; quarantineLocationId: string } {
  const { companyId, now } = at
  const id = newId()
  tx.write(insertWarehouses, {
    rows: [
      {
        companyId,
        id,
        code: warehouse.code,
        name: warehouse.name,
        allowNegative: warehouse.allowNegative,
        address: warehouse.address ?? {},
        search: warehouseSearch(warehouse),
        createdAt: now,
      },
    ],
  })
  const place = { warehouseId: id, parentId: null, isDefault: true }
  const rows = locationRows(companyId, now, [
    { ...place, code: 'STOCK', name: 'Stock', type: 'stock' },
    { ...place, code: 'QUARANTINE', name: 'Quarantine', type: 'quarantine' },
  ])
  tx.write(insertLocations, { rows })
  return { id, stockLocationId: rows[0]!.id, quarantineLocationId: rows[1]!.id }
}

/** Makes the places outside of every warehouse, once per company. Sends its writes without waiting. */
export function createVirtualLocations(tx: Transaction, companyId: string, now: Date): void {
  const outside = { warehouseId: null, parentId: null, isDefault: true }
  tx.write(insertLocations, {
    rows: locationRows(companyId, now, [
      { ...outside, code: 'SUPPLIER', name: 'Suppliers', type: 'supplier' },
      { ...outside, code: 'CUSTOMER', name: 'Customers', type: 'customer' },
      { ...outside, code: 'ADJUSTMENT', name: 'Adjustments', type: 'adjustment' },
      { ...outside, code: 'SCRAP', name: 'Scrap', type: 'scrap' },
      { ...outside, code: 'TRANSIT', name: 'In transit', type: 'transit' },
    ]),
  })
}
