import { useDeferredValue } from 'react'

/**
 * How many of `count` rows are to be drawn now: the first few at once, the rest in a pass that gives way to whatever a
 * person does meanwhile. For rows whose columns do not widen with what comes later: a table that fits its columns to
 * all of its rows would jump.
 */
export function useFirstFew(count: number, first: number): number {
  return Math.min(count, Math.max(useDeferredValue(count, first), first))
}

/**
 * How many rows of a height fill this screen beside what else stands there, both in pixels; known without asking the
 * page for its layout.
 */
export function rowsOnScreen(height: number, beside: number): number {
  return Math.max(1, Math.ceil((window.innerHeight - beside) / height))
}
