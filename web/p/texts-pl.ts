export { messages } from '../i18n/locales/p.pl.po'
