import { expect, it } from 'vitest'
import { Language } from '../../src/printing/words.ts'
import { messages as en } from './texts-en.ts'
import { messages as pl } from './texts-pl.ts'

it('the button for the statement says what the file is called that it opens', () => {
  for (const [locale, messages] of [
    ['en', en],
    ['pl', pl],
  ] as const) {
    const titles = Object.values(messages).flat().map(String)
    expect(titles).toContain(`${new Language(locale).word('statement')} (PDF)`)
  }
})
