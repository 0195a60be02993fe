import type { Messages } from '@lingui/core'

/** What the shell, lists and documents say: it comes with the first page. The rest stands in en-more.ts. */
const catalogues = import.meta.glob<{ messages: Messages }>(
  [
    './locales/app.en.po',
    './locales/forms.en.po',
    './locales/pages.documents.en.po',
    './locales/pages.home.en.po',
    './locales/pages.sign-in.en.po',
    './locales/patterns.en.po',
    './locales/ui.en.po',
  ],
  { eager: true },
)

export const messages: Messages = Object.assign({}, ...Object.values(catalogues).map((each) => each.messages))
