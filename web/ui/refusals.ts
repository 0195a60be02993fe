import type { I18n, MessageDescriptor } from '@lingui/core'
import { useLingui } from '@lingui/react'
import { type Format, useFormat } from './format.ts'

type Parts = readonly (string | undefined)[]

/** Sentences of the server in which something stands: how it says them, and what they are in another language. */
export type Forms = readonly (readonly [RegExp, (parts: Parts, format: Format) => MessageDescriptor])[]

/** A sentence of the server in the language shown; one that is not known is said as it came, in English. */
export function saidIn(i18n: I18n, format: Format, message: string, forms: Forms): string {
  if (format.language === 'en') return message
  for (const [form, of] of forms) {
    const found = form.exec(message)
    if (found !== null) return i18n._(of(found.slice(1), format))
  }
  return message
}

/**
 * Says a refusal of the server in the language shown; one that is not known is shown as it came, in English.
 * @param whole sentences that are always the same
 * @param forms put together when a sentence is said: while modules are evaluated those of other files may be missing yet,
 *   where the bundler has made files that want each other
 */
export function useRefusals(
  whole: Readonly<Record<string, MessageDescriptor>>,
  forms: () => Forms,
): (message: string) => string {
  const { i18n } = useLingui()
  const format = useFormat()
  return (message) => {
    const words = whole[message]
    return words === undefined ? saidIn(i18n, format, message, forms()) : i18n._(words)
  }
}
