import { useEffect, useLayoutEffect, useRef, useSyncExternalStore } from 'react'
import type { ShortcutName } from '../ui/shortcuts.ts'

/** What can be done on the page that is shown: the palette lists it, the shortcut sheet too. */
export interface PageAction {
  /** The same at each render. */
  readonly id: string
  readonly label: string
  readonly run: () => void
  /** Name of a row of ui/shortcuts.ts whose keys take this action. */
  readonly shortcut?: ShortcutName
  /** False: shown with the reason, and does nothing. */
  readonly allowed?: boolean
  readonly reason?: string | null
}

export interface Crumb {
  readonly label: string
  /** Address below the company, with its search: `/sales-orders?view=late`; none for the page itself. */
  readonly href?: string
}

class Store<T> {
  #value: T
  readonly #empty: T
  readonly #listeners = new Set<() => void>()
  constructor(empty: T) {
    this.#empty = empty
    this.#value = empty
  }
  readonly get = (): T => this.#value
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
  set(value: T): void {
    this.#value = value
    for (const listener of this.#listeners) listener()
  }
  /** Unless another page has set its own already. */
  clear(value: T): void {
    if (this.#value === value) this.set(this.#empty)
  }
}

const actions = new Store<readonly PageAction[]>([])
const crumbs = new Store<readonly Crumb[]>([])

/** Offers actions of this page to palette and shortcuts for as long as the page is shown. */
export function usePageActions(offered: readonly PageAction[]): void {
  const latest = useRef(offered)
  useLayoutEffect(() => {
    latest.current = offered
  })
  // Actions are made anew at each render; the shell needs to know only when what it shows changed.
  const shown = JSON.stringify(
    offered.map(({ id, label, shortcut, allowed, reason }) => [id, label, shortcut, allowed, reason]),
  )
  useEffect(() => {
    const value = latest.current.map((action) => ({
      ...action,
      run: () => latest.current.find(({ id }) => id === action.id)?.run(),
    }))
    actions.set(value)
    return () => actions.clear(value)
  }, [shown])
}

/** The crumbs behind the group: list, then number. Without them the shell shows the navigation's own words. */
export function useBreadcrumbs(trail: readonly Crumb[]): void {
  const shown = JSON.stringify(trail)
  useEffect(() => {
    const value = JSON.parse(shown) as Crumb[]
    crumbs.set(value)
    return () => crumbs.clear(value)
  }, [shown])
}

export const useShownActions = (): readonly PageAction[] =>
  useSyncExternalStore(actions.subscribe, actions.get)
export const useShownCrumbs = (): readonly Crumb[] => useSyncExternalStore(crumbs.subscribe, crumbs.get)
