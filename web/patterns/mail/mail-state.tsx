import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import {
  IconAlertTriangle,
  IconArrowBackUp,
  IconBan,
  IconCheck,
  IconClock,
  IconHelpCircle,
  IconSend,
} from '@tabler/icons-react'
import type { MailInList } from '../../api/index.ts'
import classes from './mail.module.css'

interface Words {
  readonly label: MessageDescriptor
  readonly icon: typeof IconCheck
  /** Somebody has to look at it. */
  readonly bad?: true
}

export const mailStates: Readonly<Record<MailInList['state'], Words>> = {
  waiting: { label: msg`Waits to be sent`, icon: IconClock },
  sending: { label: msg`Is being sent`, icon: IconSend },
  sent: { label: msg({ message: 'Sent', context: 'mail' }), icon: IconCheck },
  failed: { label: msg`Not sent`, icon: IconAlertTriangle, bad: true },
  unclear: { label: msg`Unclear whether it arrived`, icon: IconHelpCircle, bad: true },
  bounced: { label: msg`Came back`, icon: IconArrowBackUp, bad: true },
  cancelled: { label: msg({ message: 'Cancelled', context: 'mail' }), icon: IconBan },
}

/** What became of a mail, as icon and word. */
export function MailState({ mail }: { readonly mail: Pick<MailInList, 'state'> }) {
  const { i18n } = useLingui()
  const { label, icon: Icon, bad } = mailStates[mail.state]
  return (
    <span className={classes.state} data-bad={bad}>
      <Icon size={16} aria-hidden />
      {i18n._(label)}
    </span>
  )
}
