import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react'
import type { RejectionReason } from '../../src/kinds.ts'

/**
 * Why goods that came are not taken, in the order of the buttons. As in `ui/rejections.ts`, of which the warehouse has its
 * own: a file that it shares with few pages would have these load all of the warehouse.
 */
const words: Readonly<Record<RejectionReason, MessageDescriptor>> = {
  damaged: msg`Damaged`,
  'wrong-item': msg`Wrong item`,
  'short-dated': msg`Short-dated`,
  excess: msg`Excess`,
}
export const rejections = Object.keys(words) as readonly RejectionReason[]

/** Says a reason in the language shown; one that was kept by an earlier version stands as it is. */
export function useRejection(): (reason: string) => string {
  const { i18n } = useLingui()
  const known: Readonly<Record<string, MessageDescriptor>> = words
  return (reason) => {
    const word = known[reason]
    return word === undefined ? reason : i18n._(word)
  }
}
