import { useEffect, useEffectEvent, useSyncExternalStore } from 'react'
import { settings } from '../settings.ts'
import { type Scan, ScanQueue } from './scan-queue.ts'
import { Wedge } from './wedge.ts'

/** Every scan of this window: hardware scanner, camera, typed by hand. */
export const scans = new ScanQueue()

/** The field that shows what comes in; emptied in the same tick in which a scan is taken. */
let field: HTMLInputElement | null = null
export function scanField(element: HTMLInputElement | null): void {
  field = element
}

/** What a field held before a scanner typed into it. */
let before: { readonly element: HTMLInputElement; readonly value: string } | null = null

/** Listens to the keys of the whole page. Returns how to stop. */
export function listenToKeys(): () => void {
  let prefix = settings().prefix
  let wedge = new Wedge(prefix)
  const hear = (event: KeyboardEvent) => {
    if (event.isComposing) return
    if (prefix !== settings().prefix) {
      prefix = settings().prefix
      wedge = new Wedge(prefix)
    }
    const heard = wedge.hear(event)
    if (heard.kind === 'first') remember(event.target)
    if (heard.kind !== 'scan') return
    // Enter would press the button that has the focus, Tab would move it.
    event.preventDefault()
    event.stopPropagation()
    scans.take(heard.code)
    putBack()
  }
  document.addEventListener('keydown', hear, { capture: true })
  return () => document.removeEventListener('keydown', hear, { capture: true })
}

function remember(target: EventTarget | null): void {
  before = target instanceof HTMLInputElement ? { element: target, value: target.value } : null
}

/** A scan that went into another field, a quantity say, is taken out of it again. */
function putBack(): void {
  if (before === null) return
  const { element, value } = before
  before = null
  write(element, element === field ? '' : value)
}

/** As if typed, so that React hears of it. */
function write(element: HTMLInputElement, value: string): void {
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!.set!.call(element, value)
  element.dispatchEvent(new Event('input', { bubbles: true }))
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
