import { type Decimal, decimal, fits, zero } from '../kernel/decimal.ts'
import { ruleBroken } from '../kernel/problem.ts'

/**
 * An amount of money that was entered: above zero, and no finer than its currency (R1).
 * @throws 422 with the pointer.
 */
export function enteredAmount(
  text: string,
  { currency, minorDigits }: { readonly currency: string; readonly minorDigits: number },
  pointer: string,
): Decimal {
  const amount = decimal(text)
  if (!amount.gt(zero)) throw ruleBroken('no-amount', pointer, 'Enter an amount above zero.')
  if (!fits(amount, minorDigits)) {
    throw ruleBroken('too-fine', pointer, `An amount in ${currency} has at most ${minorDigits} decimals.`)
  }
  return amount
}
