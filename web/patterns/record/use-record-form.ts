import { useQueryClient } from '@tanstack/react-query'
import { type ChangeEvent, useEffect, useMemo, useRef, useState } from 'react'
import { isProblem, newKey, refreshData } from '../../api/index.ts'
import { type Fault, type Recovery, faultsOf, useRecoveryCopy } from '../../forms/index.ts'
import { useCompany, useMe } from '../../session/index.ts'
import { readPath, writePath } from './paths.ts'

export interface RecordFormSpec<V extends object> {
  /** Of the API, such as `products`. */
  readonly resource: string
  /** Null for a new one. */
  readonly id: string | null
  /** Null for a new one, and for what has no versions. */
  readonly version: number | null
  readonly initial: V
  /** What has to be put right before it can be saved, in the order of the fields. */
  readonly check: (values: V) => readonly Fault[]
  readonly save: (values: V, options: { key: string; ifMatch?: number }) => Promise<unknown>
  /** Asked after somebody else saved it meanwhile. */
  readonly reload?: () => Promise<{ values: V; version: number }>
  /** After it is saved. */
  readonly done: (saved: unknown) => void
}

interface Conflict<V> {
  readonly base: V
  readonly theirs: V
  readonly version: number
}

export interface RecordForm<V extends object> {
  readonly values: V
  readonly set: (change: Partial<V>) => void
  /** For a `TextInput` or `Textarea`. */
  readonly text: (path: string) => {
    name: string
    value: string
    error: string | null
    onChange: (event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) => void
    onBlur: () => void
  }
  /** For inputs that give their value: `DecimalInput`, `DateField`. */
  readonly value: (path: string) => {
    name: string
    value: string
    error: string | null
    onChange: (value: string) => void
    onBlur: () => void
  }
  /** For pickers and `Select`: null for nothing. */
  readonly choice: (path: string) => {
    name: string
    value: string | null
    error: string | null
    onChange: (value: string | null) => void
  }
  readonly tick: (path: string) => {
    name: string
    checked: boolean
    onChange: (event: ChangeEvent<HTMLInputElement>) => void
  }
  readonly rows: (path: string) => {
    add: (row: object) => void
    remove: (index: number) => void
  }
  readonly unsaved: boolean
  readonly busy: boolean
  readonly faults: readonly Fault[]
  readonly attempt: number
  readonly failure: Error | null
  readonly conflict: Conflict<V> | null
  readonly version: number | null
  readonly recovery: Recovery<V>
  /** Saves; false when it could not be saved. */
  readonly run: (leaving?: boolean) => Promise<boolean>
  /** After comparing: what was put together, to be saved on their version; null: nothing is done. */
  readonly settle: (merged: V | null) => void
  readonly restore: () => void
}

/** State of a form for one record: what is typed, what is wrong with it, saving, recovery, versions. */
export function useRecordForm<V extends object>(spec: RecordFormSpec<V>): RecordForm<V> {
  const client = useQueryClient()
  const me = useMe()
  const company = useCompany()
  const [values, setValues] = useState(spec.initial)
  const [base, setBase] = useState(spec.initial)
  const [version, setVersion] = useState(spec.version)
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set())
  const [attempt, setAttempt] = useState(0)
  const [refused, setRefused] = useState<readonly Fault[]>([])
  const [failure, setFailure] = useState<Error | null>(null)
  const [conflict, setConflict] = useState<Conflict<V> | null>(null)
  const [busy, setBusy] = useState(false)
  const [saved, setSaved] = useState<{ answer: unknown } | null>(null)
  const key = useRef(newKey())

  const changed = JSON.stringify(values) !== JSON.stringify(base)
  const unsaved = changed && saved === null
  const recovery = useRecoveryCopy<V>({
    key: { company: company.slug, user: me.id, document: `${spec.resource}/${spec.id ?? 'new'}` },
    version,
    base,
    value: values,
    unsaved,
  })
  const { drop } = recovery
  const { done } = spec
  const told = useRef(done)
  useEffect(() => {
    told.current = done
  })
  useEffect(() => {
    if (saved === null) return
    drop()
    told.current(saved.answer)
  }, [saved, drop])

  const wrong = useMemo(() => spec.check(values), [spec, values])
  const shown = [...wrong.filter(({ field }) => attempt > 0 || touched.has(field)), ...refused]
  const errorOf = (path: string): string | null => shown.find(({ field }) => field === path)?.message ?? null

  const write = (path: string, value: unknown) => {
    setValues((now) => writePath(now, path, value))
    setRefused((now) => now.filter(({ field }) => field !== path))
    setSaved(null)
  }
  const leave = (path: string) => setTouched((now) => (now.has(path) ? now : new Set([...now, path])))
  const textOf = (path: string): string => {
    const value = readPath(values, path)
    return typeof value === 'string' ? value : ''
  }

  const run = async (leaving = false): Promise<boolean> => {
    if (busy) return false
    setAttempt((count) => count + 1)
    setFailure(null)
    setRefused([])
    if (spec.check(values).length > 0) return false
    setBusy(true)
    try {
      const answer = await spec.save(values, {
        key: key.current,
        ...(version !== null && { ifMatch: version }),
      })
      key.current = newKey()
      await refreshData(client)
      if (leaving) {
        drop()
        setBase(values)
      } else setSaved({ answer })
      return true
    } catch (error) {
      if (isProblem(error, 412) && spec.reload !== undefined) {
        const theirs = await spec.reload()
        setConflict({ base, theirs: theirs.values, version: theirs.version })
      } else {
        const faults = faultsOf(error)
        setRefused(faults)
        if (faults.length === 0) setFailure(error as Error)
        // A refused attempt has changed nothing: the corrected one is another request.
        if (isProblem(error)) key.current = newKey()
      }
      return false
    } finally {
      setBusy(false)
    }
  }

  return {
    values,
    set: (change) => setValues((now) => ({ ...now, ...change })),
    text: (path) => ({
      name: path,
      value: textOf(path),
      error: errorOf(path),
      onChange: (event) => write(path, event.currentTarget.value),
      onBlur: () => leave(path),
    }),
    value: (path) => ({
      name: path,
      value: textOf(path),
      error: errorOf(path),
      onChange: (value) => write(path, value),
      onBlur: () => leave(path),
    }),
    choice: (path) => ({
      name: path,
      value: textOf(path) === '' ? null : textOf(path),
      error: errorOf(path),
      onChange: (value) => write(path, value ?? ''),
    }),
    tick: (path) => ({
      name: path,
      checked: readPath(values, path) === true,
      onChange: (event) => write(path, event.currentTarget.checked),
    }),
    rows: (path) => ({
      add: (row) => write(path, [...(readPath(values, path) as readonly object[]), row]),
      remove: (index: number) =>
        write(
          path,
          (readPath(values, path) as readonly object[]).filter((_, at) => at !== index),
        ),
    }),
    unsaved,
    busy,
    faults: attempt > 0 ? shown : [],
    attempt,
    failure,
    conflict,
    version,
    recovery,
    run,
    settle: (merged) => {
      if (merged !== null && conflict !== null) {
        setValues(merged)
        setBase(conflict.theirs)
        setVersion(conflict.version)
        key.current = newKey()
      }
      setConflict(null)
    },
    restore: () => {
      const kept = recovery.take()
      if (kept === null) return
      setValues(kept.value)
      // It is a change of the version it was typed on: what others saved since is compared.
      setBase(kept.base)
      setVersion(kept.version)
    },
  }
}
