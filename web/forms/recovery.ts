import { createStore, del, entries, get, set } from 'idb-keyval'
import { useCallback, useEffect, useRef, useState } from 'react'

/** What was typed and not saved. */
export interface RecoveryCopy<Value> {
  /** RFC 3339. */
  readonly at: string
  /** Of the document it was typed on; null for one that is not saved yet. */
  readonly version: number | null
  /** The document in that version: what somebody else has changed since is told by it. */
  readonly base: Value
  readonly value: Value
}

export interface RecoveryKey {
  readonly company: string
  readonly user: string
  /** Kind and id, or kind and 'new': `sales-orders/new`. */
  readonly document: string
}

/** Milliseconds after the last change. */
const pause = 1000
const keptFor = 14 * 86_400_000

const keyText = ({ company, user, document }: RecoveryKey): string => `${company} ${user} ${document}`
let opened: ReturnType<typeof createStore> | null = null
const store = () => (opened ??= createStore('zapas-recovery', 'copies'))

interface Options<Value> {
  readonly key: RecoveryKey
  /** What was typed on, and its version. */
  readonly version: number | null
  readonly base: Value
  readonly value: Value
  /** Nothing is kept of what was not changed. */
  readonly unsaved: boolean
}

export interface Recovery<Value> {
  /** Found when the page was opened; null when there is none, or it was restored or discarded. */
  readonly found: RecoveryCopy<Value> | null
  /** Puts the offer away and gives what was found. */
  readonly take: () => RecoveryCopy<Value> | null
  /** After saving, or when the person does not want it. */
  readonly drop: () => void
}

/**
 * Keeps a copy of unsaved input in this browser, a second after each change, and offers it on return. Copies
 * of 14 days are dropped.
 */
export function useRecoveryCopy<Value>({
  key,
  version,
  base,
  value,
  unsaved,
}: Options<Value>): Recovery<Value> {
  const name = keyText(key)
  const [found, setFound] = useState<RecoveryCopy<Value> | null>(null)
  const looked = useRef<string | null>(null)

  useEffect(() => {
    let left = false
    const look = async () => {
      await dropOld()
      const copy = await get<RecoveryCopy<Value>>(name, store())
      looked.current = name
      if (!left) setFound(copy ?? null)
    }
    look().catch(() => (looked.current = name)) // no storage in this browser: nothing to offer
    return () => {
      left = true
    }
  }, [name])

  const changes = JSON.stringify(value)
  useEffect(() => {
    if (!unsaved) return
    const timer = setTimeout(() => {
      // An offer that nobody has answered is not overwritten.
      if (looked.current !== name || found !== null) return
      const copy = { at: new Date().toISOString(), version, base, value: JSON.parse(changes) as Value }
      set(name, copy, store()).catch(() => undefined)
    }, pause)
    return () => clearTimeout(timer)
  }, [changes, unsaved, version, base, name, found])

  const drop = useCallback(() => {
    setFound(null)
    del(name, store()).catch(() => undefined)
  }, [name])
  const take = useCallback(() => {
    setFound(null)
    return found
  }, [found])
  return { found, take, drop }
}

async function dropOld(): Promise<void> {
  const oldest = Date.now() - keptFor
  for (const [name, copy] of await entries<string, RecoveryCopy<unknown>>(store())) {
    if (Date.parse(copy.at) < oldest) await del(name, store())
  }
}
