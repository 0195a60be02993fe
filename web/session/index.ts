import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { type AnyKind, permissionFor } from '../../src/kinds.ts'
import type { Permission, Verb } from '../../src/permissions.ts'
import { type Me, meQuery } from '../api/index.ts'
import { todayIn } from './today.ts'

/** Who is signed in. Only below `/c/$slug`, where the router has made sure of it. */
export function useMe(): Me {
  const { data } = useSuspenseQuery(meQuery())
  if (data === null) throw new Error('nobody is signed in')
  return data
}

/** The company of the address, with currency, its minor digits, time zone and defaults. */
export function useCompany(): Me['company'] {
  return useMe().company
}

export interface Permissions {
  /** Whether this role may do it at all; whether it can be done now, the document's `actions` say. */
  readonly may: (permission: Permission) => boolean
  readonly mayDo: (kind: AnyKind, verb: Verb) => boolean
}

export function usePermissions(): Permissions {
  const { permissions } = useMe()
  return useMemo(() => {
    const may = (permission: Permission): boolean =>
      permission === 'member' || permission === 'public' || permissions.includes(permission)
    return { may, mayDo: (kind, verb) => may(permissionFor(kind, verb)) }
  }, [permissions])
}

/** Today in the company's time zone (the browser's where no company is entered), as `YYYY-MM-DD`. */
export function useToday(): string {
  const me = useQueryClient().getQueryData(meQuery().queryKey)
  return todayIn(me?.company.timeZone)
}
export { keep, readKept } from './kept-preferences.ts'
export {
  type Preferences,
  preferences,
  setPreferences,
  takePreferences,
  usePreferences,
} from './preferences.ts'
