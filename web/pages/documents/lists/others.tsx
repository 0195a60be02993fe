import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import type { ItemOf } from '../../../api/index.ts'
import type { ListDescription } from '../../../patterns/index.ts'
import { useFormat } from '../../../ui/format.ts'
import { StatusBadge } from '../../../ui/status-badge.tsx'
import { stateWords } from '../../../ui/status.ts'
import { TimeLeft } from '../../../ui/time-left.tsx'
import { methodWords } from '../actions/words.ts'
import { DateCell, MoneyCell } from './cells.tsx'
import { sendMany } from './send-many.ts'
import {
  bulk,
  currencyFilter,
  dateFilter,
  numberColumn,
  mineFilter,
  productFilter,
  sharedParts,
  stateColumn,
  stateFilter,
  viewAll,
  viewDrafts,
  viewMine,
  warehouseFilter,
} from './shared.tsx'
import { WhyAmount } from './why-amount.tsx'
import { words } from './words.ts'

type Payment = ItemOf<'payments'>
type Reservation = ItemOf<'stock-reservations'>

const directions = { in: msg`Money in`, out: msg`Money out` } as const

function Direction({ value }: { readonly value: 'in' | 'out' }) {
  const { i18n } = useLingui()
  return i18n._(directions[value])
}

function Method({ value }: { readonly value: string }) {
  const { i18n } = useLingui()
  const word = methodWords[value]
  return word === undefined ? value : i18n._(word)
}

function Moment({ value }: { readonly value: string }) {
  const format = useFormat()
  return <span data-figure>{format.moment(value)}</span>
}

export const paymentList: ListDescription<Payment> = {
  ...sharedParts('payment'),
  searchHint: msg`Number, name, reference`,
  amountOf: (row) => ({ amount: row.amount, currency: row.currency }),
  columns: [
    numberColumn(),
    {
      id: 'direction',
      width: 'word',
      label: msg`Direction`,
      path: 'direction',
      words: directions,
      cell: (row) => <Direction value={row.direction} />,
    },
    { id: 'party', label: words.party, grow: true, path: 'party.name', cell: (row) => row.party.name },
    {
      id: 'date',
      width: 'date',
      label: words.date,
      sort: 'date',
      path: 'date',
      cell: (row) => <DateCell value={row.date} />,
    },
    {
      id: 'amount',
      width: 'money',
      label: msg`Amount`,
      sort: 'amount',
      align: 'right',
      path: 'amount',
      cell: (row) => <WhyAmount kind="payment" row={row} figure="amount" amount={row.amount} />,
    },
    {
      id: 'allocated',
      width: 'money',
      label: msg`Allocated`,
      align: 'right',
      file: {
        path: 'allocatedAmount',
        when: { state: ['posted'] },
        or: [{ path: 'state', words: stateWords('payment') }],
      },
      cell: (row) =>
        row.state === 'posted' ? (
          <MoneyCell amount={row.allocatedAmount} currency={row.currency} />
        ) : (
          <StatusBadge kind="payment" state={row.state} />
        ),
    },
    {
      id: 'left',
      width: 'money',
      label: words.left,
      align: 'right',
      file: { path: 'unallocatedAmount', when: { state: ['posted'] } },
      cell: (row) =>
        row.state === 'posted' && (
          <WhyAmount kind="payment" row={row} figure="left" amount={row.unallocatedAmount} />
        ),
    },
    {
      id: 'method',
      width: 'word',
      label: msg`Method`,
      path: 'method',
      words: methodWords,
      cell: (row) => <Method value={row.method} />,
    },
    // Where nothing is allocated yet, or any more, that column says so.
    { ...stateColumn('payment'), hidden: true },
    {
      id: 'reference',
      label: words.reference,
      hidden: true,
      path: 'reference',
      cell: (row) => row.reference,
    },
  ],
  filters: [
    stateFilter('payment', ['draft', 'posted', 'cancelled']),
    {
      id: 'direction',
      label: msg`Direction`,
      type: 'choice',
      choices: [
        { value: 'in', label: directions.in },
        { value: 'out', label: directions.out },
      ],
    },
    { id: 'unallocated', label: msg`Something is left of it`, type: 'flag' },
    { id: 'partyId', label: words.party, type: 'party' },
    {
      id: 'method',
      label: msg`Method`,
      type: 'choice',
      choices: Object.entries(methodWords).map(([value, label]) => ({ value, label })),
    },
    dateFilter,
    { id: 'amount', label: msg`Amount`, type: 'amount', from: 'amountFrom', to: 'amountTo' },
    {
      id: 'left',
      label: msg`Not allocated`,
      type: 'amount',
      from: 'unallocatedFrom',
      to: 'unallocatedTo',
    },
    currencyFilter,
    mineFilter,
  ],
  views: [
    viewAll,
    viewDrafts,
    { id: 'in', label: directions.in, query: { direction: 'in' } },
    { id: 'out', label: directions.out, query: { direction: 'out' } },
    { id: 'left', label: msg`On account`, query: { unallocated: 'true' } },
    viewMine,
  ],
  bulk: [bulk('payment', 'post', msg`Book`, 'payment:post'), ...sendMany('payment')],
  card: (row) => ({
    title: row.number ?? <StatusBadge kind="payment" state={row.state} />,
    badge: <Direction value={row.direction} />,
    second: row.party.name,
    left: <DateCell value={row.date} />,
    right: <MoneyCell amount={row.amount} currency={row.currency} />,
  }),
}

export const reservationList: ListDescription<Reservation> = {
  ...sharedParts('stock-reservation'),
  searchHint: msg`Number, customer, reference`,
  columns: [
    numberColumn(),
    { id: 'party', label: words.customer, grow: true, path: 'party.name', cell: (row) => row.party.name },
    {
      id: 'until',
      width: 'moment',
      label: msg`Held until`,
      sort: 'reserveUntil',
      path: 'reserveUntil',
      cell: (row) => <Moment value={row.reserveUntil} />,
    },
    {
      id: 'left',
      width: 'short',
      label: msg`Time left`,
      // In a file it would be past when it is read.
      file: { path: 'reserveUntil', label: msg`Active until`, when: { state: ['active'] } },
      cell: (row) => row.state === 'active' && <TimeLeft until={row.reserveUntil} />,
    },
    {
      id: 'lines',
      width: 'count',
      label: words.lines,
      align: 'right',
      path: 'lineCount',
      cell: (row) => row.lineCount,
    },
    stateColumn('stock-reservation'),
    { id: 'warehouse', label: words.warehouse, path: 'warehouseName', cell: (row) => row.warehouseName },
    {
      id: 'reference',
      label: words.reference,
      hidden: true,
      path: 'reference',
      cell: (row) => row.reference,
    },
    {
      id: 'made',
      width: 'moment',
      label: words.made,
      hidden: true,
      path: 'createdAt',
      cell: (row) => <Moment value={row.createdAt} />,
    },
  ],
  filters: [
    stateFilter('stock-reservation', ['active', 'released', 'ordered', 'expired']),
    { id: 'partyId', label: words.customer, type: 'party', role: 'customer' },
    productFilter,
    warehouseFilter,
    dateFilter,
    mineFilter,
  ],
  views: [
    viewAll,
    { id: 'active', label: msg`Active`, query: { state: 'active', sort: 'reserveUntil' } },
    { id: 'expired', label: msg`Expired`, query: { state: 'expired' } },
    viewMine,
  ],
  bulk: [bulk('stock-reservation', 'release', msg`Release`, 'stock-reservation:post')],
  card: (row) => ({
    title: row.number,
    badge: <StatusBadge kind="stock-reservation" state={row.state} />,
    second: row.party.name,
    left: row.warehouseName,
    right:
      row.state === 'active' ? <TimeLeft until={row.reserveUntil} /> : <Moment value={row.reserveUntil} />,
  }),
}
