import { i18n } from '@lingui/core'
import { type Language, preferredLanguage } from '../i18n/index.ts'

/** As in i18n/language.ts, so that one choice holds for both apps. */
const kept = 'zapas-language'

/** Texts of the warehouse mode only: those of the other pages would be half of its first load. */
export async function speakHere(language: Language = preferredLanguage()): Promise<void> {
  const { messages } = language === 'pl' ? await import('./texts-pl.ts') : await import('./texts-en.ts')
  i18n.loadAndActivate({ locale: language, messages })
  document.documentElement.lang = language
}

export async function chooseHere(language: Language): Promise<void> {
  await speakHere(language)
  try {
    localStorage.setItem(kept, language)
  } catch {
    // Storage is switched off: the choice holds until the page is left.
  }
}
