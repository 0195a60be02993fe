import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { type OneOf, type Resource, documentQuery, refreshData } from '../../api/index.ts'
import { isOwnWrite } from './own-writes.ts'

interface Shown {
  readonly id: string
  readonly version: number
}

export interface DocumentState<R extends Resource> {
  /** What is shown; stays as it is until somebody asks for what changed. */
  readonly document: OneOf<R> | null
  readonly error: Error | null
  readonly retry: () => void
  /** Somebody else changed it; null: nobody did. */
  readonly show: (() => void) | null
}

/** What is still to be paid changes from outside, and somebody looks at it for that: asked more often. */
const whileUnpaid = 5000
const usually = 20_000

/**
 * Only the money moved: a payment came in, by itself or by somebody. What the document says is the same, so it is
 * shown at once; a page that waits for a payment turns to paid.
 */
function onlyPaid(before: object, now: object): boolean {
  const [was, is] = [before, now] as Record<string, unknown>[]
  if (was!['settledAmount'] === is!['settledAmount']) return false
  return ['state', 'number', 'totals', 'date', 'dueDate', 'reference', 'notes'].every(
    (name) => JSON.stringify(was![name]) === JSON.stringify(is![name]),
  )
}

function isUnpaid(document: unknown): boolean {
  const { paymentStatus } = (document ?? {}) as { paymentStatus?: unknown }
  return paymentStatus === 'open' || paymentStatus === 'partial' || paymentStatus === 'overdue'
}

/**
 * Reads a document and watches whether somebody else changes it. What is read anew when its page is entered is no news:
 * nobody has looked at the older copy yet.
 */
export function useDocument<R extends Resource>(resource: R, id: string): DocumentState<R> {
  const found = useQuery({
    ...documentQuery(resource, id),
    refetchInterval: ({ state }) => (isUnpaid(state.data) ? whileUnpaid : usually),
    refetchOnWindowFocus: 'always',
  })
  const { data, dataUpdatedAt, fetchStatus } = found
  const [entering, setEntering] = useState(true)
  if (entering && fetchStatus === 'idle') setEntering(false)
  const [shown, setShown] = useState(data)
  const before = shown as (OneOf<R> & Shown) | undefined
  const now = data as (OneOf<R> & Shown) | undefined
  const news =
    before !== undefined && now !== undefined && before.id === now.id && before.version !== now.version
  const paid = news && onlyPaid(before, now)
  const quiet = !news || paid || entering || isOwnWrite(dataUpdatedAt)
  // What is no news is shown at once, and is what later news are compared with.
  if (quiet && shown !== data) setShown(data)
  const client = useQueryClient()
  const settled = (now as { settledAmount?: string } | undefined)?.settledAmount
  const told = useRef(settled)
  // Chain, history and lists tell of the payment as well.
  useEffect(() => {
    if (settled === told.current) return
    const first = told.current === undefined
    told.current = settled
    if (!first) void refreshData(client)
  }, [settled, client])
  return {
    document: (quiet ? data : shown) ?? null,
    error: data === undefined ? found.error : null,
    retry: () => void found.refetch(),
    show: quiet ? null : () => setShown(data),
  }
}
