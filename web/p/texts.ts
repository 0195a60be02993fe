import { i18n } from '@lingui/core'

/** The texts of this page only, in the language that the customer's documents are in. */
export async function speak(language: 'en' | 'pl'): Promise<void> {
  const { messages } = language === 'pl' ? await import('./texts-pl.ts') : await import('./texts-en.ts')
  i18n.loadAndActivate({ locale: language, messages })
  document.documentElement.lang = language
}
