import { useDeferredValue } from 'react'

/**
 * How many of `count` rows are to be drawn now: the first few at once, the rest in a pass that gives way to whatever a
 * person does meanwhile. For tables whose first rows fill the screen.
 */
export function useFirstFew(count: number, first: number): number {
  return Math.min(count, Math.max(useDeferredValue(count, first), first))
}
