import { t } from '@lingui/core/macro'
import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconAlertTriangle, IconCheck, IconInfoCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'

const icons = { done: IconCheck, info: IconInfoCircle, error: IconAlertTriangle } as const
const colors = { done: 'green.9', info: 'blue.8', error: 'red.9' } as const

/** Milliseconds; of errors until they go by themselves, and as long as one stays at least although the page changes. */
const stays = { done: 6000, info: 6000, error: 60_000 } as const
const leastOfError = 6000
/** What can still be acted on stays longer. */
const staysWithAction = 15_000

/** What undoes what was just done, or tries again what failed. */
export interface NoticeAction {
  readonly label: string
  readonly run: () => void
}

/** Errors that are shown, and since when. */
const errors = new Map<string, number>()
let count = 0

/** What went wrong on a page that was left does not lie over the next one. */
export function leavePage(): void {
  for (const [id, since] of errors) if (performance.now() - since > leastOfError) notifications.hide(id)
}

/**
 * Tells what happened, at the edge of the page. What a person must act on belongs to the place where it happened and
 * not in here.
 */
function show(tone: keyof typeof icons, told: ReactNode, title?: ReactNode, action?: NoticeAction): void {
  const Icon = icons[tone]
  const id = `notice-${++count}`
  if (tone === 'error') errors.set(id, performance.now())
  const message =
    action === undefined ? (
      told
    ) : (
      <>
        {told}{' '}
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => {
            notifications.hide(id)
            action.run()
          }}
        >
          {action.label}
        </Button>
      </>
    )
  notifications.show({
    id,
    message,
    title,
    color: colors[tone],
    icon: <Icon size={18} aria-hidden />,
    autoClose: action === undefined ? stays[tone] : Math.max(stays[tone], staysWithAction),
    onClose: () => errors.delete(id),
    closeButtonProps: { 'aria-label': t`Close` },
    role: tone === 'error' ? 'alert' : 'status',
  })
}

export const notify = {
  done: (message: ReactNode, title?: ReactNode, action?: NoticeAction) =>
    show('done', message, title, action),
  info: (message: ReactNode, action?: NoticeAction) => show('info', message, undefined, action),
  error: (message: ReactNode, title?: ReactNode, action?: NoticeAction) =>
    show('error', message, title, action),
}
