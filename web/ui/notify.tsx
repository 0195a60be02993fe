import { t } from '@lingui/core/macro'
import { notifications } from '@mantine/notifications'
import { IconAlertTriangle, IconCheck, IconInfoCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'

const icons = { done: IconCheck, info: IconInfoCircle, error: IconAlertTriangle } as const
const colors = { done: 'green.9', info: 'blue.8', error: 'red.9' } as const

/**
 * Tells what happened, at the edge of the page. An error stays until it is closed; what a person must act on
 * belongs to the place where it happened and not in here.
 */
function show(tone: keyof typeof icons, message: ReactNode, title?: ReactNode): void {
  const Icon = icons[tone]
  notifications.show({
    message,
    title,
    color: colors[tone],
    icon: <Icon size={18} aria-hidden />,
    autoClose: tone === 'error' ? false : 6000,
    closeButtonProps: { 'aria-label': t`Close` },
    role: tone === 'error' ? 'alert' : 'status',
  })
}

export const notify = {
  done: (message: ReactNode, title?: ReactNode) => show('done', message, title),
  info: (message: ReactNode, title?: ReactNode) => show('info', message, title),
  error: (message: ReactNode, title?: ReactNode) => show('error', message, title),
}
