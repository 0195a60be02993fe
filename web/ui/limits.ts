import { i18n } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { formatOf } from './format.ts'
import { limitsOfGoods } from './limits-of-goods.ts'
import { type Forms, saidIn } from './refusals.ts'

/** How much can come back or be released, as the server says it. */
const limitsOfReturns: Forms = [
  [
    /^At most (\S+) of lot (.+) can be returned: (\S+) received, (\S+) already back\.$/,
    ([a = '', lot = '', b = '', c = ''], format) => {
      const [most, came, back] = [format.number(a), format.number(b), format.number(c)]
      return msg`At most ${most} of lot ${lot} can be returned: ${came} received, ${back} already back.`
    },
  ],
  [
    /^At most (\S+) of lot (.+) can go: the rest is held for orders or is not here\.$/,
    ([a = '', lot = ''], format) => {
      const most = format.number(a)
      return msg`At most ${most} of lot ${lot} can go: the rest is held for orders or is not here.`
    },
  ],
  [
    /^At most (\S+)(?: of (.+))? can be returned: (\S+) (delivered|received), (\S+) already back\.$/,
    ([a = '', sku = '', b = '', verb, c = ''], format) => {
      const most = sku === '' ? format.number(a) : `${format.number(a)} × ${sku}`
      const [moved, back] = [format.number(b), format.number(c)]
      return verb === 'received'
        ? msg`At most ${most} can be returned: ${moved} received, ${back} already back.`
        : msg`At most ${most} can be returned: ${moved} delivered, ${back} already back.`
    },
  ],
  [
    /^At most (\S+) of (.+) can go back: (\S+) on hand, (\S+) held for customers\.$/,
    ([a = '', sku = '', b = '', c = ''], format) => {
      const [most, onHand, held] = [format.number(a), format.number(b), format.number(c)]
      return msg`At most ${most} of ${sku} can go back: ${onHand} on hand, ${held} held for customers.`
    },
  ],
  [
    /^At most (\S+) (.+) of (.+) are left of this reservation\. Order more on a line of its own\.$/,
    ([a = '', unit = '', sku = ''], format) => {
      const most = format.quantity(a, unit)
      return msg`At most ${most} of ${sku} are left of this reservation. Order more on a line of its own.`
    },
  ],
  [
    /^At most (\S+) (.+) of (.+) can be released: (\S+) were reserved, the rest is released or ordered already\.$/,
    ([a = '', unit = '', sku = '', b = ''], format) => {
      const [most, reserved] = [format.quantity(a, unit), format.number(b)]
      return msg`At most ${most} of ${sku} can be released: ${reserved} were reserved, the rest is released or ordered already.`
    },
  ],
]

/** A quantity with its unit, or an amount with its currency. */
const money = /^[A-Z]{3}$/

/** How much can be invoiced, credited, paid and paid back, as the server says it. */
const limitsOfMoney: Forms = [
  [
    /^At most (\S+) (.+?) of (.+) can be credited: (\S+) (.+) on (.+), (\S+) (.+) credited already\.$/,
    ([a = '', unit = '', what = '', b = '', , number = '', c = ''], format) => {
      const told = (figure: string): string =>
        money.test(unit) ? format.money(figure, unit, 'currency') : format.quantity(figure, unit)
      const [most, whole, done] = [told(a), told(b), told(c)]
      return msg`At most ${most} of ${what} can be credited: ${whole} on ${number}, ${done} credited already.`
    },
  ],
  [
    /^At most (\S+) of (.+) can be (invoiced|billed|credited): (\S+) on the goods document, (\S+) \w+ already\.$/,
    ([a = '', sku = '', verb, b = '', c = ''], format) => {
      const [most, moved, done] = [format.number(a), format.number(b), format.number(c)]
      return verb === 'credited'
        ? msg`At most ${most} of ${sku} can be credited: ${moved} on the goods document, ${done} credited already.`
        : msg`At most ${most} of ${sku} can be invoiced: ${moved} on the goods document, ${done} invoiced already.`
    },
  ],
  [
    /^At most (\S+) of (.+) can be invoiced: (\S+) ordered, (\S+) invoiced already\.$/,
    ([a = '', what = '', b = '', c = ''], format) => {
      const [most, ordered, done] = [format.number(a), format.number(b), format.number(c)]
      return msg`At most ${most} of ${what} can be invoiced: ${ordered} ordered, ${done} invoiced already.`
    },
  ],
  [
    /^At most (\S+) of (.+) can be (invoiced from this document|credited for this return)\.$/,
    ([a = '', sku = '', how], format) => {
      const most = format.number(a)
      return how === 'credited for this return'
        ? msg`At most ${most} of ${sku} can be credited for this return.`
        : msg`At most ${most} of ${sku} can be invoiced from this document.`
    },
  ],
  [
    /^At most (\S+) ([A-Z]{3}) of (\S+) (can be credited|is left|is left to pay back|is left to refund)\.$/,
    ([a = '', currency = '', number = '', how], format) => {
      const most = format.money(a, currency, 'currency')
      if (how === 'can be credited') return msg`At most ${most} of ${number} can be credited.`
      if (how === 'is left') return msg`At most ${most} of ${number} is left.`
      return how === 'is left to refund'
        ? msg`At most ${most} of ${number} is left to refund.`
        : msg`At most ${most} of ${number} is left to pay back.`
    },
  ],
  [
    /^At most (\S+) ([A-Z]{3}) is open on (\S+)\.( Pay that, or let the rest become credit .*)?$/,
    ([a = '', currency = '', number = '', rest], format) => {
      const most = format.money(a, currency, 'currency')
      return rest === undefined
        ? msg`At most ${most} is open on ${number}.`
        : msg`At most ${most} is open on ${number}. Pay that, or let the rest become credit of the party (Settings > Payments).`
    },
  ],
]

/** What the server says of how much is possible at most. Put together when it is asked for: see `useRefusals`. */
export const limits = (): Forms => [...limitsOfGoods, ...limitsOfReturns, ...limitsOfMoney]

/** A limit in the language shown; what is none is said as it came. */
export function limitWords(message: string): string {
  return saidIn(i18n, formatOf(i18n.locale === 'pl' ? 'pl' : 'en'), message, limits())
}
