import { useLingui } from '@lingui/react/macro'
import { type AnyKind, kinds, permissionFor, titles } from '../../../../src/kinds.ts'
import type { OfferedAction } from '../../../../src/offered-actions.ts'
import { type DocumentAction, useReason } from '../../../patterns/index.ts'
import { usePermissions, useToday } from '../../../session/index.ts'
import { lifecycleStatus } from '../../../ui/status.ts'
import { isRepeated } from '../schedules.tsx'
import type { AnyDocument } from './dialog.tsx'
import { permissionOf } from './permissions.ts'
import { actionsOf } from './words.ts'

/** A document with the actions that it offers. */
export type OfferingDocument = AnyDocument & { readonly actions: readonly OfferedAction[] }

/** What the API offers, in the order and words of the kind; what the role may never do is left out. */
export function useActions(kind: AnyKind, document: OfferingDocument | null): readonly DocumentAction[] {
  const { i18n, t } = useLingui()
  const { may } = usePermissions()
  const reason = useReason()
  const today = useToday()
  if (document === null) return []
  const offered = actionsOf(kind).flatMap((action): DocumentAction[] => {
    const found = document.actions.find((each) => each.name === (action.of ?? action.name))
    if (found === undefined || !may(permissionOf(kind, action.name))) return []
    if (action.of !== undefined && !found.allowed) return []
    // What was asked for, or given, the page says above.
    if (action.name === 'ask-for-approval' && !found.allowed) return []
    const status = lifecycleStatus(kind, document.state)
    const state = status === null ? document.state : i18n._(status.label)
    const later = found.reason?.code === 'wrong-state'
    return [
      {
        name: action.name,
        label: i18n._(action.label),
        allowed: found.allowed,
        reason:
          found.reason === null
            ? null
            : later
              ? t`Not possible while it is in the state: ${state}`
              : reason(found.reason.message),
        ...(found.reason !== null && { links: found.reason.links }),
        later,
        main: action.main ?? false,
        danger: action.danger ?? false,
        ...(action.name === 'edit' && {
          href: `/${titles[kind].path}/${document.id}/edit`,
          shortcut: 'edit',
        }),
      },
    ]
  })
  // Reservations are held, not handed over.
  if (kind === 'stock-reservation') return offered
  const print = { allowed: true, reason: null, later: false, main: false, danger: false }
  return [
    ...offered,
    { ...print, name: 'print', label: t`Print` },
    ...(kind === 'receipt-note' && document.state !== 'reversed' && may('products:read')
      ? [{ ...print, name: 'labels', label: t`Print labels` }]
      : []),
    ...(mayBeSent(kind, document.state) && may(permissionFor(kind, 'write'))
      ? [{ ...print, name: 'send', label: t`Send by mail` }]
      : []),
    ...(isRepeated(kind) && may(permissionFor(kind, 'write'))
      ? [{ ...print, name: 'copy', label: t`Copy` }]
      : []),
    ...(isRepeated(kind) && may(permissionFor(kind, 'write')) && may('recurring:write')
      ? [{ ...print, name: 'repeat', label: t`Repeat…` }]
      : []),
    ...(isOverdue(kind, document, today) && may('invoice:write')
      ? [{ ...print, name: 'remind', label: t`Send a reminder` }]
      : []),
  ]
}

/** What belongs to a customer or vendor and counts; a draft order is sent as a quotation. */
function mayBeSent(kind: AnyKind, state: string): boolean {
  if (kind === 'stock-reservation') return false
  if (kind !== 'payment' && kinds[kind].side === null) return false
  return !['draft', 'cancelled', 'reversed'].includes(state) || (kind === 'sales-order' && state === 'draft')
}

function isOverdue(kind: AnyKind, document: AnyDocument, today: string): boolean {
  if (kind !== 'invoice') return false
  const { state, dueDate, openAmount } = document as Partial<
    Record<'state' | 'dueDate' | 'openAmount', string>
  >
  return state === 'posted' && dueDate !== undefined && dueDate < today && Number(openAmount) > 0
}
