import { msg } from '@lingui/core/macro'
import { type InvoiceKind, describeInvoice, invoiceKinds, permissionFor } from '../../../../src/kinds.ts'
import type { ItemOf } from '../../../api/index.ts'
import {
  type FileColumn,
  type ListColumn,
  type ListDescription,
  MailState,
  PageLink,
  documentHref,
  mailStates,
} from '../../../patterns/index.ts'
import { useFormat } from '../../../ui/format.ts'
import { kindWords } from '../../../ui/kinds.ts'
import { StatusBadge } from '../../../ui/status-badge.tsx'
import { columnWords, derived, dimensionWords, labelsOf, stateWords } from '../../../ui/status.ts'
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
function Status(props: { readonly kind: InvoiceKind; readonly row: Row; readonly inColumn?: boolean }) {
  const { kind, row, inColumn = false } = props
  if (row.state !== 'posted' || row.paymentStatus === null)
    return <StatusBadge kind={kind} state={row.state} />
  const dimension = describeInvoice(kind).role === 'claim' ? 'payment' : 'credit'
  return <StatusBadge dimension={dimension} value={row.paymentStatus} inColumn={inColumn} />
}

/** When it was sent; where it was not, what became of it. */
function Mailed({ row: { mail } }: { readonly row: Row }) {
  const format = useFormat()
  if (mail === null) return null
  if (mail.state !== 'sent') return <MailState mail={mail} />
  return (
    <time data-figure dateTime={mail.at} title={format.moment(mail.at)}>
      {format.dayAndMonth(mail.at)}
    </time>
  )
}

const mailWords = labelsOf(mailStates)

/** An amount that only counts when the document does; before and after that, how it stands. */
function whenPosted(kind: InvoiceKind, path: string): FileColumn {
  const { draft, cancelled } = stateWords(kind)
  return {
    path,
    when: { state: ['posted'] },
    or: [{ path: 'state', words: { draft: draft!, cancelled: cancelled! } }],
  }
}

/** Whether a bill agrees with what was ordered and received; one that was cancelled says so. */
const matchColumn: ListColumn<Row> = {
  id: 'match',
  width: 'status',
  label: msg`Match`,
  words: columnWords('match'),
  file: {
    path: 'match',
    words: dimensionWords('match'),
    or: [{ path: 'state', when: { state: ['cancelled'] }, words: stateWords('bill') }],
  },
  cell: (row) =>
    row.match === null ? (
      <StatusBadge kind="bill" state={row.state} />
    ) : (
      <StatusBadge dimension="match" value={row.match} inColumn />
    ),
}

function describe(kind: InvoiceKind): ListDescription<Row> {
  const { side, role, corrects } = describeInvoice(kind)
  const claim = role === 'claim'
  const partyWord = side === 'vendor' ? words.vendor : words.customer
  const statuses = claim
    ? (['open', 'partial', 'paid', 'overdue'] as const)
    : (['open', 'partial', 'redeemed'] as const)
  const paid = dimensionWords(claim ? 'payment' : 'credit')
  const labels = claim ? derived.payment : derived.credit
  const bill = kind === 'bill'
  const lifecycle = stateWords(kind)
  const reference: ListColumn<Row> = {
    id: 'reference',
    width: 'short',
    label: side === 'vendor' ? msg`Vendor's number` : words.reference,
    hidden: !bill,
    path: 'reference',
    cell: (row) => row.reference,
  }
  return {
    ...sharedParts(kind),
    searchHint: msg`Number, name, reference`,
    amountOf: (row) => ({ amount: row.totals.gross, currency: row.currency }),
    columns: [
      numberColumn(),
      ...(bill ? [reference] : []),
      { id: 'party', label: partyWord, grow: true, path: 'party.name', cell: (row) => row.party.name },
      {
        id: 'date',
        width: 'date',
        label: words.date,
        sort: 'date',
        path: 'date',
        // The rest tells more, and would not fit at 1280 pixels.
        hidden: kind !== 'invoice',
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
      ...(corrects === null
        ? []
        : [
            {
              id: 'corrects',
              width: side === 'vendor' ? 'code' : 'short',
              label: kindWords[corrects].one,
              path: 'correctsNumber',
              cell: (row: Row) =>
                row.correctsId !== null &&
                row.correctsNumber !== null && (
                  <PageLink href={documentHref(corrects, row.correctsId)} size="sm">
                    {row.correctsNumber}
                  </PageLink>
                ),
            } as const,
            {
              id: 'reason',
              label: words.reason,
              path: 'reason',
              cell: (row: Row) => row.reason,
            } as const,
          ]),
      {
        id: 'total',
        width: 'money',
        label: words.total,
        sort: 'gross',
        path: 'totals.gross',
        align: 'right',
        cell: (row) => <WhyAmount kind={kind} row={row} figure="gross" amount={row.totals.gross} />,
      },
      ...(bill ? [matchColumn] : []),
      ...(claim
        ? []
        : [
            {
              id: 'redeemed',
              width: 'money',
              label: msg`Redeemed`,
              align: 'right',
              file: whenPosted(kind, 'settledAmount'),
              cell: (row: Row) =>
                row.state === 'posted' ? (
                  <MoneyCell amount={row.settledAmount} currency={row.currency} />
                ) : (
                  <StatusBadge kind={kind} state={row.state} />
                ),
            } as const,
          ]),
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
        words: {
          ...columnWords(claim ? 'payment' : 'credit'),
          draft: lifecycle['draft']!,
          cancelled: lifecycle['cancelled']!,
        },
        hidden: kind !== 'invoice',
        file: {
          path: 'paymentStatus',
          when: { state: ['posted'] },
          words: paid,
          or: [{ path: 'state', words: stateWords(kind) }],
        },
        cell: (row) => <Status kind={kind} row={row} inColumn />,
      },
      {
        id: 'mailed',
        width: 'count',
        label: msg`Mailed`,
        hidden: kind !== 'invoice',
        permission: 'mails:read',
        file: {
          path: 'mail.at',
          when: { 'mail.state': ['sent'] },
          or: [{ path: 'mail.state', words: mailWords }],
        },
        cell: (row) => <Mailed row={row} />,
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
      ...(bill ? [] : [reference]),
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
