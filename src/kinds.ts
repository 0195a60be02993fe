import type { Permission, Verb } from './permissions.ts'

/**
 * THE table: what one kind of document is beside another. Its states and actions, whose it is, what it is made from
 * and what can be made from it, its side of stock and money, its series of numbers. Routes, permissions, allowed
 * actions and pages are made from it, and no code asks 'is this a sales order?' where a field of it can say so. What
 * one kind alone does stands in the file of that step, such as shipments/post-receipt.ts.
 *
 * Three families: orders promise, shipments move goods, invoices move money.
 */

export type OrderKind = 'sales-order' | 'purchase-order'
export type ShipmentKind =
  | 'delivery-note'
  | 'receipt-note'
  | 'sales-return'
  | 'purchase-return'
  | 'stock-adjustment'
  | 'stock-transfer'
export type InvoiceKind = 'invoice' | 'bill' | 'credit-note' | 'vendor-credit'
export type DocumentKind = OrderKind | ShipmentKind | InvoiceKind
/** Kinds that are no trade documents but stand in chains, have numbers and actions like them. */
export type AnyKind = DocumentKind | 'payment' | 'stock-reservation'

export interface Action {
  readonly verb: Verb
  /** States in which it may be taken; the reason for a refusal names the state. */
  readonly from: readonly string[]
  /** The state it leads to; null: the state stays. */
  readonly to: string | null
  readonly summary: string
}

export interface FollowUp {
  /** Last part of the path: POST /sales-orders/{id}/<path>. */
  readonly path: string
  readonly kind: AnyKind
  readonly from: readonly string[]
  readonly summary: string
}

export interface Series {
  readonly usual: string
  readonly PL: string
}

export interface Base {
  readonly path: string
  /** As people say it, in lower case. */
  readonly title: string
  readonly plural: string
  /**
   * What a new company's numbers begin with: SO-2026-0001. In Poland they are the abbreviations of the trade there;
   * where it has two for one series, by direction, the series has both.
   */
  readonly series: Series
  readonly states: readonly string[]
  readonly actions: Readonly<Record<string, Action>>
  readonly followUps: readonly FollowUp[]
  /** Whose document it is: a customer's, a vendor's, nobody's. */
  readonly side: 'customer' | 'vendor' | null
}

export interface OrderDescription extends Base {
  readonly family: 'order'
  readonly side: 'customer' | 'vendor'
  /** What a confirmed line does to the level: sales reserve stock, purchases announce it. */
  readonly promise: 'reserve' | 'announce'
  /** JSON name of what was delivered or received. */
  readonly shippedName: 'delivered' | 'received'
}

export interface ShipmentDescription extends Base {
  readonly family: 'shipment'
  /** What its lines come from, and which counter of the order line they raise. */
  readonly source: { readonly kind: DocumentKind; readonly counter: 'shipped' | 'returned' } | null
}

export interface InvoiceDescription extends Base {
  readonly family: 'invoice'
  readonly side: 'customer' | 'vendor'
  /** A claim is what somebody owes; a credit takes from a claim. */
  readonly role: 'claim' | 'credit'
  /** The claim that a credit corrects. */
  readonly corrects: InvoiceKind | null
  /** Direction of the payment that settles a claim, or refunds a credit. */
  readonly payment: 'in' | 'out'
  /** Every number of the series is used once and none is left out (R15). */
  readonly gapless: boolean
  readonly sources: readonly DocumentKind[]
}

const order = {
  family: 'order',
  states: ['draft', 'confirmed', 'closed', 'cancelled'],
  actions: {
    confirm: {
      verb: 'post',
      from: ['draft'],
      to: 'confirmed',
      summary: 'Confirm: the promise counts from now on',
    },
    cancel: {
      verb: 'cancel',
      from: ['draft', 'confirmed'],
      to: 'cancelled',
      summary: 'Cancel what is not delivered or received yet',
    },
    close: {
      verb: 'cancel',
      from: ['confirmed'],
      to: 'closed',
      summary: 'Close: the rest is not expected any more',
    },
    amend: {
      verb: 'post',
      from: ['confirmed'],
      to: null,
      summary: 'Change quantities, prices and dates of what is still open',
    },
  },
} as const

const shipment = {
  family: 'shipment',
  states: ['draft', 'posted', 'reversed'],
  actions: {
    post: { verb: 'post', from: ['draft'], to: 'posted', summary: 'Post: the goods have moved' },
    reverse: {
      verb: 'cancel',
      from: ['posted'],
      to: 'reversed',
      summary: 'Undo by exactly opposite movements',
    },
    reopen: {
      verb: 'cancel',
      from: ['posted'],
      to: 'draft',
      summary: 'Undo by opposite movements and edit it again under the same number',
    },
  },
} as const

const claimActions = {
  post: { verb: 'post', from: ['draft'], to: 'posted', summary: 'Issue: number it and let it count' },
  cancel: { verb: 'cancel', from: ['draft'], to: 'cancelled', summary: 'Cancel the draft' },
} as const

const apply = {
  verb: 'post',
  from: ['posted'],
  to: null,
  summary: 'Apply what is left of the credit to open documents of the same party',
} as const

export const kinds = {
  'sales-order': {
    ...order,
    path: 'sales-orders',
    title: 'sales order',
    plural: 'sales orders',
    series: { usual: 'SO', PL: 'ZS' },
    side: 'customer',
    promise: 'reserve',
    shippedName: 'delivered',
    followUps: [
      {
        path: 'delivery-notes',
        kind: 'delivery-note',
        from: ['confirmed'],
        summary: 'Deliver what is open, or a part',
      },
      {
        path: 'invoices',
        kind: 'invoice',
        from: ['confirmed', 'closed'],
        summary: 'Invoice what is open, a part, or a down payment',
      },
    ],
  },
  'purchase-order': {
    ...order,
    path: 'purchase-orders',
    title: 'purchase order',
    plural: 'purchase orders',
    series: { usual: 'PO', PL: 'ZZ' },
    side: 'vendor',
    promise: 'announce',
    shippedName: 'received',
    followUps: [
      {
        path: 'receipt-notes',
        kind: 'receipt-note',
        from: ['confirmed'],
        summary: 'Receive what is open, or a part',
      },
      {
        path: 'bills',
        kind: 'bill',
        from: ['confirmed', 'closed'],
        summary: 'Enter the bill for what is open, or a part',
      },
    ],
  },
  'delivery-note': {
    ...shipment,
    path: 'delivery-notes',
    title: 'delivery note',
    plural: 'delivery notes',
    series: { usual: 'DN', PL: 'WZ' },
    side: 'customer',
    source: { kind: 'sales-order', counter: 'shipped' },
    followUps: [
      { path: 'sales-returns', kind: 'sales-return', from: ['posted'], summary: 'Take goods back' },
      { path: 'invoices', kind: 'invoice', from: ['posted'], summary: 'Invoice what was delivered' },
    ],
  },
  'receipt-note': {
    ...shipment,
    path: 'receipt-notes',
    title: 'receipt note',
    plural: 'receipt notes',
    series: { usual: 'RN', PL: 'PZ' },
    side: 'vendor',
    source: { kind: 'purchase-order', counter: 'shipped' },
    followUps: [
      { path: 'purchase-returns', kind: 'purchase-return', from: ['posted'], summary: 'Send goods back' },
      { path: 'bills', kind: 'bill', from: ['posted'], summary: 'Enter the bill for what was received' },
    ],
  },
  'sales-return': {
    ...shipment,
    path: 'sales-returns',
    title: 'sales return',
    plural: 'sales returns',
    series: { usual: 'SR', PL: 'ZWS' },
    side: 'customer',
    source: { kind: 'delivery-note', counter: 'returned' },
    followUps: [
      { path: 'credit-notes', kind: 'credit-note', from: ['posted'], summary: 'Credit what came back' },
    ],
  },
  'purchase-return': {
    ...shipment,
    path: 'purchase-returns',
    title: 'purchase return',
    plural: 'purchase returns',
    series: { usual: 'PR', PL: 'ZWZ' },
    side: 'vendor',
    source: { kind: 'receipt-note', counter: 'returned' },
    followUps: [
      {
        path: 'vendor-credits',
        kind: 'vendor-credit',
        from: ['posted'],
        summary: 'Enter the credit for what went back',
      },
    ],
  },
  'stock-adjustment': {
    ...shipment,
    path: 'stock-adjustments',
    title: 'stock adjustment',
    plural: 'stock adjustments',
    series: { usual: 'ADJ', PL: 'PW-RW' },
    side: null,
    source: null,
    followUps: [],
  },
  'stock-transfer': {
    ...shipment,
    actions: {
      ...shipment.actions,
      receive: { verb: 'post', from: ['posted'], to: null, summary: 'Receive goods that are in transit' },
    },
    path: 'stock-transfers',
    title: 'stock transfer',
    plural: 'stock transfers',
    series: { usual: 'TR', PL: 'MM' },
    side: null,
    source: null,
    followUps: [],
  },
  invoice: {
    family: 'invoice',
    path: 'invoices',
    title: 'invoice',
    plural: 'invoices',
    series: { usual: 'INV', PL: 'FS' },
    side: 'customer',
    role: 'claim',
    corrects: null,
    payment: 'in',
    gapless: true,
    sources: ['sales-order', 'delivery-note'],
    states: ['draft', 'posted', 'cancelled'],
    actions: claimActions,
    followUps: [
      { path: 'payments', kind: 'payment', from: ['posted'], summary: 'Record a payment' },
      {
        path: 'credit-notes',
        kind: 'credit-note',
        from: ['posted'],
        summary: 'Credit it, in full or in part',
      },
    ],
  },
  bill: {
    family: 'invoice',
    path: 'bills',
    title: 'bill',
    plural: 'bills',
    series: { usual: 'BILL', PL: 'FZ' },
    side: 'vendor',
    role: 'claim',
    corrects: null,
    payment: 'out',
    gapless: false,
    sources: ['purchase-order', 'receipt-note'],
    states: ['draft', 'posted', 'cancelled'],
    actions: {
      ...claimActions,
      'accept-differences': {
        verb: 'post',
        from: ['draft'],
        to: null,
        summary: 'Accept what differs from order and receipt, with a reason',
      },
    },
    followUps: [
      { path: 'payments', kind: 'payment', from: ['posted'], summary: 'Pay it' },
      {
        path: 'vendor-credits',
        kind: 'vendor-credit',
        from: ['posted'],
        summary: 'Enter a credit of the vendor',
      },
    ],
  },
  'credit-note': {
    family: 'invoice',
    path: 'credit-notes',
    title: 'credit note',
    plural: 'credit notes',
    series: { usual: 'CN', PL: 'KFS' },
    side: 'customer',
    role: 'credit',
    corrects: 'invoice',
    payment: 'out',
    gapless: true,
    sources: ['invoice', 'sales-return'],
    states: ['draft', 'posted', 'cancelled'],
    actions: { ...claimActions, apply },
    followUps: [{ path: 'payments', kind: 'payment', from: ['posted'], summary: 'Refund what is left' }],
  },
  'vendor-credit': {
    family: 'invoice',
    path: 'vendor-credits',
    title: 'vendor credit',
    plural: 'vendor credits',
    series: { usual: 'VC', PL: 'KFZ' },
    side: 'vendor',
    role: 'credit',
    corrects: 'bill',
    payment: 'in',
    gapless: true,
    sources: ['bill', 'purchase-return'],
    states: ['draft', 'posted', 'cancelled'],
    actions: { ...claimActions, apply },
    followUps: [{ path: 'payments', kind: 'payment', from: ['posted'], summary: 'Record the refund' }],
  },
} as const satisfies Record<DocumentKind, OrderDescription | ShipmentDescription | InvoiceDescription>

export const orderKinds = ['sales-order', 'purchase-order'] as const satisfies readonly OrderKind[]
export const shipmentKinds = [
  'delivery-note',
  'receipt-note',
  'sales-return',
  'purchase-return',
  'stock-adjustment',
  'stock-transfer',
] as const satisfies readonly ShipmentKind[]
export const invoiceKinds = [
  'invoice',
  'bill',
  'credit-note',
  'vendor-credit',
] as const satisfies readonly InvoiceKind[]

export function describeOrder(kind: OrderKind): OrderDescription {
  return kinds[kind]
}
export function describeShipment(kind: ShipmentKind): ShipmentDescription {
  return kinds[kind]
}
export function describeInvoice(kind: InvoiceKind): InvoiceDescription {
  return kinds[kind]
}

/**
 * Why goods of a receipt are refused, as codes that the web app, the warehouse and printed documents have words for; any
 * other reason is told in somebody's own words.
 */
export const rejectionReasons = ['damaged', 'wrong-item', 'short-dated', 'excess'] as const
export type RejectionReason = (typeof rejectionReasons)[number]

export function isRejectionReason(reason: string): reason is RejectionReason {
  return (rejectionReasons as readonly string[]).includes(reason)
}

/** Title, path and series of everything that has a number. */
export const titles: Readonly<Record<AnyKind, { title: string; path: string; series: Series }>> = {
  ...kinds,
  payment: { title: 'payment', path: 'payments', series: { usual: 'PAY', PL: 'WP-WY' } },
  'stock-reservation': {
    title: 'stock reservation',
    path: 'stock-reservations',
    series: { usual: 'RES', PL: 'REZ' },
  },
}

/**
 * What is counted stands on a sheet of its own until it becomes a stock adjustment: no document of stock or money, but
 * numbered as they are.
 */
export const stockCount = {
  title: 'stock count',
  path: 'stock-counts',
  series: { usual: 'CNT', PL: 'INW' },
} as const

export function permissionFor(kind: AnyKind, verb: Verb): Permission {
  return `${kind}:${verb}`
}

/** What a shipment of this kind raises on the lines of its order; null where it is none's. */
export function countedAs(kind: ShipmentKind): 'shipped' | 'returned' | null {
  return kinds[kind].source?.counter ?? null
}

/** 'From draft to confirmed.': when an action may be taken and what becomes of the document, for who reads the API. */
export function transition({ from, to }: Action): string {
  return to === null ? `While ${from.join(' or ')}.` : `From ${from.join(' or ')} to ${to}.`
}
