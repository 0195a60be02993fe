import { msg } from '@lingui/core/macro'
import { type OrderKind, permissionFor } from '../../../../src/kinds.ts'
import type { ItemOf } from '../../../api/index.ts'
import type { ListDescription } from '../../../patterns/index.ts'
import { StatusBadge } from '../../../ui/status-badge.tsx'
import { columnWords, derived, dimensionWords, stateWords } from '../../../ui/status.ts'
import { DateCell, DueCell, LateCell, MoneyCell, WarehouseCell } from './cells.tsx'
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
  warehouseFilter,
} from './shared.tsx'
import { WhyAmount } from './why-amount.tsx'
import { words } from './words.ts'

type Row = ItemOf<'sales-orders'>

const open = (row: Row): boolean => row.state === 'confirmed' && row.fulfilment !== 'full'

/** Why all that is open can no more be taken, in the words of the server: nothing is. */
const shippedAll = (row: Row): string | undefined =>
  row.fulfilment !== 'full'
    ? undefined
    : row.kind === 'sales-order'
      ? 'Nothing is left to deliver.'
      : 'Nothing is left to receive.'
const invoicedAll = (row: Row): string | undefined =>
  row.invoicing === 'full' ? 'Nothing is left to invoice.' : undefined

function describe(kind: OrderKind): ListDescription<Row> {
  const sales = kind === 'sales-order'
  const goods = sales ? 'delivery' : 'receipt'
  const money = sales ? 'invoicing' : 'billing'
  const counts = (row: Row): boolean => row.state === 'confirmed' || row.state === 'closed'
  return {
    ...sharedParts(kind),
    searchHint: sales ? msg`Number, customer, reference` : msg`Number, vendor, reference`,
    amountOf: (row) => ({ amount: row.totals.gross, currency: row.currency }),
    columns: [
      numberColumn(),
      {
        id: 'party',
        label: sales ? words.customer : words.vendor,
        path: 'party.name',
        cell: (row) => row.party.name,
        grow: true,
      },
      {
        id: 'date',
        width: 'date',
        label: words.date,
        sort: 'orderDate',
        path: 'orderDate',
        // Beside three statuses it would leave the names no room at 1280 pixels.
        hidden: true,
        cell: (row) => <DateCell value={row.orderDate} />,
      },
      {
        id: 'expected',
        width: 'due',
        label: sales ? words.promised : words.expected,
        sort: 'expectedDate',
        path: 'expectedDate',
        cell: (row) => <DueCell value={row.expectedDate} open={open(row)} />,
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
      { ...stateColumn(kind), hidden: true },
      {
        id: 'goods',
        width: 'status',
        label: words[goods],
        words: columnWords(goods),
        file: {
          path: 'fulfilment',
          when: { state: ['confirmed'] },
          words: dimensionWords(goods),
          or: [
            {
              path: 'fulfilment',
              when: { state: ['closed'], fulfilment: ['full'] },
              words: dimensionWords(goods),
            },
            { path: 'state', words: stateWords(kind) },
          ],
        },
        cell: (row) =>
          row.state === 'confirmed' || (row.state === 'closed' && row.fulfilment === 'full') ? (
            <StatusBadge dimension={goods} value={row.fulfilment} inColumn />
          ) : (
            <StatusBadge kind={kind} state={row.state} />
          ),
      },
      {
        id: 'money',
        width: 'status',
        label: words[money],
        words: columnWords(money),
        file: { path: 'invoicing', when: { state: ['confirmed', 'closed'] }, words: dimensionWords(money) },
        cell: (row) => counts(row) && <StatusBadge dimension={money} value={row.invoicing} inColumn />,
      },
      {
        id: 'payment',
        width: 'status',
        label: words.payment,
        words: columnWords('payment'),
        file: { path: 'payment', words: dimensionWords('payment') },
        hidden: !sales,
        permission: sales ? 'invoice:read' : 'bill:read',
        cell: (row) =>
          row.payment !== null && <StatusBadge dimension="payment" value={row.payment} inColumn />,
      },
      {
        id: 'late',
        width: 'word',
        label: words.late,
        file: { path: 'daysLate', label: msg`Days late` },
        align: 'right',
        hidden: sales,
        cell: (row) => <LateCell days={row.daysLate} />,
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
      {
        id: 'reference',
        label: words.reference,
        path: 'reference',
        hidden: true,
        cell: (row) => row.reference,
      },
      {
        id: 'warehouse',
        label: words.warehouse,
        hidden: true,
        file: { path: 'warehouseId', as: 'warehouse-name' },
        cell: (row) => <WarehouseCell id={row.warehouseId} />,
      },
      ...(sales
        ? [
            {
              id: 'priority',
              width: 'count',
              label: msg`Priority`,
              align: 'right',
              path: 'priority',
              hidden: true,
              cell: (row: Row) => row.priority,
            } as const,
          ]
        : []),
      {
        id: 'returned',
        width: 'status',
        label: words.returned,
        path: 'returned',
        words: dimensionWords('returned'),
        hidden: true,
        cell: (row) => <StatusBadge dimension="returned" value={row.returned} />,
      },
    ],
    filters: [
      stateFilter(kind, ['draft', 'confirmed', 'closed', 'cancelled']),
      {
        id: 'fulfilment',
        label: words[goods],
        type: 'choice',
        choices: [
          { value: 'open', label: sales ? msg`Not delivered in full` : msg`Not received in full` },
          ...(['none', 'partial', 'full'] as const).map((value) => ({
            value,
            label: derived[goods][value].label,
          })),
        ],
      },
      {
        id: 'invoicing',
        label: words[money],
        type: 'choice',
        choices: [
          { value: 'open', label: sales ? msg`Not invoiced in full` : msg`Not billed in full` },
          ...(['none', 'partial', 'full'] as const).map((value) => ({
            value,
            label: derived[money][value].label,
          })),
        ],
      },
      { id: 'late', label: words.late, type: 'flag' },
      ...(sales ? [{ id: 'waiting', label: derived.delivery.waiting.label, type: 'flag' } as const] : []),
      {
        id: 'partyId',
        label: sales ? words.customer : words.vendor,
        type: 'party',
        role: sales ? 'customer' : 'vendor',
      },
      productFilter,
      warehouseFilter,
      dateFilter,
      totalFilter,
      currencyFilter,
      mineFilter,
    ],
    views: [
      viewAll,
      viewDrafts,
      {
        id: 'to-ship',
        label: derived[goods].none.label,
        query: { fulfilment: 'open', sort: 'expectedDate' },
      },
      { id: 'to-invoice', label: derived[money].none.label, query: { invoicing: 'open' } },
      ...(sales
        ? [
            {
              id: 'waiting',
              label: derived.delivery.waiting.label,
              // With what decides who gets goods first.
              query: {
                waiting: 'true',
                sort: 'allocation',
                columns: 'party,priority,date,expected,total,goods',
              },
            },
          ]
        : []),
      { id: 'late', label: words.late, query: { late: 'true', sort: 'expectedDate' } },
      viewMine,
    ],
    bulk: [
      bulk(kind, 'confirm', msg`Confirm`, permissionFor(kind, 'post')),
      sales
        ? bulk(kind, 'delivery-notes', msg`Deliver`, 'delivery-note:post', 'delivery-note', shippedAll)
        : bulk(
            kind,
            'receipt-notes',
            msg`Receive as expected`,
            'receipt-note:post',
            'receipt-note',
            shippedAll,
          ),
      ...(sales ? [bulk<Row>(kind, 'invoices', msg`Invoice`, 'invoice:post', 'invoice', invoicedAll)] : []),
      ...sendMany(kind),
    ],
    card: (row) => ({
      title: row.number ?? <StatusBadge kind={kind} state={row.state} />,
      badge: counts(row) ? (
        <StatusBadge dimension={goods} value={row.fulfilment} />
      ) : row.number === null ? undefined : (
        <StatusBadge kind={kind} state={row.state} />
      ),
      second: row.party.name,
      left: <DateCell value={row.orderDate} />,
      right: <MoneyCell amount={row.totals.gross} currency={row.currency} />,
    }),
  }
}

export const orderLists: Readonly<Record<OrderKind, ListDescription<Row>>> = {
  'sales-order': describe('sales-order'),
  'purchase-order': describe('purchase-order'),
}
