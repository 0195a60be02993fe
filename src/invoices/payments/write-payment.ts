import type { Context } from '../../kernel/context.ts'
import { type Decimal, zero } from '../../kernel/decimal.ts'
import { newId } from '../../kernel/ids.ts'
import { roundMoney } from '../../kernel/money.ts'
import { sql, statement } from '../../kernel/sql.ts'
import { type Transaction, awaitedLater } from '../../kernel/transaction.ts'
import { recordEvents } from '../../journal/events.ts'
import { madeBy } from '../../journal/made-by.ts'
import { takeNumber } from '../../journal/numbering.ts'
import type { PartySnapshot } from '../../orders/index.ts'
import type { PaymentMoney } from './convert.ts'
import {
  type PaymentRow,
  type PlannedAllocation,
  insertPayment,
  paymentColumns,
  paymentFields,
} from './records.ts'

const setPosted = statement(
  'post_payment',
  paymentColumns,
  (p: { companyId: string; id: string; date: string; now: Date; settled: Decimal }) => sql`
    update payments y set state = 'posted', posted_at = ${p.now}, number = ${takeNumber(p.companyId, 'payment', p.date)},
      settled = y.settled + ${p.settled}::numeric, version = y.version + (${p.settled}::numeric <> 0)::int
    where y.company_id = ${p.companyId} and y.id = ${p.id}
    returning ${paymentFields}`,
)

export interface NewPayment {
  readonly direction: 'in' | 'out'
  readonly side: 'customer' | 'vendor'
  readonly partyId: string
  readonly party: PartySnapshot
  readonly amount: Decimal
  readonly money: PaymentMoney
  readonly method: string
  readonly reference: string | null
  readonly notes: string | null
  readonly rounding: Decimal
  readonly planned: readonly PlannedAllocation[]
}

/** Writes a draft payment and gives its id. */
export function insertDraft(tx: Transaction, ctx: Context, payment: NewPayment): string {
  const id = newId()
  const { money, ...row } = payment
  tx.write(insertPayment, {
    rows: [
      {
        companyId: ctx.company.id,
        id,
        state: 'draft',
        ...row,
        currency: money.currency.code,
        exchangeRate: money.rate,
        baseAmount: roundMoney(payment.amount.times(money.rate), ctx.company.minorDigits),
        date: money.date,
        version: 1,
        createdAt: ctx.now,
        ...madeBy(ctx),
      },
    ],
  })
  return id
}

/**
 * The payment counts from now on; send it last, it takes the number.
 * @param settled what it settles, where that is not written yet (see `settle`)
 * @returns the payment as it is then
 */
export function markPosted(
  tx: Transaction,
  ctx: Context,
  id: string,
  date: string,
  after: object,
  settled: Decimal = zero,
): Promise<PaymentRow> {
  recordEvents(tx, ctx, [
    {
      type: 'payment.posted',
      objectKind: 'payment',
      objectId: id,
      before: { state: 'draft' },
      after: { state: 'posted', ...after },
    },
  ])
  return awaitedLater(tx.one(setPosted, { companyId: ctx.company.id, id, date, now: ctx.now, settled }))
}
