import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'

export interface Shortcut {
  /**
   * `mod` is Ctrl, on a Mac ⌘. Two keys with a blank between are pressed one after the other. Never Alt with
   * a letter (Polish letters are typed so) and never what the browser needs (Ctrl+N, T, W, F, L, P).
   */
  readonly keys: string
  readonly label: MessageDescriptor
  readonly group: 'everywhere' | 'create' | 'go' | 'list' | 'document' | 'grid'
}

const key = (keys: string, label: MessageDescriptor, group: Shortcut['group']): Shortcut => ({
  keys,
  label,
  group,
})

/** THE table of keys: handlers, the sheet behind `?` and the tooltips read it. */
export const shortcuts = {
  palette: key('mod+k', msg`Search and commands`, 'everywhere'),
  help: key('?', msg`All shortcuts of this page`, 'everywhere'),
  find: key('/', msg`Go to the filter or search field`, 'everywhere'),
  save: key('mod+s', msg`Save`, 'everywhere'),
  primary: key('mod+enter', msg`Main action of the page or dialog`, 'everywhere'),

  'create-sales-order': key('c o', msg`New sales order`, 'create'),
  'create-purchase-order': key('c p', msg`New purchase order`, 'create'),
  'create-invoice': key('c i', msg`New invoice`, 'create'),

  'go-home': key('g h', msg`Home`, 'go'),
  'go-sales-orders': key('g o', msg`Sales orders`, 'go'),
  'go-delivery-notes': key('g d', msg`Delivery notes`, 'go'),
  'go-invoices': key('g i', msg`Invoices`, 'go'),
  'go-purchase-orders': key('g p', msg`Purchase orders`, 'go'),
  'go-receipt-notes': key('g r', msg`Receipt notes`, 'go'),
  'go-stock': key('g s', msg`Stock`, 'go'),

  down: key('j', msg`Next row`, 'list'),
  up: key('k', msg`Previous row`, 'list'),
  select: key('x', msg`Select the row`, 'list'),
  open: key('enter', msg`Open the row`, 'list'),
  peek: key('space', msg`Look at the row without leaving the list`, 'list'),

  edit: key('e', msg`Edit the draft`, 'document'),
  previous: key('[', msg`Previous document of the list`, 'document'),
  next: key(']', msg`Next document of the list`, 'document'),

  'line-up': key('alt+arrowup', msg`Move the line up`, 'grid'),
  'line-down': key('alt+arrowdown', msg`Move the line down`, 'grid'),
  'edit-cell': key('f2', msg`Edit the cell`, 'grid'),
  'copy-above': key('mod+d', msg`Copy from the line above`, 'grid'),
  'remove-line': key('mod+delete', msg`Remove the line`, 'grid'),
  undo: key('mod+z', msg`Undo the last change of the lines`, 'grid'),
} as const satisfies Record<string, Shortcut>

export type ShortcutName = keyof typeof shortcuts

/** The shortcuts of one group. */
export function shortcutsOf(group: Shortcut['group']): readonly ShortcutName[] {
  return (Object.keys(shortcuts) as ShortcutName[]).filter((name) => shortcuts[name].group === group)
}

const isMac = typeof navigator !== 'undefined' && /mac|iphone|ipad/i.test(navigator.userAgent)
const named: Readonly<Record<string, string>> = {
  mod: isMac ? '⌘' : 'Ctrl',
  alt: isMac ? '⌥' : 'Alt',
  enter: 'Enter',
  space: 'Space',
  arrowup: '↑',
  arrowdown: '↓',
  delete: 'Delete',
}

/** What was pressed, as the table writes it: 'mod+d', 'alt+arrowup'. */
export function pressedKeys({
  key: pressed,
  mod,
  alt,
}: {
  readonly key: string
  readonly mod: boolean
  readonly alt: boolean
}): string {
  const name = pressed === ' ' ? 'space' : pressed.toLowerCase()
  return (mod ? 'mod+' : '') + (alt ? 'alt+' : '') + name
}

/** As it is written for people, key by key: ['Ctrl', 'K'] or ['C', 'O']. */
export function keyNames(name: ShortcutName): string[] {
  return shortcuts[name].keys.split(/[ +]/).map((each) => named[each] ?? each.toUpperCase())
}

/** For `aria-keyshortcuts` and `title`: 'Ctrl+K', 'C then O' is written 'C O'. */
export function keyText(name: ShortcutName): string {
  return keyNames(name).join(shortcuts[name].keys.includes('+') ? '+' : ' ')
}

/** Keys that are plain characters: they work outside of fields only and can be switched off. */
export function isLetter(keys: string): boolean {
  return keys.split(' ').every((each) => each.length === 1)
}
