import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react'
import { type RejectionReason, isRejectionReason } from '../../src/kinds.ts'

/** Why goods that came are not taken; the warehouse has its own in `w/rejections.ts`. */
const rejectionWords: Readonly<Record<RejectionReason, MessageDescriptor>> = {
  damaged: msg`Damaged`,
  'wrong-item': msg`Wrong item`,
  'short-dated': msg`Short-dated`,
  excess: msg`Excess`,
}

/** Says the reason of a line in the language shown; one in somebody's own words stands as it is. */
export function useRejection(): (reason: string) => string {
  const { i18n } = useLingui()
  return (reason) => (isRejectionReason(reason) ? i18n._(rejectionWords[reason]) : reason)
}
