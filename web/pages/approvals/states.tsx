import { msg } from '@lingui/core/macro'
import { IconBan, IconCheck, IconHourglass, IconX } from '@tabler/icons-react'
import type { OneOf } from '../../api/index.ts'
import { StatusBadge } from '../../ui/status-badge.tsx'
import type { Status } from '../../ui/status.ts'

type Approval = OneOf<'approvals'>

export const approvalStates: Readonly<Record<Approval['state'], Status>> = {
  asked: { label: msg`Waits`, tone: 'warn', icon: IconHourglass },
  given: { label: msg({ message: 'Approved', context: 'approval' }), tone: 'done', icon: IconCheck },
  refused: { label: msg({ message: 'Refused', context: 'approval' }), tone: 'danger', icon: IconX },
  withdrawn: { label: msg({ message: 'Withdrawn', context: 'approval' }), tone: 'muted', icon: IconBan },
}

export function ApprovalState({ state }: { readonly state: Approval['state'] }) {
  return <StatusBadge status={approvalStates[state]} />
}
