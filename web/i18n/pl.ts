import type { Messages } from '@lingui/core'

/** What the shell, lists and documents say: it comes with the first page. The rest stands in pl-more.ts. */
const catalogues = import.meta.glob<{ messages: Messages }>(
  [
    './locales/app.pl.po',
    './locales/forms.pl.po',
    './locales/pages.documents.pl.po',
    './locales/pages.home.pl.po',
    './locales/pages.sign-in.pl.po',
    './locales/patterns.pl.po',
    './locales/ui.pl.po',
  ],
  { eager: true },
)

export const messages: Messages = Object.assign({}, ...Object.values(catalogues).map((each) => each.messages))
