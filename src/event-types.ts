/**
 * Everything that the audit trail, rules and webhooks can tell of: what happens to which kind of thing.
 * The compiler holds what is recorded against this table, and what somebody asks to be told of is checked
 * against it, so that a misspelt type is refused instead of never coming.
 */

const mailed = [
  'mailed',
  'reminded',
  'mail-waiting',
  'mail-sent',
  'mail-refused',
  'mail-failed',
  'mail-unclear',
  'mail-bounced',
  'mail-cancelled',
] as const
const links = ['link-made', 'link-opened', 'link-downloaded', 'link-revoked'] as const
const files = ['file-added', 'file-changed', 'file-removed'] as const
const draft = ['created', 'changed', 'deleted'] as const
/** What was sent, handed over or looked at by a customer, beside what was changed. */
export const messages: readonly string[] = ['printed', ...mailed, ...links]
/** What can happen to documents of every family. */
const document = [
  'printed',
  'disputed',
  'dispute-resolved',
  'repeated',
  ...mailed,
  ...links,
  ...files,
] as const
const order = [...draft, 'confirmed', 'amended', 'cancelled', 'closed', ...document] as const
const shipment = [...draft, 'posted', 'reversed', 'reopened', ...document] as const
const claim = [...draft, 'posted', 'cancelled', ...document] as const
const credit = [...claim, 'applied'] as const
const archived = ['archived', 'unarchived'] as const

export const eventTypes = {
  'sales-order': [...order, 'accepted', 'allocated'],
  'purchase-order': order,
  'delivery-note': shipment,
  'receipt-note': shipment,
  'sales-return': shipment,
  'purchase-return': shipment,
  'stock-adjustment': shipment,
  'stock-transfer': [...shipment, 'received'],
  invoice: [...claim, 'online-payment-failed', 'online-payment-expired'],
  bill: [...claim, 'differences-accepted'],
  'credit-note': credit,
  'vendor-credit': credit,
  payment: [...draft, 'posted', 'cancelled', 'allocated', 'released', ...document],
  'stock-reservation': ['created', 'changed', 'extended', 'ordered', 'released', 'expired', ...document],
  'stock-count': ['created', 'changed', 'counted', 'finished', 'recounted', 'booked', 'cancelled'],
  product: [...draft, ...archived, ...files],
  party: [...draft, ...archived, 'merged', ...links, ...files],
  'price-book': [...draft, ...archived],
  tax: [...draft, ...archived],
  warehouse: [...draft, ...archived],
  location: [...draft, ...archived],
  lot: ['changed'],
  currency: draft,
  'exchange-rate': draft,
  'reorder-level': draft,
  'number-series': ['changed'],
  company: [...draft, 'online-payment-changed'],
  user: ['added', 'changed', 'removed', 'password-reset'],
  'api-key': ['created', 'revoked'],
  webhook: [...draft, 'paused', 'secret-changed', 'tested'],
  rule: draft,
  'recurring-schedule': ['created', 'changed', 'paused', 'resumed', 'ended'],
  approval: ['asked', 'given', 'refused'],
  import: ['added', 'started', 'stopped', 'done', 'deleted'],
  'print-batch': ['started'],
  'print-settings': ['changed'],
  template: ['changed', 'reset'],
  'mail-settings': ['changed'],
  'mail-template': ['changed', 'reset'],
} as const

export type EventKind = keyof typeof eventTypes
export type EventTypeOf<K extends EventKind> = K extends EventKind
  ? `${K}.${(typeof eventTypes)[K][number]}`
  : never
/** `<kind>.<what happened>`, such as 'sales-order.confirmed'. */
export type EventType = EventTypeOf<EventKind>

const known: ReadonlyMap<string, readonly string[]> = new Map(Object.entries(eventTypes))

/** Whether it names events that there are: 'invoice.posted', 'invoice.*' for all of a kind, '*' for all. */
export function isEventPattern(pattern: string): boolean {
  if (pattern === '*') return true
  const [kind = '', what = ''] = pattern.split('.')
  const happenings = known.get(kind)
  return happenings !== undefined && (what === '*' || happenings.includes(what))
}

/** What can happen to a kind of thing; null for what there is not. */
export function happeningsOf(kind: string): readonly string[] | null {
  return known.get(kind) ?? null
}
