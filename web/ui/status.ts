import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import {
  IconAlertTriangle,
  IconArrowBackUp,
  IconBan,
  IconCheck,
  IconCircle,
  IconCircleCheck,
  IconCircleHalf2,
  IconClock,
  IconCornerUpLeft,
  IconFileCheck,
  IconHourglass,
  IconInbox,
  IconLock,
  IconLockOpen,
  IconPencil,
  IconTruck,
} from '@tabler/icons-react'
import type { AnyKind } from '../../src/kinds.ts'

export type Tone = 'neutral' | 'info' | 'warn' | 'done' | 'danger' | 'muted'
type Icon = typeof IconCheck

export interface Status {
  readonly label: MessageDescriptor
  readonly tone: Tone
  readonly icon: Icon
}

const status = (label: MessageDescriptor, tone: Tone, icon: Icon): Status => ({ label, tone, icon })

const draft = status(msg`Draft`, 'neutral', IconPencil)
const cancelled = status(msg`Cancelled`, 'muted', IconBan)
const reversed = status(msg`Reversed`, 'muted', IconArrowBackUp)

const ofOrder = {
  draft,
  confirmed: status(msg`Confirmed`, 'info', IconCheck),
  closed: status(msg`Closed`, 'muted', IconLock),
  cancelled,
}
const ofShipment = (posted: Status) => ({ draft, posted, reversed })
const ofInvoice = (posted: Status) => ({ draft, posted, cancelled })
const issued = status(msg`Issued`, 'info', IconFileCheck)
const booked = status(msg`Booked`, 'info', IconFileCheck)
const returned = (label: MessageDescriptor) => status(label, 'done', IconCornerUpLeft)

/** What a person decided about a document (`state`), by kind. */
const lifecycle: Readonly<Record<AnyKind, Readonly<Record<string, Status>>>> = {
  'sales-order': ofOrder,
  'purchase-order': ofOrder,
  'delivery-note': ofShipment(status(msg`Delivered`, 'done', IconTruck)),
  'receipt-note': ofShipment(status(msg`Received`, 'done', IconInbox)),
  'sales-return': ofShipment(returned(msg`Goods back`)),
  'purchase-return': ofShipment(returned(msg`Sent back`)),
  'stock-adjustment': ofShipment(status(msg`Booked`, 'done', IconCheck)),
  'stock-transfer': {
    ...ofShipment(status(msg`Received`, 'done', IconInbox)),
    transit: status(msg`In transit`, 'info', IconTruck),
  },
  invoice: ofInvoice(issued),
  'credit-note': ofInvoice(issued),
  bill: ofInvoice(booked),
  'vendor-credit': ofInvoice(booked),
  payment: ofInvoice(status(msg`Booked`, 'done', IconCheck)),
  'stock-reservation': {
    draft,
    active: status(msg`Active`, 'info', IconLock),
    partial: status(msg`Partly used`, 'warn', IconCircleHalf2),
    ordered: status(msg`Ordered`, 'done', IconCheck),
    released: status(msg`Released`, 'muted', IconLockOpen),
    expired: status(msg`Expired`, 'muted', IconClock),
  },
}

/** What follows from lines and amounts, by dimension. The names are those of the API's fields where it has one. */
export const derived = {
  delivery: {
    none: status(msg`To deliver`, 'info', IconCircle),
    partial: status(msg({ message: 'Partly delivered', context: 'delivery' }), 'warn', IconCircleHalf2),
    full: status(msg`Delivered`, 'done', IconTruck),
    waiting: status(msg`Waiting for stock`, 'warn', IconHourglass),
    late: status(msg`Late`, 'danger', IconClock),
  },
  receipt: {
    none: status(msg`To receive`, 'info', IconCircle),
    partial: status(msg`Partly received`, 'warn', IconCircleHalf2),
    full: status(msg`Received`, 'done', IconInbox),
    late: status(msg`Late`, 'danger', IconClock),
  },
  invoicing: {
    none: status(msg`To invoice`, 'info', IconCircle),
    partial: status(msg`Partly invoiced`, 'warn', IconCircleHalf2),
    full: status(msg`Invoiced`, 'done', IconFileCheck),
  },
  billing: {
    none: status(msg`To bill`, 'info', IconCircle),
    partial: status(msg`Partly billed`, 'warn', IconCircleHalf2),
    full: status(msg`Billed`, 'done', IconFileCheck),
  },
  crediting: {
    none: status(msg`To credit`, 'info', IconCircle),
    partial: status(msg`Partly credited`, 'warn', IconCircleHalf2),
    full: status(msg`Credited`, 'done', IconFileCheck),
  },
  returned: {
    partial: status(msg`Partly returned`, 'warn', IconCircleHalf2),
    full: status(msg`Fully returned`, 'muted', IconCornerUpLeft),
  },
  payment: {
    open: status(msg({ message: 'Open', context: 'payment' }), 'info', IconCircle),
    partial: status(msg`Partly paid`, 'warn', IconCircleHalf2),
    paid: status(msg`Paid`, 'done', IconCircleCheck),
    overdue: status(msg`Overdue`, 'danger', IconClock),
  },
  credit: {
    open: status(msg({ message: 'Open', context: 'credit' }), 'info', IconCircle),
    partial: status(msg`Partly redeemed`, 'warn', IconCircleHalf2),
    redeemed: status(msg`Redeemed`, 'done', IconCircleCheck),
  },
  match: {
    matches: status(msg`Matches`, 'done', IconCheck),
    differs: status(msg`Differs`, 'danger', IconAlertTriangle),
    accepted: status(msg`Difference accepted`, 'warn', IconCheck),
  },
  count: {
    counting: status(msg`Counting`, 'info', IconPencil),
    toApprove: status(msg`To approve`, 'warn', IconHourglass),
    booked: status(msg`Booked`, 'done', IconCheck),
  },
  eInvoice: {
    none: status(msg`Not sent`, 'neutral', IconCircle),
    waiting: status(msg({ message: 'Waiting', context: 'e-invoice' }), 'info', IconHourglass),
    accepted: status(msg`Accepted by KSeF`, 'done', IconCheck),
    rejected: status(msg`Rejected`, 'danger', IconAlertTriangle),
  },
} as const satisfies Record<string, Readonly<Record<string, Status>>>

export type Dimension = keyof typeof derived

/** The badge for a document's `state`; null for a word that is not in the table. */
export function lifecycleStatus(kind: AnyKind, state: string): Status | null {
  return lifecycle[kind][state] ?? null
}

/** The words for the states of a kind, by state. */
export function stateWords(kind: AnyKind): Readonly<Record<string, MessageDescriptor>> {
  return labelsOf(lifecycle[kind])
}

/** The words of a dimension, by value. */
export function dimensionWords(dimension: Dimension): Readonly<Record<string, MessageDescriptor>> {
  return labelsOf(derived[dimension])
}

const partly: Status = status(msg`Partly`, 'warn', IconCircleHalf2)
const accepted: Status = status(msg({ message: 'Accepted', context: 'difference' }), 'warn', IconCheck)

/** The badge for a derived status in a column whose head says of what: there fewer words are enough. */
export function columnStatus(dimension: Dimension, value: string): Status | null {
  if (value === 'partial') return partly
  return dimension === 'match' && value === 'accepted' ? accepted : derivedStatus(dimension, value)
}

/** The words that a column of a dimension shows, by value: none that only an order in view is told by. */
export function columnWords(dimension: Dimension): Readonly<Record<string, MessageDescriptor>> {
  const { waiting: _waiting, late: _late, ...words } = dimensionWords(dimension)
  return Object.fromEntries(Object.keys(words).map((value) => [value, columnStatus(dimension, value)!.label]))
}

/** The words of statuses, by value. */
export function labelsOf(
  statuses: Readonly<Record<string, Pick<Status, 'label'>>>,
): Readonly<Record<string, MessageDescriptor>> {
  return Object.fromEntries(Object.entries(statuses).map(([value, { label }]) => [value, label]))
}

/** The badge for a derived status, such as ('payment', 'overdue'); null where there is none to show. */
export function derivedStatus(dimension: Dimension, value: string): Status | null {
  return (derived[dimension] as Readonly<Record<string, Status>>)[value] ?? null
}
