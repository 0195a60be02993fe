import type { Permission } from '../../src/permissions.ts'

/** What the warehouse mode reads when it begins: without one of them there is no work in it. */
export const warehouseModeReads: readonly Permission[] = [
  'warehouses:read',
  'products:read',
  'stock:read',
  'purchase-order:read',
  'sales-order:read',
  'stock-transfer:read',
  'stock-adjustment:read',
]
