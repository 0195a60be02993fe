import type { Context } from '../kernel/context.ts'
import type { Decimal } from '../kernel/decimal.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { findHouse, groupedAccount } from './house.ts'
import { type Code, paymentCode } from './payment-code.ts'

/** How an amount is paid by a bank transfer, with the code that a bank's app reads. */
export interface BankTransfer {
  readonly name: string
  readonly bank: string | null
  /** In groups of four, as it is read; without spaces, as it is copied. */
  readonly account: string
  readonly plainAccount: string
  readonly bic: string | null
  readonly title: string
  /** Runs of dark squares, row by row; null where no standard reaches (another currency). */
  readonly code: Code | null
}

/** Null where the company has given no account (Settings > Printing). */
export async function bankTransfer(
  tx: Transaction,
  ctx: Context,
  toPay: { readonly currency: string; readonly amount: Decimal; readonly title: string },
): Promise<BankTransfer | null> {
  const house = await findHouse(tx, ctx)
  if (house.account === null) return null
  return {
    name: house.name,
    bank: house.bank,
    account: groupedAccount(house.account),
    plainAccount: house.account,
    bic: house.bic,
    title: toPay.title,
    code: paymentCode({ house, ...toPay }),
  }
}
