import { msg } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { decimal } from '../../../../src/kernel/decimal.ts'
import type { AnyKind } from '../../../../src/kinds.ts'
import type { OneOf } from '../../../api/index.ts'
import {
  type DocumentView,
  type LineTable,
  PageLink,
  type ReasonRow,
  documentHref,
} from '../../../patterns/index.ts'
import { useFormat } from '../../../ui/format.ts'
import { kindWords } from '../../../ui/kinds.ts'
import { methodWords } from '../actions/words.ts'
import { words } from '../lists/words.ts'
import { Amount, Quantity } from './parts.tsx'

type Payment = OneOf<'payments'>
type Allocation = Payment['allocations'][number]

export function paymentView(payment: Payment): DocumentView {
  const { currency } = payment
  const counts = payment.state !== 'cancelled'
  return {
    kind: 'payment',
    id: payment.id,
    number: payment.number,
    state: payment.state,
    version: payment.version,
    party: { id: payment.partyId, name: payment.party.name },
    date: payment.date,
    total: { amount: payment.amount, currency },
    badges: [],
    meters:
      payment.state === 'posted'
        ? [
            {
              id: 'allocated',
              text: <AllocatedText payment={payment} />,
              done: Number(payment.allocatedAmount) / Number(payment.amount),
              tone: decimal(payment.unallocatedAmount).eq('0') ? 'done' : 'warn',
              explained: null,
            },
          ]
        : [],
    facts: [
      {
        label: msg`Direction`,
        value: payment.direction === 'in' ? <Trans>Money in</Trans> : <Trans>Money out</Trans>,
      },
      { label: msg`Method`, value: <Method value={payment.method} /> },
      { label: words.reference, value: payment.reference },
      {
        label: msg`Exchange rate`,
        value: decimal(payment.exchangeRate).eq('1') ? null : <Quantity value={payment.exchangeRate} />,
      },
      {
        label: msg`Rounding to the coin`,
        value: decimal(payment.rounding).eq('0') ? null : (
          <Amount value={payment.rounding} currency={currency} />
        ),
      },
    ],
    lines: payment.allocations.length === 0 ? null : (allocations(payment) as unknown as LineTable<never>),
    totals: [
      {
        id: 'amount',
        label: <Trans>Amount</Trans>,
        amount: payment.amount,
        currency,
        ...(counts && {
          because: {
            rows: [
              { id: 'allocated', label: <Trans>Allocated</Trans>, amount: payment.allocatedAmount },
              { id: 'left', label: <Trans>Not allocated</Trans>, amount: payment.unallocatedAmount },
              ...rounding(payment.rounding),
            ],
            rule: <Trans>What it settles, and what is left of it.</Trans>,
          },
        }),
      },
      {
        id: 'allocated',
        label: <Trans>Allocated</Trans>,
        amount: payment.allocatedAmount,
        currency,
        because: {
          rows: payment.allocations.map((each, index) => ({
            id: String(index),
            label: each.number ?? <Trans>Draft</Trans>,
            amount: each.paymentAmount,
          })),
          rule: <Trans>What was settled with this payment.</Trans>,
        },
      },
      {
        id: 'left',
        label: <Trans>Not allocated</Trans>,
        amount: payment.unallocatedAmount,
        currency,
        strong: true,
        ...(counts && {
          because: {
            rows: [
              { id: 'amount', label: <Trans>Amount</Trans>, amount: payment.amount },
              { id: 'allocated', label: <Trans>Allocated</Trans>, amount: negated(payment.allocatedAmount) },
              ...rounding(negated(payment.rounding)),
            ],
            rule: <Trans>The amount, less what was settled with it.</Trans>,
          },
        }),
      },
    ],
    notes: payment.notes,
  }
}

const negated = (amount: string): string => decimal(amount).neg().toFixed()

/** Left out where a payment is not rounded to a coin. */
function rounding(amount: string): readonly ReasonRow[] {
  return decimal(amount).eq('0')
    ? []
    : [{ id: 'rounding', label: <Trans>Rounding to the coin</Trans>, amount }]
}

function AllocatedText({ payment }: { readonly payment: Payment }) {
  const format = useFormat()
  const done = format.money(payment.allocatedAmount, payment.currency)
  const all = format.money(payment.amount, payment.currency)
  return (
    <Trans>
      Allocated {done} of {all}
    </Trans>
  )
}

function Method({ value }: { readonly value: string }) {
  const { i18n } = useLingui()
  const word = methodWords[value]
  return word === undefined ? value : i18n._(word)
}

function allocations(payment: Payment): LineTable<Allocation & { readonly key: string }> {
  return {
    lines: payment.allocations.map((each, index) => ({ ...each, key: String(index) })),
    idOf: (line) => line.key,
    columns: [
      { id: 'document', label: msg`Document`, grow: true, cell: (line) => <Target allocation={line} /> },
      {
        id: 'amount',
        label: msg`Settles`,
        align: 'right',
        cell: (line) =>
          line.currency === null ? null : <Amount value={line.amount} currency={line.currency} />,
      },
      { id: 'currency', label: words.currency, cell: (line) => line.currency },
      {
        id: 'of-payment',
        label: msg`Of this payment`,
        align: 'right',
        cell: (line) => <Amount value={line.paymentAmount} currency={payment.currency} />,
      },
    ],
  }
}

function Target({ allocation }: { readonly allocation: Allocation }) {
  const { i18n } = useLingui()
  const id = allocation.invoiceId ?? allocation.creditId ?? allocation.paymentId
  const kind = allocation.kind as AnyKind | null
  if (id === null || kind === null) return allocation.number
  return (
    <PageLink href={documentHref(kind, id)} size="sm">
      {allocation.number ?? i18n._(kindWords[kind].one)}
    </PageLink>
  )
}
