import { useSyncExternalStore } from 'react'

/** Milliseconds after the frame of the web app came. */
const moment = 1000

let settled = false
let begun = false
const waiting = new Set<() => void>()

function tell(): void {
  settled = true
  for (const each of waiting) each()
}

function wait(told: () => void): () => void {
  waiting.add(told)
  if (!begun) {
    begun = true
    setTimeout(tell, moment)
  }
  return () => waiting.delete(told)
}

/** @see useSettled */
export const isSettled = (): boolean => settled

/**
 * False while the first page is loaded and drawn, then true for ever: what stands around every page (counters,
 * notices) asks its questions then, so that the page's own are answered first.
 */
export function useSettled(): boolean {
  return useSyncExternalStore(wait, () => settled)
}
