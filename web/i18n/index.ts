export {
  type Language,
  chooseLanguage,
  languageNames,
  languages,
  locales,
  preferredLanguage,
  speak,
} from './language.ts'
