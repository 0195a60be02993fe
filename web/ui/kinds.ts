import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { type AnyKind, kinds, titles } from '../../src/kinds.ts'
import type { Resource } from '../api/index.ts'

/** The words for a kind of document; everything else about it stands in src/kinds.ts. */
export interface KindWords {
  /** 'Sales order'. */
  readonly one: MessageDescriptor
  /** 'Sales orders'. */
  readonly many: MessageDescriptor
  /** 'New sales order'. */
  readonly create: MessageDescriptor
  /** In the navigation, where the group says whose it is: 'Orders'. */
  readonly short: MessageDescriptor
}

export const kindWords: Readonly<Record<AnyKind, KindWords>> = {
  'sales-order': {
    one: msg`Sales order`,
    many: msg`Sales orders`,
    create: msg`New sales order`,
    short: msg`Orders`,
  },
  'delivery-note': {
    one: msg`Delivery note`,
    many: msg`Delivery notes`,
    create: msg`New delivery note`,
    short: msg`Delivery notes`,
  },
  'sales-return': {
    one: msg`Sales return`,
    many: msg`Sales returns`,
    create: msg`New sales return`,
    short: msg({ message: 'Returns', context: 'from customers' }),
  },
  invoice: { one: msg`Invoice`, many: msg`Invoices`, create: msg`New invoice`, short: msg`Invoices` },
  'credit-note': {
    one: msg`Credit note`,
    many: msg`Credit notes`,
    create: msg`New credit note`,
    short: msg`Credit notes`,
  },
  'stock-reservation': {
    one: msg`Reservation`,
    many: msg`Reservations`,
    create: msg`New reservation`,
    short: msg`Reservations`,
  },
  'purchase-order': {
    one: msg`Purchase order`,
    many: msg`Purchase orders`,
    create: msg`New purchase order`,
    short: msg`Orders`,
  },
  'receipt-note': {
    one: msg`Receipt note`,
    many: msg`Receipt notes`,
    create: msg`New receipt note`,
    short: msg`Receipt notes`,
  },
  'purchase-return': {
    one: msg`Purchase return`,
    many: msg`Purchase returns`,
    create: msg`New purchase return`,
    short: msg({ message: 'Returns', context: 'to vendors' }),
  },
  bill: { one: msg`Bill`, many: msg`Bills`, create: msg`New bill`, short: msg`Bills` },
  'vendor-credit': {
    one: msg`Vendor credit`,
    many: msg`Vendor credits`,
    create: msg`New vendor credit`,
    short: msg`Vendor credits`,
  },
  'stock-adjustment': {
    one: msg`Stock adjustment`,
    many: msg`Stock adjustments`,
    create: msg`New stock adjustment`,
    short: msg`Adjustments`,
  },
  'stock-transfer': {
    one: msg`Stock transfer`,
    many: msg`Stock transfers`,
    create: msg`New stock transfer`,
    short: msg`Transfers`,
  },
  payment: { one: msg`Payment`, many: msg`Payments`, create: msg`New payment`, short: msg`Payments` },
}

/** Stock counts, which are numbered as documents are and are none. */
export const countWords = { one: msg`Stock count`, many: msg`Stock counts` }

const byPath = new Map(Object.entries(titles).map(([kind, { path }]) => [path, kind as AnyKind]))

export const allKinds: readonly AnyKind[] = Object.keys(kindWords) as AnyKind[]

/** The kind whose list has this path (`sales-orders`); null when none has. */
export function kindOfPath(path: string): AnyKind | null {
  return byPath.get(path) ?? null
}

/** 'Sales order', by kind. */
export const kindNames: Readonly<Record<string, MessageDescriptor>> = Object.fromEntries(
  Object.entries(kindWords).map(([kind, { one }]) => [kind, one]),
)

/** The path of a kind's list, which is also its resource in the API. */
export function pathOfKind(kind: AnyKind): Resource {
  return titles[kind].path as Resource
}

/** Kinds that somebody can make without a source; the others are made from one. */
export function madeByHand(kind: AnyKind): boolean {
  if (kind === 'payment' || kind === 'stock-reservation') return true
  const description = kinds[kind]
  return description.family !== 'shipment' || description.source === null
}
