export { messages } from '../i18n/locales/w.pl.po'
