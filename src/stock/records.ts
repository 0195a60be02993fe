import type { CalendarDate } from '../kernel/dates.ts'
import type { Decimal } from '../kernel/decimal.ts'

/** Rows of the stock tables as the rules see them. Quantities in base units, values in company currency. */

export interface Level {
  readonly productId: string
  readonly warehouseId: string
  onHand: Decimal
  quarantined: Decimal
  reserved: Decimal
  incoming: Decimal
  outgoing: Decimal
  value: Decimal
  lastSeq: number
  readonly allowNegative: boolean
}

export interface StockProduct {
  readonly id: string
  readonly sku: string
  readonly unit: string
  readonly tracking: 'none' | 'lot' | 'serial'
  readonly valuation: 'average' | 'fifo'
  /** Cost of last resort for goods that go out before any came in; null: none known. */
  readonly purchasePrice: Decimal | null
}

export interface Demand {
  readonly sourceLineId: string
  readonly warehouseId: string
  readonly productId: string
  readonly type: 'order' | 'reservation'
  wanted: Decimal
  reserved: Decimal
  priority: number
  dueOn: CalendarDate
  /** Null: held until delivered or cancelled. */
  expiresAt: Date | null
  readonly createdAt: Date
}

export interface LotHold {
  readonly sourceLineId: string
  readonly warehouseId: string
  readonly lotId: string
  readonly productId: string
  quantity: Decimal
}

export interface Location {
  readonly id: string
  /** Null for the virtual ones. */
  readonly warehouseId: string | null
  readonly code: string
  readonly type: 'stock' | 'quarantine' | 'supplier' | 'customer' | 'adjustment' | 'scrap' | 'transit'
  readonly isDefault: boolean
}

export interface Balance {
  readonly productId: string
  readonly warehouseId: string
  readonly locationId: string
  readonly lotId: string | null
  quantity: Decimal
}

export interface Lot {
  readonly id: string
  readonly productId: string
  readonly number: string
  readonly serial: boolean
  expiresOn: CalendarDate | null
  /** How often it came from a supplier or was found, less what went back or was lost. */
  received: Decimal
}

/** A row of the ledger. */
export interface Move {
  readonly id: string
  readonly productId: string
  readonly lotId: string | null
  readonly fromLocationId: string
  readonly toLocationId: string
  readonly fromWarehouseId: string | null
  readonly toWarehouseId: string | null
  readonly quantity: Decimal
  readonly value: Decimal
  /** Of this, what corrections say and not the row itself. */
  readonly corrected: Decimal
  /** Place in the valuation history of the pool it left or entered; null when it touches none. */
  readonly fromSeq: number | null
  readonly toSeq: number | null
  readonly date: CalendarDate
  readonly shipmentId: string
  readonly shipmentLineId: string
  /** The move that this one undoes. */
  readonly reversesId: string | null
  /** The delivery move whose goods come back (R9). */
  readonly returnsId: string | null
}

/** A later change of a move's value, on the side of one pool. */
export interface Correction {
  readonly moveId: string
  readonly productId: string
  readonly warehouseId: string
  readonly direction: 'in' | 'out'
  readonly valueChange: Decimal
  readonly cause: 'bill' | 'negative-stock' | 'reversal'
  readonly invoiceLineId: string | null
  /** Of negative stock: the goods that came and covered it. */
  readonly coveredById: string | null
  /** Another day than that of the document it comes with. */
  readonly date?: CalendarDate
}
