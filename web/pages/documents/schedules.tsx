import { useQuery } from '@tanstack/react-query'
import { Suspense, lazy } from 'react'
import type { AnyKind } from '../../../src/kinds.ts'
import { listQuery } from '../../api/index.ts'
import { withTexts } from '../../i18n/index.ts'

const SchedulesOf = lazy(withTexts('recurring', () => import('../recurring/schedules-of.tsx')))

/** The schedules of a document. Most have none: only where there are some is there anything to load for them. */
export function Schedules({ id }: { readonly id: string }) {
  const made = useQuery(listQuery('recurring', { madeId: id, limit: 1 })).data?.items ?? []
  const repeats = useQuery(listQuery('recurring', { sourceId: id, limit: 5 })).data?.items ?? []
  const live = repeats.filter(({ state }) => state !== 'ended')
  if (made.length === 0 && live.length === 0) return null
  return (
    <Suspense fallback={null}>
      <SchedulesOf made={made} live={live} />
    </Suspense>
  )
}

export type RepeatedKind = 'invoice' | 'sales-order' | 'purchase-order'

/** Kinds that schedules make. */
export function isRepeated(kind: AnyKind): kind is RepeatedKind {
  return kind === 'invoice' || kind === 'sales-order' || kind === 'purchase-order'
}
