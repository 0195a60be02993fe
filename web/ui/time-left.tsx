import { Plural, Trans } from '@lingui/react/macro'
import { useSyncExternalStore } from 'react'
import { leftUntil } from './left-until.ts'

/** One tick a second for all that is shown, and none while nothing is. */
const watching = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined

function watch(tick: () => void): () => void {
  watching.add(tick)
  timer ??= setInterval(() => watching.forEach((each) => each()), 1000)
  return () => {
    watching.delete(tick)
    if (watching.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

/** How long it is until a moment: to the second on the last day, and true without being read anew. */
export function TimeLeft({ until }: { readonly until: string }) {
  // A text stays the same while it says the same: what is days away is not drawn every second.
  const told = useSyncExternalStore(watch, () => JSON.stringify(leftUntil(until, Date.now())))
  const left = JSON.parse(told) as ReturnType<typeof leftUntil>
  if (left === null) return <Trans>Time is up</Trans>
  if ('days' in left) {
    const { days } = left
    return <Plural value={days} one="# day left" other="# days left" />
  }
  const { clock } = left
  return (
    <span role="timer" data-figure>
      <Trans>{clock} left</Trans>
    </span>
  )
}
