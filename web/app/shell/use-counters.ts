import { useQueries } from '@tanstack/react-query'
import { type Query, type Resource, countQuery } from '../../api/index.ts'
import type { Permission } from '../../../src/permissions.ts'
import { useSettled } from '../../page/index.ts'
import { usePermissions, useToday } from '../../session/index.ts'

interface Counted {
  /** Of the navigation. */
  readonly path: string
  readonly resource: Resource
  /** Who does this work; for everybody else it is no work that waits. */
  readonly permission: Permission
  readonly search: (today: string) => Query
}

/** What the database counts by an index; everything else would cost a scan with every page. */
const counted: readonly Counted[] = [
  {
    path: '/sales-orders',
    resource: 'sales-orders',
    permission: 'sales-order:post',
    search: () => ({ late: true }),
  },
  {
    path: '/purchase-orders',
    resource: 'purchase-orders',
    permission: 'purchase-order:post',
    search: () => ({ late: true }),
  },
  {
    path: '/invoices',
    resource: 'invoices',
    permission: 'invoice:post',
    search: (today) => ({ paymentStatus: 'unpaid', dueBefore: today }),
  },
  {
    path: '/bills',
    resource: 'bills',
    permission: 'bill:post',
    search: (today) => ({ paymentStatus: 'unpaid', dueBefore: today }),
  },
  {
    path: '/approvals',
    resource: 'approvals',
    permission: 'approvals:write',
    search: () => ({ state: 'asked', forMe: true }),
  },
]

/** How much is late or waits for an answer, by the path of the list; looked at anew every five minutes and after each write. */
export function useCounters(): ReadonlyMap<string, number> {
  const { may } = usePermissions()
  const today = useToday()
  const enabled = useSettled()
  const mine = counted.filter(({ permission }) => may(permission))
  const answers = useQueries({
    queries: mine.map(({ resource, search }) => ({
      ...countQuery(resource, search(today)),
      staleTime: 60_000,
      refetchInterval: 5 * 60_000,
      enabled,
    })),
  })
  return new Map(
    mine.flatMap(({ path }, index) => {
      const count = answers[index]?.data?.count ?? 0
      return count === 0 ? [] : [[path, count]]
    }),
  )
}
