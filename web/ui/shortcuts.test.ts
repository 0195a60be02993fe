import { expect, it } from 'vitest'
import { type ShortcutName, isLetter, keyText, shortcuts } from './shortcuts.ts'

const all = Object.entries(shortcuts)

it('no two shortcuts have the same keys, and none begins another one', () => {
  const keys = all.map(([, shortcut]) => shortcut.keys)
  expect(new Set(keys).size).toBe(keys.length)
  expect(keys.filter((one) => keys.some((other) => other.startsWith(`${one} `)))).toEqual([])
})

it('leaves Polish letters and the keys of the browser alone', () => {
  for (const [name, { keys }] of all) {
    expect(keys, name).not.toMatch(/alt\+[a-z]$|mod\+alt|mod\+[ntwflp]$/)
  }
})

it('knows which can be switched off', () => {
  expect(all.filter(([, { keys }]) => !isLetter(keys)).map(([name]) => name)).toEqual([
    'palette',
    'save',
    'primary',
    'open',
    'peek',
    'line-up',
    'line-down',
    'edit-cell',
    'copy-above',
    'remove-line',
    'undo',
  ])
})

it('writes them for people', () => {
  expect(
    (['palette', 'create-sales-order', 'line-up', 'help'] satisfies ShortcutName[]).map(keyText),
  ).toEqual(['Ctrl+K', 'C O', 'Alt+↑', '?'])
})
