import type { I18n, MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react'
import { type Format, useFormat } from '../ui/format.ts'

const known: Readonly<Record<string, MessageDescriptor>> = {
  'Nothing is left to deliver.': msg`Nothing is left to deliver.`,
  'Nothing is left to receive.': msg`Nothing is left to receive.`,
  'Nothing of this transfer is in transit.': msg`Nothing of this transfer is in transit.`,
  'Everything of this transfer has arrived.': msg`Everything of this transfer has arrived.`,
}

type Parts = readonly (string | undefined)[]
/** Sentences with figures: how the server says them, and what they are in another language. */
const withFigures: readonly (readonly [
  RegExp,
  (figure: (text: string) => string, parts: Parts) => MessageDescriptor,
])[] = [
  [
    /^At most (\S+) can be (received|delivered): (\S+)(?: \+ (\S+) % tolerance)? ordered, (\S+) \w+ already\.$/,
    (figure, [a = '', verb, b = '', tolerance, c = '']) => {
      const [most, done] = [figure(a), figure(c)]
      const ordered = tolerance === undefined ? figure(b) : `${figure(b)} + ${figure(tolerance)} %`
      return verb === 'received'
        ? msg`At most ${most} can be received: ${ordered} ordered, ${done} received already.`
        : msg`At most ${most} can be delivered: ${ordered} ordered, ${done} delivered already.`
    },
  ],
  [
    /^At most (\S+) more of (.+) can be (received|delivered): (\S+) ordered, (\S+) \w+ already\.$/,
    (figure, [a = '', sku = '', verb, b = '', c = '']) => {
      const [most, ordered, done] = [figure(a), figure(b), figure(c)]
      return verb === 'received'
        ? msg`At most ${most} more of ${sku} can be received: ${ordered} ordered, ${done} received already.`
        : msg`At most ${most} more of ${sku} can be delivered: ${ordered} ordered, ${done} delivered already.`
    },
  ],
  [
    /^At most (\S+) of (.+) can be delivered from (.+): (\S+) on hand, (\S+) of them held for others\.$/,
    (figure, [a = '', sku = '', warehouse = '', b = '', c = '']) => {
      const [most, onHand, held] = [figure(a), figure(b), figure(c)]
      return msg`At most ${most} of ${sku} can be delivered from ${warehouse}: ${onHand} on hand, ${held} of them held for others.`
    },
  ],
  [
    /^At most (\S+) of (.+) can be transferred: (\S+) on hand in (.+?)(?:, (\S+) .*)?\.$/,
    (figure, [a = '', sku = '', b = '', warehouse = '', kept]) => {
      const [most, onHand] = [figure(a), figure(b)]
      if (kept === undefined)
        return msg`At most ${most} of ${sku} can be transferred: ${onHand} on hand in ${warehouse}.`
      const held = figure(kept)
      return msg`At most ${most} of ${sku} can be transferred: ${onHand} on hand in ${warehouse}, ${held} of them held.`
    },
  ],
]

/** Says a refusal of the server in the language shown; one that is not known here is shown as it came, in English. */
export function useRefusal(): (message: string) => string {
  const { i18n } = useLingui()
  const format = useFormat()
  return (message) => (format.language === 'en' ? message : said(i18n, format, message))
}

function said(i18n: I18n, format: Format, message: string): string {
  const whole = known[message]
  if (whole !== undefined) return i18n._(whole)
  for (const [form, words] of withFigures) {
    const found = form.exec(message)
    if (found !== null) return i18n._(words((text) => format.number(text), found.slice(1)))
  }
  return message
}
