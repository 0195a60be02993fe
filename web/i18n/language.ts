import { i18n } from '@lingui/core'

export const languages = ['en', 'pl'] as const
export type Language = (typeof languages)[number]
/** As people of that language call it. */
export const languageNames: Readonly<Record<Language, string>> = { en: 'English', pl: 'Polski' }
/** English figures and dates are the British ones: 24 Nov 2026. */
export const locales: Readonly<Record<Language, string>> = { en: 'en-GB', pl: 'pl-PL' }

const kept = 'zapas-language'

/** The language chosen on this device, else the browser's, else English. */
export function preferredLanguage(): Language {
  const chosen = read() ?? navigator.language.slice(0, 2).toLowerCase()
  return languages.find((language) => language === chosen) ?? 'en'
}

/** Whether a page was entered whose texts do not come with the first one. */
let wantsMore = false

/** Loads the texts of one language and shows them; components draw anew by themselves. */
export async function speak(language: Language): Promise<void> {
  const [first, more] = await Promise.all([
    language === 'pl' ? import('./pl.ts') : import('./en.ts'),
    wantsMore ? moreOf(language) : null,
  ])
  i18n.loadAndActivate({ locale: language, messages: { ...first.messages, ...more?.messages } })
  document.documentElement.lang = language
}

/** A module together with the texts that do not come with the app itself. */
export function withTexts<M>(load: () => Promise<M>): () => Promise<M> {
  return async () => {
    const [page] = await Promise.all([load(), moreTexts()])
    return page
  }
}

/** The texts of the pages beside lists and documents, in the language that is spoken now and every later one. */
async function moreTexts(): Promise<void> {
  if (wantsMore) return
  wantsMore = true
  const language = languages.find((each) => each === i18n.locale) ?? 'en'
  const { messages } = await moreOf(language)
  i18n.load(language, messages)
}

function moreOf(language: Language) {
  return language === 'pl' ? import('./pl-more.ts') : import('./en-more.ts')
}

/** Speaks and remembers it. */
export async function chooseLanguage(language: Language): Promise<void> {
  await speak(language)
  try {
    localStorage.setItem(kept, language)
  } catch {
    // Storage is switched off: the choice holds until the page is left.
  }
}

function read(): string | null {
  try {
    return localStorage.getItem(kept)
  } catch {
    return null
  }
}
