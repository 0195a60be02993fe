import { type Messages, i18n } from '@lingui/core'

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

/** Whose texts come with the first of its parts that is shown; all others come with the app itself. */
export type Room = (typeof rooms)[number]
export const rooms = [
  'account',
  'approvals',
  'counts',
  'currencies',
  'documents',
  'editor',
  'home',
  'import',
  'lots',
  'mails',
  'money',
  'parties',
  'price-books',
  'products',
  'recurring',
  'replenishment',
  'reports',
  'rules',
  'settings',
  'setup',
  'stock',
  'taxes',
  'warehouses',
  'webhooks',
] as const
/** Rooms that show parts of others, and whose texts these bring. */
export const alsoSays: Readonly<Partial<Record<Room, readonly string[]>>> = {
  editor: ['grid'],
  reports: ['pages.home', 'pages.taxes'],
  webhooks: ['pages.rules', 'pages.settings'],
}

type Catalogue = () => Promise<{ messages: Messages }>
const catalogues = import.meta.glob<{ messages: Messages }>([
  './locales/{grid.*,pages.*}.po',
  '!./locales/pages.sign-in.*.po',
])
/** Rooms that were entered, each with the load of its texts: every language spoken from then on has them. */
const entered = new Map<Room, Promise<void>>()

/** Its texts are on their way. */
let coming: Language | null = null
/** What is or is about to be spoken. */
const spoken = (): Language => coming ?? languages.find((each) => each === i18n.locale) ?? 'en'

/** Loads the texts of one language and shows them; components draw anew by themselves. */
export async function speak(language: Language): Promise<void> {
  coming = language
  try {
    const [first, ...more] = await Promise.all([
      language === 'pl' ? import('./pl.ts') : import('./en.ts'),
      ...[...entered.keys()].flatMap((room) => textsOf(room, language)),
    ])
    // Another was chosen since.
    if (coming !== language) return
    // What rooms that were entered meanwhile have loaded stays.
    i18n.load(language, Object.assign({}, first.messages, ...more))
    i18n.activate(language)
    document.documentElement.lang = language
  } finally {
    if (coming === language) coming = null
  }
}

/** A module together with the texts of the room in which it stands. */
export function withTexts<M>(room: Room, load: () => Promise<M>): () => Promise<M> {
  return async () => {
    const [module] = await Promise.all([load(), enter(room)])
    return module
  }
}

/** Once its promise is kept, the texts of a room are there in the language that is spoken. */
function enter(room: Room): Promise<void> {
  const entering = entered.get(room) ?? addTexts(room)
  entered.set(room, entering)
  // Without network it is tried again where the page is.
  entering.catch(() => entered.delete(room))
  return entering
}

async function addTexts(room: Room): Promise<void> {
  const language = spoken()
  i18n.load(language, Object.assign({}, ...(await Promise.all(textsOf(room, language)))))
  if (spoken() !== language) await addTexts(room)
}

function textsOf(room: Room, language: Language): Promise<Messages>[] {
  return [`pages.${room}`, ...(alsoSays[room] ?? [])].map(async (name) => {
    const load: Catalogue | undefined = catalogues[`./locales/${name}.${language}.po`]
    return load === undefined ? {} : (await load()).messages
  })
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
