import { useLingui } from '@lingui/react/macro'
import type { AnyKind } from '../../../src/kinds.ts'
import { kindWords } from '../../ui/kinds.ts'

/** What mails are written for, and in which language, in words. */
export function useMailWords() {
  const { i18n, t } = useLingui()
  return {
    purpose(purpose: string): string {
      switch (purpose) {
        case 'quotation':
          return t`Quotation`
        case 'reminder-1':
          return t`First reminder`
        case 'reminder-2':
          return t`Second reminder`
        case 'reminder-3':
          return t`Last reminder`
        default:
          return i18n._(kindWords[purpose as AnyKind].one)
      }
    },
    language(language: string): string {
      return (
        new Intl.DisplayNames(i18n.locale, { type: 'language', fallback: 'code' }).of(language) ?? language
      )
    },
  }
}
