import { useEffect, useEffectEvent, useSyncExternalStore } from 'react'
import { listenForScans } from '../../ui/scan/listen.ts'
import { settings } from '../../ui/scan/device-settings.ts'
import { type Scan, ScanQueue } from './scan-queue.ts'

/** Every scan of this window: hardware scanner, camera, typed by hand. */
export const scans = new ScanQueue()

/** The field that shows what comes in; emptied in the same tick in which a scan is taken. */
let field: HTMLInputElement | null = null
export function scanField(element: HTMLInputElement | null): void {
  field = element
}

/** Listens to the keys of the whole page. Returns how to stop. */
export function listenToKeys(): () => void {
  return listenForScans({
    take: (code) => scans.take(code),
    prefix: () => settings().prefix,
    shows: (element) => element === field,
  })
}

/** Serves scans while a screen is shown. Those that nobody took are dropped when it is left. */
export function useScans(handle: (scan: Scan) => void | Promise<void>): void {
  const latest = useEffectEvent(handle)
  useEffect(() => {
    const stop = scans.serve((scan) => latest(scan))
    return () => {
      stop()
      scans.clear()
    }
  }, [])
}

/** How many scans wait for a decision or a look-up. */
export function useWaitingScans(): number {
  return useSyncExternalStore(
    (told) => scans.watch(told),
    () => scans.length,
  )
}
