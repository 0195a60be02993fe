import { type Decimal, max, min, zero } from '../kernel/decimal.ts'
import type { OrderLineRow } from './records.ts'

/** Of goods, whichever way they went: base quantities. */
interface Goods {
  /** What left or arrived in all, and of that what was rejected on arrival. */
  readonly shipped: Decimal
  readonly rejected: Decimal
  /** What came back or went back, replaced or not. */
  readonly back: Decimal
  readonly invoiced: Decimal
  readonly credited: Decimal
}

/**
 * How much of goods that came back, or went back, is still to be credited. Where all that stayed is invoiced, only what is
 * invoiced beyond it, for what was never charged is not given back; while some of that is still to be invoiced, nobody can
 * tell which goods the invoices were for, and they are credited up to all that they charge (the rest is then due anew).
 * Of what went back to a vendor, what had been rejected counts first.
 */
export function creditForReturns({ shipped, rejected, back, invoiced, credited }: Goods): Decimal {
  const stayed = shipped.minus(max(rejected, back))
  const charged = invoiced.minus(credited)
  const beyond = charged.minus(stayed)
  return max(min(back.minus(credited), beyond.lt(zero) ? charged : beyond), zero)
}

/** What a credit is due for, in base quantity: goods that came back for good, and what was invoiced and will never be shipped. */
export function toCredit(line: OrderLineRow): Decimal {
  const { shipped, returned, returnedReplace, invoiced, credited } = line
  const wanted = max(line.baseQuantity.minus(line.cancelled), shipped.minus(returnedReplace)).minus(returned)
  const ofReturns = creditForReturns({ ...line, shipped: shipped.minus(returnedReplace), back: returned })
  return max(ofReturns, invoiced.minus(credited).minus(wanted))
}
