import { type Decimal, max, min, zero } from '../kernel/decimal.ts'
import type { OrderLineRow } from './records.ts'

/** Of goods, whichever way they went: base quantities. */
interface Moved {
  /** What left or arrived in all, and of that what was rejected on arrival. */
  readonly shipped: Decimal
  readonly rejected: Decimal
  /** What came back or went back, replaced or not. */
  readonly back: Decimal
}

interface Goods extends Moved {
  readonly invoiced: Decimal
  readonly credited: Decimal
}

/** What of goods stayed: those that were rejected are the first to go back, and never stayed. */
export function whatStayed({ shipped, rejected, back }: Moved): Decimal {
  return shipped.minus(max(rejected, back))
}

/**
 * How much of goods that came back, or went back, is still to be credited. Where all that stayed is invoiced, only what is
 * invoiced beyond it, for what was never charged is not given back; while some of that is still to be invoiced, nobody can
 * tell which goods the invoices were for, and they are credited up to all that they charge (the rest is then due anew).
 * @param wanted of an order, what it is to be invoiced for: where that is charged and no more, the rest of it is charged
 *   ahead of its delivery and nothing of it came back
 */
export function creditForReturns(goods: Goods, wanted: Decimal | null = null): Decimal {
  const charged = goods.invoiced.minus(goods.credited)
  const beyond = charged.minus(whatStayed(goods))
  const most = beyond.lt(zero) ? charged : beyond
  const ahead = wanted !== null && charged.gte(wanted) ? min(most, charged.minus(wanted)) : most
  return max(min(goods.back.minus(goods.credited), ahead), zero)
}

/** How much of goods of an order line that came back is still to be credited, those that are replaced among them. */
export function creditForReturnsOf(line: OrderLineRow): Decimal {
  const back = line.returned.plus(line.returnedReplace)
  return creditForReturns({ ...line, back }, wantedOf(line).minus(line.returnedReplace))
}

/** What a credit is due for, in base quantity: goods that came back for good, and what was invoiced and will never be shipped. */
export function toCredit(line: OrderLineRow): Decimal {
  const { shipped, returned, returnedReplace, invoiced, credited } = line
  const wanted = wantedOf(line)
  const ofReturns = creditForReturns(
    { ...line, shipped: shipped.minus(returnedReplace), back: returned },
    wanted,
  )
  return max(ofReturns, invoiced.minus(credited).minus(wanted))
}

/** What an order line is to be invoiced for in all: what is ordered, or has gone beyond that, less what came back for good. */
function wantedOf({ baseQuantity, cancelled, shipped, returned, returnedReplace }: OrderLineRow): Decimal {
  return max(baseQuantity.minus(cancelled), shipped.minus(returnedReplace)).minus(returned)
}
