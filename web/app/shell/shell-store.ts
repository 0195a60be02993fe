import { useSyncExternalStore } from 'react'

/** What of the shell is open. */
interface Open {
  /** Counts the wishes to open it; 0: its code is not needed yet. */
  readonly palette: number
  readonly help: boolean
}

let open: Open = { palette: 0, help: false }
const listeners = new Set<() => void>()
function set(change: Partial<Open>): void {
  open = { ...open, ...change }
  for (const listener of listeners) listener()
}

export const shell = {
  openPalette: () => set({ palette: open.palette + 1 }),
  openHelp: () => set({ help: true }),
  closeHelp: () => set({ help: false }),
}

export function useOpenParts(): Open {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => open,
  )
}
