import type { Messages } from '@lingui/core'

/** What the shell and the patterns of all pages say: it comes with the first page. Each room adds its own (language.ts). */
const catalogues = import.meta.glob<{ messages: Messages }>(
  [
    './locales/app.en.po',
    './locales/forms.en.po',
    './locales/pages.sign-in.en.po',
    './locales/patterns.en.po',
    './locales/ui.en.po',
  ],
  { eager: true },
)

export const messages: Messages = Object.assign({}, ...Object.values(catalogues).map((each) => each.messages))
