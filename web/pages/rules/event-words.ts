import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { type EventKind, eventTypes } from '../../../src/event-types.ts'
import type { AnyKind } from '../../../src/kinds.ts'
import { countWords, kindWords } from '../../ui/kinds.ts'

/** What rules and webhooks can be told of, in words; src/event-types.ts says what there is. */

type Happening = (typeof eventTypes)[EventKind][number]

const happened: Readonly<Record<Happening, MessageDescriptor>> = {
  created: msg`made`,
  changed: msg`changed`,
  deleted: msg`deleted`,
  confirmed: msg`confirmed`,
  amended: msg`amended`,
  cancelled: msg`cancelled`,
  closed: msg`closed`,
  accepted: msg`accepted by the customer`,
  disputed: msg`disputed by the customer`,
  'dispute-resolved': msg`dispute answered`,
  allocated: msg`got its goods`,
  posted: msg`posted`,
  reversed: msg`reversed`,
  reopened: msg`reopened`,
  received: msg`received at its end`,
  applied: msg`applied to documents`,
  released: msg`released`,
  extended: msg`extended`,
  ordered: msg`turned into an order`,
  expired: msg`ended`,
  'differences-accepted': msg`differences accepted`,
  'online-payment-failed': msg`online payment failed`,
  'online-payment-expired': msg`online payment not completed`,
  'online-payment-changed': msg`online payments set up`,
  printed: msg`kept as handed over`,
  repeated: msg`made a schedule`,
  mailed: msg`sent by mail`,
  reminded: msg`reminder sent`,
  'mail-waiting': msg`mail sent again`,
  'mail-sent': msg`mail handed to the mail server`,
  'mail-refused': msg`mail refused for some recipients`,
  'mail-failed': msg`mail could not be sent`,
  'mail-unclear': msg`mail may have arrived`,
  'mail-bounced': msg`mail came back`,
  'mail-cancelled': msg`mail taken back`,
  'link-made': msg`link made for the customer`,
  'link-opened': msg`opened by the customer`,
  'link-downloaded': msg`PDF saved by the customer`,
  'link-revoked': msg`link withdrawn`,
  'file-added': msg`file added`,
  'file-changed': msg`file changed`,
  'file-removed': msg`file removed`,
  archived: msg`archived`,
  merged: msg`merged into another`,
  unarchived: msg`taken out of the archive`,
  added: msg`added`,
  removed: msg`taken away`,
  'password-reset': msg`password reset`,
  counted: msg`counted`,
  finished: msg({ message: 'finished', context: 'stock count' }),
  recounted: msg`counted again`,
  booked: msg`booked`,
  revoked: msg`revoked`,
  paused: msg`paused`,
  resumed: msg`resumed`,
  ended: msg({ message: 'ended', context: 'schedule' }),
  'secret-changed': msg`secret changed`,
  tested: msg`tested`,
  asked: msg`asked for`,
  given: msg`given`,
  refused: msg`refused`,
  started: msg`started`,
  stopped: msg`stopped`,
  done: msg`done`,
  reset: msg`back to the original`,
}

/** What else things happen to, beside documents. */
const otherThings: Readonly<Record<Exclude<EventKind, AnyKind>, MessageDescriptor>> = {
  'stock-count': countWords.one,
  product: msg`Product`,
  party: msg`Customer or vendor`,
  'price-book': msg`Price book`,
  tax: msg`Tax`,
  warehouse: msg`Warehouse`,
  location: msg`Location`,
  lot: msg`Lot`,
  currency: msg`Currency`,
  'exchange-rate': msg`Exchange rate`,
  'reorder-level': msg`Reorder level`,
  'number-series': msg`Number series`,
  company: msg`Company`,
  user: msg`User`,
  'api-key': msg`API key`,
  webhook: msg`Webhook`,
  rule: msg`Rule`,
  'recurring-schedule': msg`Recurring document`,
  approval: msg`Approval`,
  import: msg`Import`,
  'print-batch': msg`Batch of prints`,
  'print-settings': msg`Print settings`,
  template: msg`Template`,
  'mail-settings': msg`Mail settings`,
  'mail-template': msg`Mail template`,
}

export interface EventGroup {
  readonly group: string
  readonly items: readonly { readonly value: string; readonly label: string }[]
}

/** Events in words of the language shown. */
export function useEventWords() {
  const { t, i18n } = useLingui()
  const thing = (kind: string): string => {
    if (kind in kindWords) return i18n._(kindWords[kind as AnyKind].one)
    return kind in otherThings ? i18n._(otherThings[kind as keyof typeof otherThings]) : kind
  }
  const eventWord = (type: string): string => {
    if (type === '*') return t`everything`
    const [kind = '', what = ''] = type.split('.')
    const kindWord = thing(kind)
    if (what === '*') return t`${kindWord}: everything`
    const whatWord = what in happened ? i18n._(happened[what as Happening]) : what
    return t`${kindWord}: ${whatWord}`
  }
  const eventOptions: readonly EventGroup[] = [
    { group: t`All`, items: [{ value: '*', label: eventWord('*') }] },
    ...Object.entries(eventTypes).map(([kind, happenings]) => ({
      group: thing(kind),
      items: ['*', ...happenings].map((what) => ({
        value: `${kind}.${what}`,
        label: eventWord(`${kind}.${what}`),
      })),
    })),
  ]
  return { eventWord, eventOptions }
}

/** Types that are not among the options, kept from an earlier version, stay what they are. */
export function withOthers(groups: readonly EventGroup[], chosen: readonly string[]) {
  const known = new Set(groups.flatMap(({ items }) => items.map(({ value }) => value)))
  const others = chosen.filter((type) => !known.has(type)).map((type) => ({ value: type, label: type }))
  const all = groups.map(({ group, items }) => ({ group, items: [...items] }))
  return others.length === 0 ? all : [...all, { group: '*', items: others }]
}
