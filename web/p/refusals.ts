import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { type Forms, useRefusals } from '../ui/refusals.ts'

const whole: Readonly<Record<string, MessageDescriptor>> = {
  'This way to pay is not offered (any more).': msg`This way to pay is not offered (any more).`,
  'Only an order or a quotation can be accepted.': msg`Only an order or a quotation can be accepted.`,
}
const forms: Forms = [
  [
    /^Enter an amount up to (\S+) ([A-Z]{3}), which is open on (.+), with at most (\d+) decimals\.$/,
    ([amount = '', currency = '', number = '', decimals = ''], format) => {
      const most = format.money(amount, currency, 'currency')
      return msg`Enter an amount up to ${most}, which is open on ${number}, with at most ${decimals} decimals.`
    },
  ],
  [
    /^(.+) is paid already; nothing is open\.$/,
    ([number = '']) => msg`${number} is paid already; nothing is open.`,
  ],
  [
    /^This order is .+; it cannot be accepted any more\.$/,
    () => msg`This order cannot be accepted any more.`,
  ],
]

export const useRefusal = () => useRefusals(whole, () => forms)
