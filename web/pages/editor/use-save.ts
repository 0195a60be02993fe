import { useLingui } from '@lingui/react/macro'
import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { UseFormReturn } from 'react-hook-form'
import { type Resource, api, isProblem, newKey, refreshData } from '../../api/index.ts'
import type { Fault } from '../../forms/index.ts'
import { type Lines, useFaultWords } from '../../grid/index.ts'
import { useLoadedWhenCalm } from '../../page/index.ts'
import { checkLines, headFaults } from './check.ts'
import type { EditorKind, HeadField } from './editor-kind.ts'
import { type AnyDocument, type Head, bodyOf } from './form.ts'
import { type Loaded, readDocument } from './load.ts'
import { useHeadWords } from './words.ts'

const loadServerFaults = () => import('./server-faults.ts')

interface Input {
  readonly editor: EditorKind
  readonly loaded: Loaded
  readonly resource: Resource
  readonly form: UseFormReturn<Head>
  readonly lines: Lines
}

type Then = 'confirm' | 'post' | null

export interface Save {
  /** The saved document, and the action that is to follow on its page. */
  readonly saved: { readonly id: string; readonly followedBy: Then } | null
  readonly busy: 'save' | 'confirm' | 'post' | null
  readonly faults: readonly Fault[]
  readonly attempt: number
  /** What is not about single fields: no connection, a refusal. */
  readonly failure: Error | null
  /** Somebody saved in between: theirs. */
  readonly conflict: AnyDocument | null
  readonly run: (then: Then) => Promise<boolean>
  /** Saves without going to the document's page: one is on the way to another. */
  readonly quietly: () => Promise<boolean>
  readonly again: () => Promise<boolean>
  /** Of the document that what is typed changes; null for a new one. */
  readonly version: number | null
  /** What is saved next is a change of this version. */
  readonly changeOf: (version: number | null) => void
  /** The conflict was looked at. */
  readonly looked: () => void
}

/** Saves the form: one key for one content, however often it is sent. */
export function useSave({ editor, loaded, resource, form, lines }: Input): Save {
  const { t } = useLingui()
  const client = useQueryClient()
  const words = useFaultWords()
  const headWords = useHeadWords(editor)
  const [saved, setSaved] = useState<Save['saved']>(null)
  const [busy, setBusy] = useState<Save['busy']>(null)
  const [faults, setFaults] = useState<readonly Fault[]>([])
  const [attempt, setAttempt] = useState(0)
  const [failure, setFailure] = useState<Error | null>(null)
  const [conflict, setConflict] = useState<AnyDocument | null>(null)
  const sent = useRef({ text: '', key: newKey() })
  const [version, setVersion] = useState(loaded.document?.version ?? null)
  const last = useRef<Then>(null)
  const running = useRef(false)
  useLoadedWhenCalm(loadServerFaults)
  const { document } = loaded
  const isNew = document === null

  const send = async (then: Then, quiet: boolean): Promise<boolean> => {
    if (running.current) return false
    last.current = then
    lines.model.leaveCell()
    setAttempt((count) => count + 1)
    setFailure(null)
    const head = form.getValues()
    const wrong = headFaults(editor, head, isNew, headWords)
    form.clearErrors()
    for (const { field, message } of wrong) form.setError(field as HeadField, { message })
    const hasLines = isNew || editor.linesInDraft
    const inLines = hasLines
      ? checkLines(editor, lines, words, t`Enter at least one line`, then === 'post')
      : []
    const all = [...wrong, ...inLines]
    setFaults(all)
    if (all.length > 0) return false

    const filled = lines.store.filled()
    const body = bodyOf(editor, head, filled, isNew)
    const text = JSON.stringify(body)
    // A repeat is the same action; another content is another one.
    if (sent.current.text !== text) sent.current = { text, key: newKey() }
    running.current = true
    setBusy(then ?? 'save')
    try {
      const { key } = sent.current
      const answer = isNew
        ? await api.post<AnyDocument>(`/${resource}`, body, { key })
        : await api.patch<AnyDocument>(`/${resource}/${document.id}`, body, {
            key,
            ...(version !== null && { ifMatch: version }),
          })
      setSaved(quiet ? null : { id: answer.id, followedBy: then })
      await refreshData(client)
      return true
    } catch (error) {
      await failed(error instanceof Error ? error : new Error(String(error)), filled)
      return false
    } finally {
      running.current = false
      setBusy(null)
    }
  }

  /** What the server finds wrong, at its cells; nothing where the part that knows them cannot be fetched. */
  const marked = async (problem: Error, filled: ReturnType<Lines['store']['filled']>) => {
    try {
      const { markServerFaults } = await loadServerFaults()
      return markServerFaults(editor, lines, filled, problem)
    } catch {
      return []
    }
  }

  const failed = async (problem: Error, filled: ReturnType<Lines['store']['filled']>) => {
    if (isProblem(problem, 412) && document !== null) {
      setConflict(await readDocument(resource, document.id))
      return
    }
    // A refused request was not done: the next try is another one.
    if (isProblem(problem)) sent.current = { text: '', key: newKey() }
    const told = isProblem(problem) ? await marked(problem, filled) : []
    for (const { field, message } of told) {
      if (editor.fields.includes(field as HeadField)) form.setError(field as HeadField, { message })
    }
    if (told.length === 0) setFailure(problem)
    setFaults(told)
    setAttempt((count) => count + 1)
  }

  return {
    saved,
    busy,
    faults,
    attempt,
    failure,
    conflict,
    run: (then) => send(then, false),
    quietly: () => send(null, true),
    again: () => send(last.current, false),
    version,
    changeOf: setVersion,
    looked: () => setConflict(null),
  }
}
