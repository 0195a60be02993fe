export {
  type Language,
  chooseLanguage,
  languageNames,
  languages,
  locales,
  preferredLanguage,
  speak,
  withTexts,
} from './language.ts'
