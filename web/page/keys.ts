import { useEffect, useLayoutEffect, useRef, useSyncExternalStore } from 'react'
import { preferences } from '../session/index.ts'
import { type ShortcutName, isLetter, shortcuts } from '../ui/shortcuts.ts'

interface Handler {
  readonly name: ShortcutName
  readonly run: () => void
}

let handlers: readonly Handler[] = []
const listeners = new Set<() => void>()
function change(next: readonly Handler[]): void {
  handlers = next
  for (const listener of listeners) listener()
}

/** Takes the keys of a shortcut for as long as the component is shown; whoever came last has them. */
export function useShortcut(name: ShortcutName, run: () => void, enabled = true): void {
  const latest = useRef(run)
  useLayoutEffect(() => {
    latest.current = run
  })
  useEffect(() => {
    if (!enabled) return
    const handler: Handler = { name, run: () => latest.current() }
    change([...handlers, handler])
    return () => change(handlers.filter((each) => each !== handler))
  }, [name, enabled])
}

/** Shortcuts that do something now, for the sheet. */
export function useTakenShortcuts(): readonly ShortcutName[] {
  const shown = useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => handlers,
  )
  return [...new Set(shown.map(({ name }) => name))]
}

/** So long (ms) the second key of a pair may take. */
const pairTime = 1500
let first: { key: string; at: number } | null = null

/** The one listener for all keys; the shell mounts it. */
export function handleKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || event.getModifierState('AltGraph')) return
  const pressed = pressedKeys(event)
  if (pressed === null) return
  const plain = isLetter(pressed)
  // Space and Enter have a meaning on whatever has the focus; lists and grids take them there.
  if (pressed === 'space' || pressed === 'enter') return
  if (plain && (!preferences().letters || isTyping(event.target) || dialogIsOpen())) {
    first = null
    return
  }
  const pair = first !== null && event.timeStamp - first.at < pairTime ? `${first.key} ${pressed}` : null
  first = null
  const handler = (pair !== null && find(pair)) || find(pressed)
  if (handler) {
    event.preventDefault()
    handler.run()
  } else if (plain && handlers.some(({ name }) => shortcuts[name].keys.startsWith(`${pressed} `))) {
    first = { key: pressed, at: event.timeStamp }
  }
}

function find(keys: string): Handler | undefined {
  return handlers.findLast(({ name }) => shortcuts[name].keys === keys)
}

function pressedKeys(event: KeyboardEvent): string | null {
  const key = event.key === ' ' ? 'space' : event.key.toLowerCase()
  if (['control', 'meta', 'alt', 'shift'].includes(key)) return null
  const mod = event.ctrlKey || event.metaKey
  return (mod ? 'mod+' : '') + (event.altKey ? 'alt+' : '') + key
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.closest('input, textarea, select, [role="grid"]') !== null)
  )
}

function dialogIsOpen(): boolean {
  return document.querySelector('[role="dialog"][aria-modal="true"], [role="menu"]') !== null
}
