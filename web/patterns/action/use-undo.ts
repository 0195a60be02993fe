import { useLingui } from '@lingui/react/macro'
import type { AnyKind } from '../../../src/kinds.ts'
import type { ActionCall } from '../../api/index.ts'
import { usePermissions } from '../../session/index.ts'
import { pathOfKind } from '../../ui/kinds.ts'
import { documentHref } from '../links.tsx'
import type { ActionAnswer } from './use-action.ts'

interface Done {
  readonly call: ActionCall
  /** The kind of what the action answered. */
  readonly answers: AnyKind
}

/**
 * How what was just made or booked can be undone: the API's action for it, if it is allowed and the person may take it;
 * null: it cannot. Goods are reversed, a payment is cancelled; an invoice stays and is credited.
 */
export function useUndo(): (
  done: Done,
  answer: ActionAnswer,
) => { readonly label: string; readonly href: string } | null {
  const { t } = useLingui()
  const { mayDo } = usePermissions()
  return ({ call, answers }, { id, actions = [] }) => {
    const name = answers === 'payment' ? 'cancel' : 'reverse'
    const booked = call.name === 'post' || call.resource !== pathOfKind(answers)
    const allowed = actions.some((action) => action.name === name && action.allowed)
    // Of a draft there is nothing to undo.
    if (!booked || !allowed || !mayDo(answers, 'cancel')) return null
    return {
      label: answers === 'payment' ? t`Cancel payment` : t`Reverse`,
      href: `${documentHref(answers, id)}?action=${name}`,
    }
  }
}
