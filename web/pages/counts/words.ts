import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { IconBan, IconCheck, IconClipboardList, IconHourglass } from '@tabler/icons-react'
import type { CountState } from '../../../src/counts/description.ts'
import type { ItemOf } from '../../api/index.ts'
import type { Status } from '../../ui/status.ts'

/** Badges of stock counts (ux 6.2). */
export const countStates: Readonly<Record<CountState, Status>> = {
  counting: { label: msg`Counting`, tone: 'info', icon: IconClipboardList },
  'to-approve': { label: msg`To approve`, tone: 'warn', icon: IconHourglass },
  booked: { label: msg({ message: 'Booked', context: 'stock count' }), tone: 'done', icon: IconCheck },
  cancelled: { label: msg`Cancelled`, tone: 'muted', icon: IconBan },
}

type Scope = Pick<ItemOf<'stock-counts'>, 'location' | 'category' | 'abc'>

/** What a count is of, in words: a location, a category, a class; all of the warehouse. */
export function useScope(): (count: Scope) => string {
  const { t } = useLingui()
  return ({ location, category, abc }) => {
    const parts = [location, category, abc === null ? null : t`class ${abc}`].filter((part) => part !== null)
    return parts.length === 0 ? t`All that lies there` : parts.join(' · ')
  }
}
