import { useCallback, useEffect, useRef, useState } from 'react'
import { dropWork, keepWork, keptWork } from '../store/database.ts'
import { stateNow } from '../state.ts'

export interface WorkHandle<T> {
  readonly work: T
  /** Null: what was begun earlier is not read yet. */
  readonly ready: boolean
  /** As it is this moment, for what runs between two drawings: scans come faster than a page is drawn. */
  readonly now: () => T
  readonly change: (how: (work: T) => T) => void
  /** Done or given up: nothing is kept. */
  readonly drop: () => Promise<void>
  readonly name: string
}

/** Work that was begun is kept on the device with every scan, so that a closed tab or an empty battery loses nothing. */
export function useWork<T>(task: string, initial: T): WorkHandle<T> {
  const { me, warehouse } = stateNow()
  const name = workName(me?.company.slug, me?.id, warehouse?.id, task)
  const latest = useRef(initial)
  const [work, setWork] = useState(initial)
  const [ready, setReady] = useState(false)
  useEffect(() => {
    let left = false
    const read = async () => {
      const known = await keptWork<T>(name).catch(() => null)
      if (left) return
      if (known !== null) {
        latest.current = known
        setWork(known)
      }
      setReady(true)
    }
    void read()
    return () => {
      left = true
    }
  }, [name])
  const now = useCallback(() => latest.current, [])
  const change = useCallback(
    (how: (work: T) => T) => {
      latest.current = how(latest.current)
      setWork(latest.current)
      void keepWork(name, latest.current).catch(() => {})
    },
    [name],
  )
  const drop = useCallback(() => dropWork(name).catch(() => {}), [name])
  return { work, ready, now, change, drop, name }
}

export function workName(
  company: string | undefined,
  person: string | undefined,
  warehouse: string | undefined,
  task: string,
): string {
  return [company, person, warehouse, task].join(' ')
}
