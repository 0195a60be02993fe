import { orNull, readCsv, readExpected } from './read-csv.ts'

export interface PurchaseLine {
  readonly productId: string
  readonly due: string
  readonly ordered: number
  /** Four decimals. */
  readonly unitPrice: string
  /** Accepted and rejected. */
  readonly received: number
  readonly rejected: number
}

export interface PurchaseOrder {
  readonly id: string
  readonly vendorId: string
  readonly date: string
  readonly shipped: string
  readonly freight: string
  readonly lines: readonly PurchaseLine[]
}

export interface PurchaseSums {
  readonly line_total: string
  readonly lines: string
  readonly ordered: string
  readonly received: string
  readonly rejected: string
  readonly stocked: string
}

/** What of AdventureWorks' `expected.json` is compared. */
export interface AdventureWorksExpected {
  readonly orders: number
  readonly vendors: number
  readonly vendors_with_orders: number
  readonly overall: PurchaseSums & { readonly Freight: string }
  readonly checks: {
    readonly lines_short_received: number
    readonly lines_with_rejects: number
    readonly lines_all_rejected: number
    readonly lines_received_in_full: number
  }
  readonly per_year: Readonly<
    Record<string, PurchaseSums & { readonly Freight: string; readonly orders: string }>
  >
  readonly top20_products_by_line_total: readonly (PurchaseSums & { readonly number: string })[]
  readonly top10_vendors_by_line_total: readonly (PurchaseSums & {
    readonly name: string
    readonly orders: string
  })[]
}

export type AdventureWorks = ReturnType<typeof readAdventureWorks>

export function readAdventureWorks(folder: string) {
  const linesOf = new Map<string, PurchaseLine[]>()
  for (const row of readCsv(folder, 'PurchaseOrderDetail.csv', [
    'PurchaseOrderID',
    'DueDate',
    'OrderQty',
    'ProductID',
    'UnitPrice',
    'ReceivedQty',
    'RejectedQty',
  ])) {
    const lines = linesOf.get(row.PurchaseOrderID) ?? []
    lines.push({
      productId: row.ProductID,
      due: row.DueDate,
      ordered: whole(row.OrderQty),
      unitPrice: row.UnitPrice,
      received: whole(row.ReceivedQty),
      rejected: whole(row.RejectedQty),
    })
    linesOf.set(row.PurchaseOrderID, lines)
  }
  const vendorsOf = Map.groupBy(
    readCsv(folder, 'ProductVendor.csv', [
      'ProductID',
      'BusinessEntityID',
      'AverageLeadTime',
      'StandardPrice',
      'MinOrderQty',
    ]),
    (row) => row.ProductID,
  )
  return {
    expected: readExpected(folder) as AdventureWorksExpected,
    vendors: readCsv(folder, 'Vendor.csv', ['BusinessEntityID', 'AccountNumber', 'Name']),
    products: readCsv(folder, 'Product.csv', [
      'ProductID',
      'Name',
      'ProductNumber',
      'StandardCost',
      'ListPrice',
    ]).map((row) => ({ ...row, vendors: vendorsOf.get(row.ProductID) ?? [] })),
    orders: readCsv(folder, 'PurchaseOrderHeader.csv', [
      'PurchaseOrderID',
      'VendorID',
      'OrderDate',
      'ShipDate',
      'Freight',
    ])
      .map((row): PurchaseOrder => ({
        id: row.PurchaseOrderID,
        vendorId: row.VendorID,
        date: row.OrderDate,
        shipped: orNull(row.ShipDate) ?? row.OrderDate,
        freight: row.Freight,
        lines: linesOf.get(row.PurchaseOrderID) ?? [],
      }))
      .toSorted((a, b) => a.date.localeCompare(b.date) || Number(a.id) - Number(b.id)),
  }
}

/** '3.00' is 3. Every quantity of these orders is whole. */
function whole(quantity: string): number {
  const found = /^(\d+)(?:\.0+)?$/.exec(quantity)?.[1]
  if (found === undefined) throw new Error(`not a whole quantity: ${quantity}`)
  return Number(found)
}
