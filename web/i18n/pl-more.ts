import type { Messages } from '@lingui/core'

/** What every other page says, in one piece that comes with the first of them. */
const catalogues = import.meta.glob<{ messages: Messages }>(
  [
    './locales/*.pl.po',
    '!./locales/app.pl.po',
    '!./locales/forms.pl.po',
    '!./locales/pages.documents.pl.po',
    '!./locales/pages.home.pl.po',
    '!./locales/pages.sign-in.pl.po',
    '!./locales/patterns.pl.po',
    '!./locales/ui.pl.po',
    '!./locales/w.pl.po',
    '!./locales/p.pl.po',
  ],
  { eager: true },
)

export const messages: Messages = Object.assign({}, ...Object.values(catalogues).map((each) => each.messages))
