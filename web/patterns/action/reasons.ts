import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react'
import { limits } from '../../ui/limits.ts'
import { type Forms, useRefusals } from '../../ui/refusals.ts'
import { roleWords } from '../../ui/roles.ts'

/**
 * The server says its reasons in English; those that a person meets day by day are known here, with the limits of
 * `ui/limits.ts`, in every language. One that is not is shown as it came.
 */
const known: Readonly<Record<string, MessageDescriptor>> = {
  'Nothing is left to deliver.': msg`Nothing is left to deliver.`,
  'Nothing is left to receive.': msg`Nothing is left to receive.`,
  'Nothing is left to invoice.': msg`Nothing is left to invoice.`,
  'Nothing is left to bill.': msg`Nothing is left to bill.`,
  'Nothing is left to cancel.': msg`Nothing is left to cancel.`,
  'Everything is delivered already. Take goods back with a sales return.': msg`Everything is delivered already. Take goods back with a sales return.`,
  'Everything is received already. Send goods back with a purchase return.': msg`Everything is received already. Send goods back with a purchase return.`,
  'Say why goods were rejected.': msg`Say why goods were rejected.`,
  'Everything is back already.': msg`Everything is back already.`,
  'Everything went back already.': msg`Everything went back already.`,
  'Nothing of it is left to invoice.': msg`Nothing of it is left to invoice.`,
  'Nothing of it is in transit.': msg`Nothing of it is in transit.`,
  'Goods of it came back or went back. Reverse those returns first.': msg`Goods of it came back or went back. Reverse those returns first.`,
  'Its goods are billed. Enter a vendor credit or a return instead.': msg`Its goods are billed. Enter a vendor credit or a return instead.`,
  'It is invoiced. Take goods back with a return and a credit note instead.': msg`It is invoiced. Take goods back with a return and a credit note instead.`,
  'It is credited, and a credit note stays. Deliver the goods again and invoice that instead.': msg`It is credited, and a credit note stays. Deliver the goods again and invoice that instead.`,
  'It is credited, and a vendor credit stays. Receive the goods again and enter a bill instead.': msg`It is credited, and a vendor credit stays. Receive the goods again and enter a bill instead.`,
  'Nothing that was paid online is left to give back for this credit note. Refund it another way.': msg`Nothing that was paid online is left to give back for this credit note. Refund it another way.`,
  'A refund of this credit note is under way. Look again in a minute.': msg`A refund of this credit note is under way. Look again in a minute.`,
  'Goods of it arrived already. Transfer them back instead.': msg`Goods of it arrived already. Transfer them back instead.`,
  'It is paid.': msg`It is paid.`,
  'Nothing of it is left to refund.': msg`Nothing of it is left to refund.`,
  'Nothing of it is left to apply.': msg`Nothing of it is left to apply.`,
  'It is credited in full.': msg`It is credited in full.`,
  'It matches order and receipt.': msg`It matches order and receipt.`,
  'Its differences are accepted already.': msg`Its differences are accepted already.`,
  'It differs from order or receipt. Decide on the differences first.': msg`It differs from order or receipt. Decide on the differences first.`,
  'Nothing of it is left.': msg`Nothing of it is left.`,
  'It is a refund itself.': msg`It is a refund itself.`,
  'It was paid back. Cancel that refund first.': msg`It was paid back. Cancel that refund first.`,
  'Nobody would get this mail. Enter an address, or give the customer one.': msg`It has no address to be sent to. Give the customer one, or send it by itself.`,
  'No mail server is set up. The owner does so in Settings, Mail.': msg`No mail server is set up yet. The owner does so in Settings, Mail.`,
}

/** How a bill differs from order and receipt. */
const differences: Forms = [
  [
    /^(.+): (\S+) billed, (\S+) received and kept(?: \((\S+) ordered\))?\.$/,
    ([what = '', a = '', b = '', c], format) => {
      const [billed, received] = [format.number(a), format.number(b)]
      if (c === undefined) return msg`${what}: ${billed} billed, ${received} received and kept.`
      const ordered = format.number(c)
      return msg`${what}: ${billed} billed, ${received} received and kept (${ordered} ordered).`
    },
  ],
  [
    /^(.+): billed at (\S+), ordered at (\S+)\.$/,
    ([what = '', a = '', b = ''], format) => {
      const [billed, ordered] = [format.number(a), format.number(b)]
      return msg`${what}: billed at ${billed}, ordered at ${ordered}.`
    },
  ],
  [
    /^(\S+) of this vendor has the same document number (.+)\.$/,
    ([number = '', reference = '']) =>
      msg`${number} of this vendor has the same document number ${reference}.`,
  ],
]

const forms = (): Forms => [
  ...limits(),
  ...differences,
  [
    /^This .+ is draft; only what counts is sent\. .+\.$/,
    () => msg`A draft is not sent. Confirm or post it first.`,
  ],
  [
    /^This .+ is (?:cancelled|reversed); only what counts is sent\.$/,
    () => msg`It does not count any more and is not sent.`,
  ],
  [/^This .+ is draft; this needs it to be .+\.$/, () => msg`It is still a draft. Confirm or post it first.`],
  [
    /^This .+ is (?:draft|confirmed|closed|cancelled|posted|reversed); .+\.$/,
    () => msg`Its state does not allow this any more.`,
  ],
]

/** A bill that cannot be booked as it is: how it differs, and the way out. */
const billDiffers =
  /^This bill differs from its order or receipt: (.+) Accept the differences with a reason, or correct the bill\.$/

/** Who may approve, as the server says it: the role, the rule, and how far it has come. */
const approval =
  /This needs the approval of someone with the role (\w+) \((.*?)\)\. (?:Ask for approval\.|(.*?) has asked for it\.|(.*?) refused it(?:: (.*?))?\. Change the draft and ask again\.)/g

/** Says a reason of the server in the language shown. */
export function useReason(): (message: string) => string {
  const { i18n } = useLingui()
  const say = useRefusals(known, forms)
  const words: Readonly<Record<string, MessageDescriptor>> = roleWords
  const ofApproval = (_: string, ...[role, rule, asked, refused, answer]: (string | undefined)[]): string => {
    const word = words[role!]
    const who = word === undefined ? role! : i18n._(word)
    const wanted = i18n._(msg`This needs the approval of: ${who} (${rule!}).`)
    if (asked !== undefined) return `${wanted} ${i18n._(msg`${asked} has asked for it.`)}`
    if (refused === undefined) return `${wanted} ${i18n._(msg`Ask for approval.`)}`
    const said = answer === undefined ? '' : ` “${answer}”`
    return `${wanted} ${i18n._(msg`${refused} refused it.`)}${said} ${i18n._(msg`Change the draft and ask again.`)}`
  }
  return (message) => {
    const bill = billDiffers.exec(message)
    if (bill === null) return say(message).replace(approval, ofApproval)
    const how = bill[1]!
      .split(/(?<=\.) /)
      .map(say)
      .join(' ')
    return i18n._(
      msg`This bill differs from its order or receipt: ${how} Accept the differences with a reason, or correct the bill.`,
    )
  }
}
