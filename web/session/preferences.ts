import { useSyncExternalStore } from 'react'
import { keep } from './kept-preferences.ts'

/** What a person likes: this device's copy. */
export interface Preferences {
  /** Shortcuts of a single letter (WCAG 2.1.4: they can be switched off). */
  readonly letters: boolean
  readonly density: 'comfortable' | 'dense'
  /** Groups of the navigation that are folded. */
  readonly folded: readonly string[]
}

const usual: Preferences = { letters: true, density: 'comfortable', folded: [] }
const name = 'zapas-preferences'
const listeners = new Set<() => void>()
let current = read()

export function preferences(): Preferences {
  return current
}

/** Chooses something, on this device and for others. */
export function setPreferences(change: Partial<Preferences>): void {
  takePreferences(change)
  keep(change)
}

/** Takes over what was chosen elsewhere. */
export function takePreferences(change: Partial<Preferences>): void {
  current = { ...current, ...change }
  try {
    localStorage.setItem(name, JSON.stringify(current))
  } catch {
    // Storage is switched off: it holds until the page is left.
  }
  for (const listener of listeners) listener()
}

export function usePreferences(): Preferences {
  return useSyncExternalStore((listener) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }, preferences)
}

function read(): Preferences {
  try {
    return { ...usual, ...(JSON.parse(localStorage.getItem(name) ?? '{}') as Partial<Preferences>) }
  } catch {
    return usual
  }
}
