import { type AnyKind, kinds } from '../../../src/kinds.ts'
import type { GridKind } from '../../grid/index.ts'

/** Fields of the head, in the order they are shown. */
export type HeadField =
  | 'partyId'
  | 'warehouseId'
  | 'toWarehouseId'
  | 'date'
  | 'saleDate'
  | 'dueDate'
  | 'expectedDate'
  | 'reserveUntil'
  | 'paymentTermDays'
  | 'currency'
  | 'deliveryAddress'
  | 'reference'
  | 'carrier'
  | 'tracking'
  | 'reason'
  | 'viaTransit'
  | 'takeReservations'
  | 'pricesIncludeTax'
  | 'discountPercent'
  | 'discountAmount'
  | 'notes'

/** How a kind is entered by hand; what it then does is told by src/kinds.ts. */
export interface EditorKind {
  readonly kind: AnyKind
  readonly party: 'customer' | 'vendor' | null
  readonly fields: readonly HeadField[]
  /** Stand as they are once the draft is made. */
  readonly fixedInDraft: readonly HeadField[]
  /** Has prices, taxes and totals. */
  readonly money: boolean
  /** Its date in the API. */
  readonly dateName: 'orderDate' | 'date' | null
  readonly grid: GridKind
  /** False: lines cannot be changed after they were made. */
  readonly linesInDraft: boolean
  /** What can be done right after saving. */
  readonly followedBy: 'confirm' | 'post' | null
}

const goods = ['product', 'description', 'quantity', 'unit', 'price', 'discount', 'taxes', 'net'] as const
const amounts = ['discountPercent', 'discountAmount', 'notes'] as const
const selling: GridKind = { columns: goods, prices: 'sales', availability: true, needed: ['quantity'] }
const buying: GridKind = { columns: goods, prices: 'purchase', availability: false, needed: ['quantity'] }
const reserving: GridKind = {
  columns: ['product', 'quantity', 'unit', 'available'],
  prices: null,
  availability: true,
  needed: ['quantity'],
}
const moving: GridKind = { ...reserving, lots: { way: 'out' } }
const receiving: GridKind = {
  lots: { way: 'in' },
  columns: ['product', 'quantity', 'unit', 'unitCost', 'reason'],
  prices: null,
  availability: false,
  needed: ['quantity'],
}
const order = (kind: 'sales-order' | 'purchase-order', grid: GridKind): EditorKind => ({
  kind,
  party: kinds[kind].side,
  fields: [
    'partyId',
    'date',
    'expectedDate',
    'warehouseId',
    'currency',
    'paymentTermDays',
    ...(kind === 'sales-order' ? (['deliveryAddress'] as const) : []),
    'reference',
    'pricesIncludeTax',
    ...amounts,
  ],
  fixedInDraft: [],
  money: true,
  dateName: 'orderDate',
  grid,
  linesInDraft: true,
  followedBy: 'confirm',
})
const invoice = (kind: 'invoice' | 'bill' | 'credit-note' | 'vendor-credit', grid: GridKind): EditorKind => ({
  kind,
  party: kinds[kind].side,
  fields: [
    'partyId',
    'date',
    'saleDate',
    'paymentTermDays',
    'dueDate',
    'currency',
    'reference',
    ...(kinds[kind].role === 'credit' ? (['reason'] as const) : []),
    'pricesIncludeTax',
    ...amounts,
  ],
  fixedInDraft: ['partyId', 'currency', 'pricesIncludeTax'],
  money: true,
  dateName: 'date',
  grid,
  linesInDraft: true,
  followedBy: 'post',
})
const shipment = (
  kind: 'delivery-note' | 'receipt-note' | 'sales-return' | 'purchase-return',
  grid: GridKind,
): EditorKind => ({
  kind,
  party: kinds[kind].side,
  fields: [
    'partyId',
    'date',
    'warehouseId',
    'reference',
    ...(kind === 'delivery-note' || kind === 'purchase-return' ? (['carrier', 'tracking'] as const) : []),
    ...(kind === 'sales-return' || kind === 'purchase-return' ? (['reason'] as const) : []),
    'notes',
  ],
  fixedInDraft: ['partyId', 'warehouseId'],
  money: false,
  dateName: 'date',
  grid,
  linesInDraft: true,
  followedBy: 'post',
})

const editorKinds: Readonly<Partial<Record<AnyKind, EditorKind>>> = {
  'sales-order': order('sales-order', selling),
  'purchase-order': order('purchase-order', buying),
  invoice: invoice('invoice', selling),
  bill: invoice('bill', buying),
  'credit-note': invoice('credit-note', { ...selling, availability: false }),
  'vendor-credit': invoice('vendor-credit', buying),
  'delivery-note': shipment('delivery-note', { ...moving, lots: { way: 'out', chosenForYou: true } }),
  'receipt-note': shipment('receipt-note', receiving),
  'sales-return': shipment('sales-return', {
    ...receiving,
    columns: ['product', 'quantity', 'unit', 'disposition', 'replace', 'reason'],
  }),
  'purchase-return': shipment('purchase-return', {
    ...moving,
    columns: [...moving.columns, 'replace'],
    lots: { way: 'out', quarantine: true },
  }),
  'stock-adjustment': {
    kind: 'stock-adjustment',
    party: null,
    fields: ['warehouseId', 'date', 'reason', 'reference', 'notes'],
    fixedInDraft: ['warehouseId'],
    money: false,
    dateName: 'date',
    grid: {
      columns: ['product', 'now', 'counted', 'change', 'after', 'unitCost', 'reason'],
      prices: null,
      availability: true,
      needed: ['counted'],
      lots: { way: 'by-change' },
    },
    linesInDraft: true,
    followedBy: 'post',
  },
  'stock-transfer': {
    kind: 'stock-transfer',
    party: null,
    fields: [
      'warehouseId',
      'toWarehouseId',
      'date',
      'reference',
      'carrier',
      'tracking',
      'viaTransit',
      'takeReservations',
      'notes',
    ],
    fixedInDraft: ['warehouseId', 'toWarehouseId', 'viaTransit'],
    money: false,
    dateName: 'date',
    grid: moving,
    linesInDraft: true,
    followedBy: 'post',
  },
  'stock-reservation': {
    kind: 'stock-reservation',
    party: 'customer',
    fields: ['partyId', 'warehouseId', 'reserveUntil', 'reference', 'notes'],
    fixedInDraft: ['partyId', 'warehouseId', 'reserveUntil'],
    money: false,
    dateName: null,
    // Which lots they will be is decided when they leave.
    grid: reserving,
    linesInDraft: false,
    followedBy: null,
  },
}

/** Null: the kind is never entered by hand. */
export function editorKind(kind: AnyKind | null): EditorKind | null {
  return kind === null ? null : (editorKinds[kind] ?? null)
}

/** With a column for lots and serial numbers, behind what they are of. */
export function withLotsColumn(editor: EditorKind): EditorKind {
  const { columns } = editor.grid
  const at = Math.max(columns.indexOf('unit'), columns.indexOf('change')) + 1
  return {
    ...editor,
    grid: { ...editor.grid, columns: [...columns.slice(0, at), 'lots', ...columns.slice(at)] },
  }
}
