import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { type AnyKind, kinds } from '../../../../src/kinds.ts'

/** What people read on the button of an action or follow-up; never 'post'. */
interface ActionWord {
  readonly name: string
  readonly label: MessageDescriptor
  /** A step of the way: may stand as a button, in this order. */
  readonly main?: boolean
  /** A short way of this action of the API; offered where that one is allowed, for that one says why it is not. */
  readonly of?: string
  readonly danger?: boolean
}

const edit: ActionWord = { name: 'edit', label: msg`Edit`, main: true }
/** Offered by the API only where a rule wants an approval. */
const ask: ActionWord = { name: 'ask-for-approval', label: msg`Ask for approval`, main: true }
const remove: ActionWord = { name: 'delete', label: msg`Delete draft`, danger: true }
const cancelDraft: ActionWord = { name: 'cancel', label: msg`Cancel draft`, danger: true }
const undo: readonly ActionWord[] = [
  { name: 'reopen', label: msg`Reopen to edit` },
  { name: 'reverse', label: msg`Reverse`, danger: true },
]
const post = (label: MessageDescriptor): ActionWord => ({ name: 'post', label, main: true })

const order = (ship: readonly ActionWord[], invoice: ActionWord): readonly ActionWord[] => [
  { name: 'confirm', label: msg`Confirm`, main: true },
  edit,
  ...ship,
  invoice,
  { name: 'amend', label: msg`Amend` },
  { name: 'close', label: msg`Close the rest`, danger: true },
  { name: 'cancel', label: msg`Cancel order`, danger: true },
  remove,
]
const pay = (label: MessageDescriptor): ActionWord => ({ name: 'payments', label, main: true })
const apply: ActionWord = { name: 'apply', label: msg`Apply to invoices`, main: true }
const applyToBills: ActionWord = { name: 'apply', label: msg`Apply to bills`, main: true }

const words: Readonly<Record<AnyKind, readonly ActionWord[]>> = {
  'sales-order': order([{ name: 'delivery-notes', label: msg`Deliver`, main: true }], {
    name: 'invoices',
    label: msg({ message: 'Invoice', context: 'verb' }),
    main: true,
  }),
  'purchase-order': order(
    [
      { name: 'receipt-notes', label: msg`Receive`, main: true },
      { name: 'receive-all', of: 'receipt-notes', label: msg`Receive all as expected`, main: true },
    ],
    { name: 'bills', label: msg`Enter bill`, main: true },
  ),
  'delivery-note': [
    post(msg`Deliver`),
    edit,
    { name: 'invoices', label: msg({ message: 'Invoice', context: 'verb' }), main: true },
    { name: 'sales-returns', label: msg`Take back`, main: true },
    ...undo,
    remove,
  ],
  'receipt-note': [
    post(msg`Receive`),
    edit,
    { name: 'bills', label: msg`Enter bill`, main: true },
    { name: 'purchase-returns', label: msg`Send back`, main: true },
    ...undo,
    remove,
  ],
  'sales-return': [
    post(msg`Take back`),
    edit,
    { name: 'credit-notes', label: msg({ message: 'Credit', context: 'verb' }), main: true },
    ...undo,
    remove,
  ],
  'purchase-return': [
    post(msg`Send back`),
    edit,
    { name: 'vendor-credits', label: msg`Enter credit`, main: true },
    ...undo,
    remove,
  ],
  'stock-adjustment': [post(msg`Book`), edit, ...undo, remove],
  'stock-transfer': [
    post(msg`Transfer`),
    edit,
    { name: 'receive', label: msg`Receive`, main: true },
    ...undo,
    remove,
  ],
  invoice: [
    post(msg`Issue invoice`),
    edit,
    pay(msg`Record payment`),
    { name: 'credit-notes', label: msg({ message: 'Credit', context: 'verb' }), main: true },
    cancelDraft,
    remove,
  ],
  bill: [
    { name: 'accept-differences', label: msg`Accept differences`, main: true },
    post(msg`Book bill`),
    edit,
    pay(msg`Pay`),
    { name: 'vendor-credits', label: msg`Enter credit`, main: true },
    cancelDraft,
    remove,
  ],
  'credit-note': [post(msg`Issue credit note`), edit, apply, pay(msg`Refund`), cancelDraft, remove],
  'vendor-credit': [post(msg`Book credit`), edit, applyToBills, pay(msg`Record refund`), cancelDraft, remove],
  payment: [
    post(msg`Book`),
    edit,
    { name: 'allocate', label: msg`Allocate`, main: true },
    { name: 'refund', label: msg`Pay back`, main: true },
    { name: 'cancel', label: msg`Cancel payment`, danger: true },
    remove,
  ],
  'stock-reservation': [
    { name: 'sales-orders', label: msg`Order`, main: true },
    { name: 'extend', label: msg`Extend`, main: true },
    { name: 'release', label: msg`Release`, main: true },
  ],
}

/** The actions of a kind, in the order in which they are sensible. */
export function actionsOf(kind: AnyKind): readonly ActionWord[] {
  return [ask, ...words[kind]]
}

export function actionWords(kind: AnyKind, name: string): MessageDescriptor {
  const found = words[kind].find((action) => action.name === name)
  if (found === undefined) throw new Error(`no words for ${name} of ${kind}`)
  return found.label
}

/** What a follow-up makes; null for an action. */
export function madeBy(kind: AnyKind, name: string): AnyKind | null {
  if (kind === 'stock-reservation') return name === 'sales-orders' ? 'sales-order' : null
  if (kind === 'payment') return name === 'refund' ? 'payment' : null
  return kinds[kind].followUps.find((followUp) => followUp.path === name)?.kind ?? null
}

export const methodWords: Readonly<Record<string, MessageDescriptor>> = {
  bank: msg`Bank transfer`,
  card: msg`Card`,
  cash: msg`Cash`,
}
