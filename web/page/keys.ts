import { useEffect, useLayoutEffect, useRef, useSyncExternalStore } from 'react'
import { preferences } from '../session/index.ts'
import { type ShortcutName, isLetter, pressedKeys, shortcuts } from '../ui/shortcuts.ts'

interface Handler {
  readonly name: ShortcutName
  /** Null: a part of the page takes the keys itself while the focus is in it. */
  readonly run: (() => void) | null
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

/** Says what a part of the page, such as a grid, does with keys that it takes itself. */
export function useOwnShortcuts(names: readonly ShortcutName[]): void {
  useEffect(() => {
    const own = names.map((name): Handler => ({ name, run: null }))
    change([...handlers, ...own])
    return () => change(handlers.filter((each) => !own.includes(each)))
  }, [names])
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
  if (['Control', 'Meta', 'Alt', 'Shift'].includes(event.key)) return
  const { key, altKey: alt } = event
  const pressed = pressedKeys({ key, alt, mod: event.ctrlKey || event.metaKey })
  const plain = isLetter(pressed)
  // Space and Enter have a meaning on whatever has the focus; lists and grids take them there.
  if (pressed === 'space' || pressed === 'enter') return
  if (pressed === 'arrowdown' || pressed === 'arrowup') return walk(event, pressed)
  if (plain && (!preferences().letters || isTyping(event.target) || dialogIsOpen())) {
    first = null
    return
  }
  const pair = first !== null && event.timeStamp - first.at < pairTime ? `${first.key} ${pressed}` : null
  first = null
  const run = (pair !== null && find(pair)) || find(pressed)
  if (run) {
    event.preventDefault()
    run()
  } else if (plain && handlers.some(({ name }) => shortcuts[name].keys.startsWith(`${pressed} `))) {
    first = { key: pressed, at: event.timeStamp }
  }
}

/** Where nothing has the focus, arrows go through the rows of the list, whatever is chosen for letters. */
function walk(event: KeyboardEvent, pressed: 'arrowdown' | 'arrowup'): void {
  if (event.shiftKey || dialogIsOpen() || !isNowhere(document.activeElement)) return
  const run = find(shortcuts[pressed === 'arrowdown' ? 'down' : 'up'].keys)
  if (run === undefined || run === null) return
  event.preventDefault()
  run()
}

/** The heading has the focus when one comes to a page. */
function isNowhere(at: Element | null): boolean {
  return at === null || at === document.body || at.matches('[data-page-title]')
}

function find(keys: string): Handler['run'] | undefined {
  return handlers.findLast(({ name, run }) => run !== null && shortcuts[name].keys === keys)?.run
}

/** A box that is ticked takes no letters. */
const typedInto = 'input:not([type="checkbox"], [type="radio"])'

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.closest(`${typedInto}, textarea, select, [role="grid"]`) !== null)
  )
}

function dialogIsOpen(): boolean {
  return document.querySelector('[role="dialog"][aria-modal="true"], [role="menu"]') !== null
}
