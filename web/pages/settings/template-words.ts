import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { useMemo } from 'react'
import type { Form } from '../../../src/printing/print-model.ts'
import { kindWords } from '../../ui/kinds.ts'

const others = {
  quotation: msg`Quotation`,
  'pick-list': msg`Pick list`,
  statement: msg`Statement of account`,
  'product-label': msg`Product label`,
  'count-sheet': msg`Count sheet`,
} as const

/** Names of printed forms and of the languages that they are worded in. */
export function useFormWords() {
  const { i18n, t } = useLingui()
  const { locale } = i18n
  return useMemo(() => {
    const names = new Intl.DisplayNames(locale, { type: 'language', fallback: 'code' })
    const form = (name: Form): string =>
      i18n._(name in others ? others[name as keyof typeof others] : kindWords[name as 'invoice'].one)
    return {
      form,
      language: (code: string) => (code === 'any' ? t`All languages` : (names.of(code) ?? code)),
    }
  }, [i18n, locale, t])
}
