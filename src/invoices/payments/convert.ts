import { type Currency, findCurrency, rateOn } from '../../catalogue/index.ts'
import type { Context } from '../../kernel/context.ts'
import type { CalendarDate } from '../../kernel/dates.ts'
import type { Decimal } from '../../kernel/decimal.ts'
import { roundMoney, smallestUnit } from '../../kernel/money.ts'
import { ruleBroken } from '../../kernel/problem.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { requireRate } from '../../orders/index.ts'
import { enteredAmount } from '../entered-amount.ts'

/** Currency and rate of a payment on its date. */
export interface PaymentMoney {
  readonly currency: Currency
  readonly rate: Decimal
  readonly date: CalendarDate
}

export async function paymentMoney(
  tx: Transaction,
  ctx: Context,
  code: string,
  date: CalendarDate,
  exchangeRate: string | undefined,
): Promise<PaymentMoney> {
  const [currency, rate] = await Promise.all([
    findCurrency(tx, ctx.company.id, code),
    requireRate(tx, ctx, code, date, exchangeRate),
  ])
  if (!currency)
    throw ruleBroken(
      'unknown-currency',
      '/currency',
      `The currency ${code} is not known here. Add it under Currencies.`,
    )
  return { currency, rate, date }
}

/** An amount that was entered, in a currency's decimals. */
export function paymentAmount(text: string, currency: Currency, pointer = '/amount'): Decimal {
  return enteredAmount(text, { currency: currency.code, minorDigits: currency.minorDigits }, pointer)
}

/** How many units of the payment's currency one unit of a document's currency is worth on the payment's date. */
export async function paymentUnitsPer(
  tx: Transaction,
  ctx: Context,
  documentCurrency: string,
  money: PaymentMoney,
): Promise<Decimal | null> {
  if (documentCurrency === money.currency.code) return null
  const rate = await rateOn(tx, ctx, documentCurrency, money.date)
  return rate.div(money.rate)
}

/** An amount in the document's currency, as the payment's currency sees it. */
export function toPayment(amount: Decimal, units: Decimal | null, money: PaymentMoney): Decimal {
  return units === null ? amount : roundMoney(amount.times(units), money.currency.minorDigits)
}

/** An amount of the payment, as the document's currency sees it. */
export function toDocument(amount: Decimal, units: Decimal | null, minorDigits: number): Decimal {
  return units === null ? amount : roundMoney(amount.div(units), minorDigits)
}

/** What is worth less than the smallest amount of the other currency cannot be paid in that. */
export function tooSmall(
  amount: Decimal,
  code: string,
  other: { readonly code: string; readonly minorDigits: number },
  pointer: string,
): Error {
  const smallest = smallestUnit(other.minorDigits).toFixed(other.minorDigits)
  return ruleBroken(
    'too-small',
    pointer,
    `${amount.toFixed()} ${code} is worth less than ${smallest} ${other.code}, the smallest amount. Use ${code} on both sides.`,
  )
}
