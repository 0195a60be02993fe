import { useCallback, useEffect, useRef, useState } from 'react'
import type { Scan } from '../scan/scan-queue.ts'
import { dropWork, keepWork, keptWork } from '../store/database.ts'
import { stateNow } from '../state.ts'

export interface WorkHandle<T> {
  readonly work: T
  /** Null: what was begun earlier is not read yet. */
  readonly ready: boolean
  /** As it is this moment, for what runs between two drawings: scans come faster than a page is drawn. */
  readonly now: () => T
  readonly change: (how: (work: T) => T) => void
  /** Scans that were taken in and came to nothing yet, as they were kept last. */
  readonly scans: () => readonly Scan[]
  readonly keepScans: (scans: readonly Scan[]) => void
  /** Done or given up: nothing is kept. */
  readonly drop: () => Promise<void>
  readonly name: string
}

/**
 * Work that was begun is kept on the device with every scan, so that a closed tab or an empty battery loses nothing:
 * neither what is counted nor what still waits for a look-up or a decision.
 */
export function useWork<T extends object>(task: string, initial: T): WorkHandle<T> {
  const { me, warehouse } = stateNow()
  const name = workName(me?.company.slug, me?.id, warehouse?.id, task)
  const latest = useRef(initial)
  const open = useRef<readonly Scan[]>([])
  const planned = useRef(false)
  const [work, setWork] = useState(initial)
  const [ready, setReady] = useState(false)
  useEffect(() => {
    let left = false
    const read = async () => {
      const known = await keptWork<T>(name).catch(() => null)
      if (left) return
      if (known !== null) {
        latest.current = known.work
        open.current = known.scans
        setWork(known.work)
      }
      setReady(true)
    }
    void read()
    return () => {
      left = true
    }
  }, [name])
  const now = useCallback(() => latest.current, [])
  // Once for all that changes in one go: a scan leaves those that wait in the same writing in which it is counted.
  const keep = useCallback(() => {
    if (planned.current) return
    planned.current = true
    queueMicrotask(() => {
      planned.current = false
      void keepWork(name, latest.current, open.current).catch(() => {})
    })
  }, [name])
  const change = useCallback(
    (how: (work: T) => T) => {
      latest.current = how(latest.current)
      setWork(latest.current)
      keep()
    },
    [keep],
  )
  const scans = useCallback(() => open.current, [])
  const keepScans = useCallback(
    (next: readonly Scan[]) => {
      open.current = next
      keep()
    },
    [keep],
  )
  const drop = useCallback(() => dropWork(name).catch(() => {}), [name])
  return { work, ready, now, change, scans, keepScans, drop, name }
}

export function workName(
  company: string | undefined,
  person: string | undefined,
  warehouse: string | undefined,
  task: string,
): string {
  return [company, person, warehouse, task].join(' ')
}
