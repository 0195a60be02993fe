/** What the warehouse mode knows of the company, as copies that also serve without a connection. */

export interface Product {
  readonly id: string
  readonly sku: string
  readonly name: string
  /** Base unit; all quantities in here are in it. */
  readonly unit: string
  readonly tracking: 'none' | 'lot' | 'serial'
  readonly barcode: string | null
  readonly units: readonly {
    readonly unit: string
    readonly numerator: number
    readonly denominator: number
    readonly barcode: string | null
  }[]
}

export interface Place {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly type: 'stock' | 'quarantine'
  readonly isDefault: boolean
}

export interface TaskLine {
  readonly id: string
  readonly productId: string
  readonly sku: string
  readonly name: string
  /** Base unit: ordered in all, still open, and the most that may still come or go (tolerance included). */
  readonly ordered: string
  readonly open: string
  readonly most: string
  /** Per cent over the ordered quantity that are allowed. */
  readonly tolerance: string
}

/** An order that waits for goods, or goods that wait for an order. */
export interface Task {
  readonly id: string
  readonly number: string
  readonly partyId: string
  readonly party: string
  readonly date: string
  readonly expected: string | null
  readonly lines: readonly TaskLine[]
}

/** So much of a product at one place, of one lot. */
export interface Balance {
  readonly productId: string
  readonly placeId: string
  readonly placeCode: string
  readonly placeType: 'stock' | 'quarantine'
  readonly lotId: string | null
  readonly lot: string | null
  readonly expiresOn: string | null
  readonly expired: boolean
  readonly quantity: string
}

/** A transfer whose goods are on their way to this warehouse. */
export interface Arriving {
  readonly id: string
  readonly number: string
  readonly lines: readonly {
    readonly id: string
    readonly productId: string
    readonly sku: string
    readonly name: string
    readonly unit: string
    readonly rest: string
  }[]
}

/** A count that was left and can be gone on with, on any device. */
export interface SavedCount {
  readonly id: string
  readonly version: number
  readonly reason: string
  readonly by: string
  readonly at: string
  readonly lines: readonly {
    readonly productId: string
    readonly placeId: string | null
    readonly lot: string | null
    readonly expiresOn: string | null
    readonly quantity: string
    readonly unit: string
  }[]
}

/** The sheet of a stock count that is being counted here. */
export interface Sheet {
  readonly id: string
  readonly number: string
  readonly counter: string | null
  /** What it is of: a location, a category, a class; null: all of the warehouse. */
  readonly of: string | null
  readonly counted: number
  readonly lines: number
}

export interface Warehouse {
  readonly id: string
  readonly code: string
  readonly name: string
}

/** Everything that one warehouse needs. */
export interface Copies {
  /** When it was read, ms since 1970. */
  readonly at: number
  readonly products: readonly Product[]
  readonly places: readonly Place[]
  readonly receipts: readonly Task[]
  readonly picks: readonly Task[]
  readonly balances: readonly Balance[]
  readonly arriving: readonly Arriving[]
  readonly counts: readonly SavedCount[]
  /** Missing in copies of an older app. */
  readonly sheets?: readonly Sheet[]
  /** Open work in all; more than the tasks that are kept here. */
  readonly open: { readonly receipts: number; readonly picks: number }
}
