import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import {
  type ActionCall,
  NetworkFailure,
  type Preview,
  documentQuery,
  isProblem,
  newKey,
  refreshData,
  runAction,
} from '../../api/index.ts'
import { noteOwnWrite } from '../document/own-writes.ts'

/** What an action answers, as far as the notice needs it. */
export interface ActionAnswer {
  readonly id: string
  readonly number: string | null
  /** What may be done with it now. */
  readonly actions?: readonly { readonly name: string; readonly allowed: boolean }[]
}

interface Refused {
  readonly error: Error
  /** What was asked. */
  readonly asked: string
  /** What was shown as it was asked. */
  readonly before: Preview | null
}

export interface ActionState {
  readonly busy: boolean
  /** Why it was not done, as long as the same is asked; that somebody has changed the document, until it is asked again. */
  readonly refusal: Error | null
  /** No answer came: whether it was done is not known, and the same can be asked again. */
  readonly lost: boolean
  /** What was shown when it was refused, as long as the same is asked. */
  readonly before: Preview | null
  /** Takes the action. @returns its answer, null when it was refused or is under way. */
  readonly run: (shown: Preview | null) => Promise<ActionAnswer | null>
}

/** Whether the server has judged the request; some answers come before it looks at the key, or in the midst of the work. */
function isJudged(failure: unknown): boolean {
  return isProblem(failure) && failure.status < 500 && ![401, 403, 429].includes(failure.status)
}

/**
 * Takes an action once, however often it is asked for. A document that somebody has changed meanwhile is read anew: what
 * is asked next is asked of what it is now.
 * @param ifMatch the version that the dialog was opened on
 * @param onOvertaken given the document as somebody else has made it
 */
export function useAction(
  call: ActionCall,
  ifMatch: number | undefined,
  onOvertaken: ((now: object) => void) | undefined,
): ActionState {
  const client = useQueryClient()
  const asked = JSON.stringify(call)
  // One for each thing that is asked: a second click and a repeat after a lost answer are one action.
  const key = useRef<{ readonly asked: string; readonly key: string } | null>(null)
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<Refused | null>(null)
  const [seen, setSeen] = useState(0)
  const version = ifMatch === undefined ? undefined : Math.max(ifMatch, seen)

  const readAnew = async () => {
    const now = (await client.fetchQuery({
      ...documentQuery(call.resource, call.id),
      staleTime: 0,
    })) as unknown as { readonly version: number }
    setSeen(now.version)
    onOvertaken?.(now)
  }
  const run = async (shown: Preview | null): Promise<ActionAnswer | null> => {
    if (busy) return null
    setBusy(true)
    setRefused(null)
    if (key.current?.asked !== asked) key.current = { asked, key: newKey() }
    try {
      const answer = (await runAction<object>(call, {
        key: key.current.key,
        ...(version !== undefined && { ifMatch: version }),
      })) as ActionAnswer
      noteOwnWrite()
      return answer
    } catch (failure) {
      // What was judged and refused was not done, now or before. Of all else that is not known: the key must stay.
      if (isJudged(failure)) key.current = null
      // Where it cannot be read it is asked of the old version again, and refused again.
      if (isProblem(failure, 412)) await readAnew().catch(() => undefined)
      setRefused({ error: failure as Error, asked, before: shown })
      void refreshData(client)
      return null
    } finally {
      setBusy(false)
    }
  }
  const same = refused?.asked === asked ? refused : null
  return {
    busy,
    refusal: same?.error ?? (isProblem(refused?.error, 412) ? refused.error : null),
    lost: same?.error instanceof NetworkFailure,
    before: same?.before ?? null,
    run,
  }
}
