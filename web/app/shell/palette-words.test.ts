import { expect, it } from 'vitest'
import { readAsked } from './palette-words.ts'

it.each([
  ['laptop', { words: 'laptop', only: null }],
  ['#SO-2026', { words: 'SO-2026', only: 'documents' }],
  ['@ acme', { words: 'acme', only: 'parties' }],
  ['.mug', { words: 'mug', only: 'products' }],
  ['>deliver', { words: 'deliver', only: 'actions' }],
  ['  a b ', { words: 'a b', only: null }],
  ['', { words: '', only: null }],
])('%s asks for %o', (typed, asked) => {
  expect(readAsked(typed)).toEqual(asked)
})
