import type { Messages } from '@lingui/core'

/** What every other page says, in one piece that comes with the first of them. */
const catalogues = import.meta.glob<{ messages: Messages }>(
  [
    './locales/*.en.po',
    '!./locales/app.en.po',
    '!./locales/forms.en.po',
    '!./locales/pages.documents.en.po',
    '!./locales/pages.home.en.po',
    '!./locales/pages.sign-in.en.po',
    '!./locales/patterns.en.po',
    '!./locales/ui.en.po',
    '!./locales/w.en.po',
    '!./locales/p.en.po',
  ],
  { eager: true },
)

export const messages: Messages = Object.assign({}, ...Object.values(catalogues).map((each) => each.messages))
