import { msg } from '@lingui/core/macro'
import type { Forms } from './refusals.ts'

/** How much of goods can be moved, as the server says it; the warehouse mode says these as well. */
export const limitsOfGoods: Forms = [
  [
    /^At most (\S+) can be (received|delivered): (\S+)(?: \+ (\S+) % tolerance)? ordered, (\S+) \w+ already\.$/,
    ([a = '', verb, b = '', tolerance, c = ''], format) => {
      const [most, done] = [format.number(a), format.number(c)]
      const ordered =
        tolerance === undefined ? format.number(b) : `${format.number(b)} + ${format.number(tolerance)} %`
      return verb === 'received'
        ? msg`At most ${most} can be received: ${ordered} ordered, ${done} received already.`
        : msg`At most ${most} can be delivered: ${ordered} ordered, ${done} delivered already.`
    },
  ],
  [
    /^At most (\S+) more of (.+) can be (received|delivered): (\S+) ordered, (\S+) \w+ already\.$/,
    ([a = '', sku = '', verb, b = '', c = ''], format) => {
      const [most, ordered, done] = [format.number(a), format.number(b), format.number(c)]
      return verb === 'received'
        ? msg`At most ${most} more of ${sku} can be received: ${ordered} ordered, ${done} received already.`
        : msg`At most ${most} more of ${sku} can be delivered: ${ordered} ordered, ${done} delivered already.`
    },
  ],
  [
    /^At most (\S+) of (.+) can be delivered from (.+): (\S+) on hand, (\S+) of them held for others\.$/,
    ([a = '', sku = '', warehouse = '', b = '', c = ''], format) => {
      const [most, onHand, held] = [format.number(a), format.number(b), format.number(c)]
      return msg`At most ${most} of ${sku} can be delivered from ${warehouse}: ${onHand} on hand, ${held} of them held for others.`
    },
  ],
  [
    /^At most (\S+) of (.+) can be transferred: (\S+) on hand in (.+?)(?:, (\S+) .*)?\.$/,
    ([a = '', sku = '', b = '', warehouse = '', kept], format) => {
      const [most, onHand] = [format.number(a), format.number(b)]
      if (kept === undefined)
        return msg`At most ${most} of ${sku} can be transferred: ${onHand} on hand in ${warehouse}.`
      const held = format.number(kept)
      return msg`At most ${most} of ${sku} can be transferred: ${onHand} on hand in ${warehouse}, ${held} of them held.`
    },
  ],
  [
    /^At most (\S+) of (.+) are in transit\.$/,
    ([a = '', sku = ''], format) => {
      const most = format.number(a)
      return msg`At most ${most} of ${sku} are in transit.`
    },
  ],
]
