import { type AnyKind, kinds, permissionFor } from '../../../../src/kinds.ts'
import type { Permission, Verb } from '../../../../src/permissions.ts'
import { madeBy } from './words.ts'

/** What a role needs for an action; whether it can be done now, the document's `actions` say. */
export function permissionOf(kind: AnyKind, name: string): Permission {
  if (['edit', 'delete', 'ask-for-approval'].includes(name)) return permissionFor(kind, 'write')
  if (name === 'receive-all') return permissionFor('receipt-note', 'post')
  const made = madeBy(kind, name)
  // A payment is booked at once; other follow-ups begin as drafts.
  if (made !== null) return permissionFor(made, made === 'payment' ? 'post' : 'write')
  return permissionFor(kind, verbOf(kind, name))
}

function verbOf(kind: AnyKind, name: string): Verb {
  if (kind === 'stock-reservation') return 'post'
  if (kind === 'payment') return name === 'cancel' ? 'cancel' : 'post'
  const actions: Readonly<Record<string, { readonly verb: Verb }>> = kinds[kind].actions
  return actions[name]?.verb ?? 'post'
}
