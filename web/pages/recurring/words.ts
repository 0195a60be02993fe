import type { MessageDescriptor } from '@lingui/core'
import { msg, plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { IconCheck, IconClock, IconLock, IconPlayerPause, IconX } from '@tabler/icons-react'
import type { OneOf } from '../../api/index.ts'
import type { Status } from '../../ui/status.ts'

export type Schedule = OneOf<'recurring'>

export const scheduleStates: Readonly<Record<Schedule['state'], Status>> = {
  active: { label: msg({ message: 'Active', context: 'schedule' }), tone: 'info', icon: IconClock },
  paused: { label: msg({ message: 'Paused', context: 'schedule' }), tone: 'warn', icon: IconPlayerPause },
  ended: { label: msg({ message: 'Ended', context: 'schedule' }), tone: 'muted', icon: IconLock },
}

export const runStates: Readonly<Record<'waiting' | 'made' | 'failed' | 'skipped', Status>> = {
  waiting: { label: msg`Waits`, tone: 'warn', icon: IconClock },
  made: { label: msg({ message: 'Made', context: 'schedule' }), tone: 'done', icon: IconCheck },
  failed: { label: msg({ message: 'Failed', context: 'schedule' }), tone: 'danger', icon: IconX },
  skipped: { label: msg({ message: 'Left out', context: 'schedule' }), tone: 'muted', icon: IconLock },
}

export const makes: Readonly<Record<Schedule['make'], MessageDescriptor>> = {
  draft: msg`a draft`,
  post: msg`confirmed or posted at once`,
  mail: msg`posted and sent by mail`,
}
export const priceWords: Readonly<Record<Schedule['prices'], MessageDescriptor>> = {
  original: msg`as in the original`,
  current: msg`those that apply on the day`,
}
export const missedWords: Readonly<Record<Schedule['missed'], MessageDescriptor>> = {
  each: msg`a document for each`,
  last: msg`for the last one only`,
}

/** 'every 2 months, on day 5'. */
export function useRhythm(): (schedule: Pick<Schedule, 'every' | 'unit' | 'day'>) => string {
  const { t } = useLingui()
  return ({ every, unit, day }) => {
    const text = {
      day: t`${plural(every, { one: 'every day', other: 'every # days' })}`,
      week: t`${plural(every, { one: 'every week', other: 'every # weeks' })}`,
      month: t`${plural(every, { one: 'every month', other: 'every # months' })}`,
      year: t`${plural(every, { one: 'every year', other: 'every # years' })}`,
    }[unit]
    if (day === null || unit === 'year') return text
    return day === 31 ? t`${text}, on the last day` : t`${text}, on day ${day}`
  }
}
