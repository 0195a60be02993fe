export {
  type Language,
  type Room,
  chooseLanguage,
  languageNames,
  languages,
  locales,
  preferredLanguage,
  speak,
  withTexts,
} from './language.ts'
