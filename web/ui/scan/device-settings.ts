import { useSyncExternalStore } from 'react'

/** Of this device. */
export interface Settings {
  readonly company: string | null
  readonly warehouseId: string | null
  readonly sound: boolean
  readonly vibration: boolean
  /** Character that the hardware scanner sends before each code; '' when it sends none. */
  readonly prefix: string
}

const usual: Settings = { company: null, warehouseId: null, sound: true, vibration: true, prefix: '' }
const name = 'zapas-warehouse'
const listeners = new Set<() => void>()
let current = read()

export function settings(): Settings {
  return current
}

export function setSettings(change: Partial<Settings>): void {
  current = { ...current, ...change }
  try {
    localStorage.setItem(name, JSON.stringify(current))
  } catch {
    // Storage is switched off: it holds until the page is left.
  }
  for (const listener of listeners) listener()
}

export function useSettings(): Settings {
  return useSyncExternalStore((listener) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }, settings)
}

function read(): Settings {
  try {
    return { ...usual, ...(JSON.parse(localStorage.getItem(name) ?? '{}') as Partial<Settings>) }
  } catch {
    return usual
  }
}
