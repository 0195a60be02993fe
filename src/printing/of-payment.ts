import { findCurrency } from '../catalogue/index.ts'
import { presentPayment } from '../invoices/index.ts'
import type { Context } from '../kernel/context.ts'
import { zero } from '../kernel/decimal.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { partyBlock } from './addresses.ts'
import type { House } from './house.ts'
import { stampOf } from './of-invoice.ts'
import { type Content, column, factsOf, printRow } from './print-model.ts'
import type { Language, Word } from './words.ts'

/** A payment as it is printed: the receipt for what came in, the advice of what goes out. */
export async function contentOfPayment(
  tx: Transaction,
  ctx: Context,
  house: House,
  id: string,
  language: Language,
): Promise<{ content: Content; payment: Awaited<ReturnType<typeof presentPayment>> }> {
  const payment = await presentPayment(tx, ctx, id)
  const currency = await findCurrency(tx, ctx.company.id, payment.currency)
  const digits = currency?.minorDigits ?? 2
  const say = (word: Word): string => language.word(word)
  const incoming = payment.direction === 'in'
  const settled = payment.allocations.filter((each) => !each.paymentAmount.eq(zero))
  const content: Content = {
    title: say(incoming ? 'payment-in' : 'payment-out'),
    number: payment.number,
    subtitle: null,
    stamp: stampOf(payment.state, language),
    code: null,
    partner: partyBlock(payment.party, say(incoming ? 'payer' : 'recipient'), language, house.country),
    others: [],
    facts: factsOf([
      [say('date'), language.date(payment.date)],
      [say('method'), methodOf(payment.method, language)],
      [say('reference'), payment.reference],
      [say('currency'), payment.currency === ctx.company.currency ? null : payment.currency],
    ]),
    columns: [column(say('no')), column(say('document'), 'start', 'text'), column(say('settled'))],
    rows: settled.map((each, i) => {
      const name = [each.kind === null ? '' : language.known(each.kind), each.number]
        .filter(Boolean)
        .join(' ')
      return printRow([String(i + 1), name, language.amount(each.paymentAmount, digits)], name)
    }),
    taxes: null,
    totals: [
      ...(payment.state === 'posted' && payment.unallocatedAmount.gt(zero) && settled.length > 0
        ? [
            {
              label: say('unallocated'),
              value: language.amount(payment.unallocatedAmount, digits),
              strong: false,
            },
          ]
        : []),
      {
        label: say(incoming ? 'amountReceived' : 'amountPaid'),
        value: language.money(payment.amount, payment.currency, digits),
        strong: true,
      },
    ],
    payment: null,
    notes: payment.notes ? [{ label: null, text: payment.notes }] : [],
    signatures: payment.method === 'cash' ? [say('issuedBy')] : [],
  }
  return { content, payment }
}

/** Methods are free text; the usual ones have words. */
function methodOf(method: string, language: Language): string {
  return language.known(`method-${method}`, method)
}
