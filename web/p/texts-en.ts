export { messages } from '../i18n/locales/p.en.po'
