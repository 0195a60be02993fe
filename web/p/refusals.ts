import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react'
import { useFormat } from '../ui/format.ts'

const known: Readonly<Record<string, MessageDescriptor>> = {
  'This way to pay is not offered (any more).': msg`This way to pay is not offered (any more).`,
  'Only an order or a quotation can be accepted.': msg`Only an order or a quotation can be accepted.`,
}
const badAmount =
  /^Enter an amount up to (\S+) ([A-Z]{3}), which is open on (.+), with at most (\d+) decimals\.$/
const paid = /^(.+) is paid already; nothing is open\.$/
const tooLate = /^This order is .+; it cannot be accepted any more\.$/

/** Says a refusal of the server in the customer's language; one that is not known here is shown as it came, in English. */
export function useRefusal(): (message: string) => string {
  const { i18n } = useLingui()
  const format = useFormat()
  const translated = (message: string): string => {
    const amount = badAmount.exec(message)
    if (amount !== null) {
      const most = format.money(amount[1]!, amount[2]!, 'currency')
      const [number, decimals] = [amount[3]!, amount[4]!]
      return i18n._(
        msg`Enter an amount up to ${most}, which is open on ${number}, with at most ${decimals} decimals.`,
      )
    }
    const number = paid.exec(message)?.[1]
    if (number !== undefined) return i18n._(msg`${number} is paid already; nothing is open.`)
    if (tooLate.test(message)) return i18n._(msg`This order cannot be accepted any more.`)
    const words = known[message]
    return words === undefined ? message : i18n._(words)
  }
  return (message) => (format.language === 'en' ? message : translated(message))
}
