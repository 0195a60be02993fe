import { msg } from '@lingui/core/macro'
import { type InvoiceKind, describeInvoice, invoiceKinds, permissionFor } from '../../../../src/kinds.ts'
import type { ItemOf } from '../../../api/index.ts'
import type { ListColumn, ListDescription } from '../../../patterns/index.ts'
import { StatusBadge } from '../../../ui/status-badge.tsx'
import { derived, dimensionWords, stateWords } from '../../../ui/status.ts'
import { actionWords } from '../actions/words.ts'
import { DateCell, DueCell, MoneyCell } from './cells.tsx'
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
  totalFilter,
  viewAll,
  viewDrafts,
  viewMine,
} from './shared.tsx'
import { WhyAmount } from './why-amount.tsx'
import { words } from './words.ts'

type Row = ItemOf<'invoices'>

/** The status that says most: how far it is paid or redeemed, else the lifecycle. */
function Status({ kind, row }: { readonly kind: InvoiceKind; readonly row: Row }) {
  if (row.state !== 'posted' || row.paymentStatus === null)
    return <StatusBadge kind={kind} state={row.state} />
  const dimension = describeInvoice(kind).role === 'claim' ? 'payment' : 'credit'
  return <StatusBadge dimension={dimension} value={row.paymentStatus} />
}

function describe(kind: InvoiceKind): ListDescription<Row> {
  const { side, role } = describeInvoice(kind)
  const claim = role === 'claim'
  const partyWord = side === 'vendor' ? words.vendor : words.customer
  const statuses = claim
    ? (['open', 'partial', 'paid', 'overdue'] as const)
    : (['open', 'partial', 'redeemed'] as const)
  const paid = dimensionWords(claim ? 'payment' : 'credit')
  const labels = claim ? derived.payment : derived.credit
  const reference: ListColumn<Row> = {
    id: 'reference',
    label: kind === 'bill' || kind === 'vendor-credit' ? msg`Vendor's number` : words.reference,
    hidden: kind !== 'bill',
    path: 'reference',
    cell: (row) => row.reference,
  }
  return {
    ...sharedParts(kind),
    searchHint: msg`Number, name, reference`,
    amountOf: (row) => ({ amount: row.totals.gross, currency: row.currency }),
    columns: [
      numberColumn(),
      ...(kind === 'bill' ? [reference] : []),
      { id: 'party', label: partyWord, grow: true, path: 'party.name', cell: (row) => row.party.name },
      {
        id: 'date',
        width: 'date',
        label: words.date,
        sort: 'date',
        path: 'date',
        cell: (row) => <DateCell value={row.date} />,
      },
      {
        id: 'due',
        width: 'due',
        label: words.due,
        sort: 'dueDate',
        path: 'dueDate',
        hidden: !claim,
        cell: (row) => <DueCell value={row.dueDate} open={row.paymentStatus === 'overdue'} />,
      },
      {
        id: 'total',
        width: 'money',
        label: words.total,
        sort: 'gross',
        path: 'totals.gross',
        align: 'right',
        cell: (row) => <WhyAmount kind={kind} row={row} figure="gross" amount={row.totals.gross} />,
      },
      {
        id: 'open',
        width: 'money',
        label: claim ? words.open : words.left,
        file: { path: 'openAmount', when: { state: ['posted'] } },
        align: 'right',
        cell: (row) =>
          row.state === 'posted' && <WhyAmount kind={kind} row={row} figure="open" amount={row.openAmount} />,
      },
      {
        id: 'status',
        width: 'status',
        label: words.status,
        words: paid,
        file: {
          path: 'paymentStatus',
          when: { state: ['posted'] },
          words: paid,
          or: [{ path: 'state', words: stateWords(kind) }],
        },
        cell: (row) => <Status kind={kind} row={row} />,
      },
      {
        id: 'net',
        width: 'money',
        label: words.net,
        path: 'totals.net',
        align: 'right',
        hidden: true,
        cell: (row) => <WhyAmount kind={kind} row={row} figure="net" amount={row.totals.net} />,
      },
      { ...stateColumn(kind), id: 'lifecycle', width: 'status', label: msg`Stage`, hidden: true },
      ...(kind === 'bill' ? [] : [reference]),
    ],
    filters: [
      stateFilter(kind, ['draft', 'posted', 'cancelled']),
      {
        id: 'paymentStatus',
        label: claim ? words.payment : msg`Credit`,
        type: 'choice',
        choices: [
          { value: 'unpaid', label: claim ? msg`Something is open` : msg`Something is left` },
          ...statuses.map((value) => ({
            value,
            label: (labels as Readonly<Record<string, { label: (typeof words)['open'] }>>)[value]!.label,
          })),
        ],
      },
      { id: 'partyId', label: partyWord, type: 'party', role: side },
      productFilter,
      dateFilter,
      ...(claim
        ? [{ id: 'due', label: words.due, type: 'period', from: 'dueFrom', to: 'dueTo' } as const]
        : []),
      totalFilter,
      {
        id: 'open',
        label: claim ? words.open : words.left,
        type: 'amount',
        from: 'openFrom',
        to: 'openTo',
      },
      currencyFilter,
      mineFilter,
    ],
    views: [
      viewAll,
      viewDrafts,
      {
        id: 'open',
        label: claim ? msg`To be paid` : msg`To be redeemed`,
        query: { paymentStatus: 'unpaid', ...(claim && { sort: 'dueDate' }) },
      },
      ...(claim
        ? [
            {
              id: 'overdue',
              label: derived.payment.overdue.label,
              query: { paymentStatus: 'overdue', sort: 'dueDate' },
            },
            { id: 'paid', label: derived.payment.paid.label, query: { paymentStatus: 'paid' } },
          ]
        : []),
      viewMine,
    ],
    bulk: [bulk(kind, 'post', actionWords(kind, 'post'), permissionFor(kind, 'post')), ...sendMany(kind)],
    card: (row) => ({
      title: row.number ?? <StatusBadge kind={kind} state={row.state} />,
      badge: row.number === null ? undefined : <Status kind={kind} row={row} />,
      second: row.party.name,
      left: <DateCell value={row.date} />,
      right: <MoneyCell amount={row.totals.gross} currency={row.currency} />,
    }),
  }
}

export const invoiceLists = Object.fromEntries(
  invoiceKinds.map((kind) => [kind, describe(kind)]),
) as Readonly<Record<InvoiceKind, ListDescription<Row>>>
