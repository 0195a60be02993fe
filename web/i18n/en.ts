import type { Messages } from '@lingui/core'

const catalogues = import.meta.glob<{ messages: Messages }>(['./locales/*.en.po', '!./locales/w.en.po'], {
  eager: true,
})

export const messages: Messages = Object.assign({}, ...Object.values(catalogues).map((each) => each.messages))
