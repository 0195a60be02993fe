export {
  type Language,
  chooseLanguage,
  languageNames,
  languages,
  locales,
  moreTexts,
  preferredLanguage,
  speak,
} from './language.ts'
