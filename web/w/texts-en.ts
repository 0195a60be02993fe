export { messages } from '../i18n/locales/w.en.po'
