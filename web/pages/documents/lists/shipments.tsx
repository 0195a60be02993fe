import { msg } from '@lingui/core/macro'
import {
  type ShipmentKind,
  countedAs,
  describeShipment,
  permissionFor,
  shipmentKinds,
} from '../../../../src/kinds.ts'
import type { ListColumn, ListDescription, ListFilter } from '../../../patterns/index.ts'
import { StatusBadge } from '../../../ui/status-badge.tsx'
import { stateWords } from '../../../ui/status.ts'
import { actionWords } from '../actions/words.ts'
import { DateCell, WarehouseCell, shownState } from './cells.tsx'
import { sendMany } from './send-many.ts'
import {
  bulk,
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
import {
  type Row,
  acceptedColumns,
  dispositionColumn,
  invoicedColumn,
  linesColumn,
  reasonColumn,
  sourceColumn,
  transferColumns,
  valueColumn,
} from './shipment-columns.tsx'
import { words } from './words.ts'

const transferWords = stateWords('stock-transfer')

/** What is on its way is not received, though its transfer is posted. */
const transferStatus: ListColumn<Row> = {
  id: 'state',
  label: words.status,
  width: 'status',
  words: transferWords,
  file: {
    path: 'inTransit',
    when: { inTransit: ['true'] },
    words: { true: transferWords['transit']! },
    or: [{ path: 'state', words: transferWords }],
  },
  cell: (row) => <StatusBadge kind="stock-transfer" state={shownState(row)} />,
}

/** What is on its way and what has arrived are two things, though to the API both are posted. */
const transferFilter: ListFilter = {
  id: 'state',
  label: words.status,
  type: 'choice',
  choices: [
    { value: 'draft', label: transferWords['draft']! },
    { value: 'transit', label: transferWords['transit']!, query: { inTransit: 'true' } },
    { value: 'posted', label: transferWords['posted']!, query: { state: 'posted', inTransit: 'false' } },
    { value: 'reversed', label: transferWords['reversed']! },
  ],
}

function describe(kind: ShipmentKind): ListDescription<Row> {
  const { side } = describeShipment(kind)
  const partyWord = side === 'vendor' ? words.vendor : words.customer
  const counted = countedAs(kind)
  const isReturn = counted === 'returned'
  const invoiced = invoicedColumn(kind)
  return {
    ...sharedParts(kind),
    searchHint: side === null ? msg`Number, reference` : msg`Number, name, reference`,
    columns: [
      numberColumn(),
      ...sourceColumn(kind),
      ...(side === null
        ? []
        : [
            {
              id: 'party',
              label: partyWord,
              grow: true,
              path: 'party.name',
              cell: (row: Row) => row.party?.name,
            },
          ]),
      {
        id: 'date',
        width: 'date',
        label: words.date,
        sort: 'date',
        path: 'date',
        cell: (row) => <DateCell value={row.date} />,
      },
      ...(kind === 'stock-adjustment' || isReturn ? [{ ...reasonColumn, grow: side === null }] : []),
      ...(kind === 'sales-return' ? [dispositionColumn] : []),
      {
        id: 'warehouse',
        label: kind === 'stock-transfer' ? msg`From` : words.warehouse,
        hidden: side !== null,
        file: { path: 'warehouseId', as: 'warehouse-name' },
        cell: (row) => <WarehouseCell id={row.warehouseId} />,
      },
      ...(kind === 'stock-transfer'
        ? [
            {
              id: 'to',
              label: msg`To`,
              file: {
                path: 'toWarehouseId',
                as: 'warehouse-name',
                or: [{ path: 'warehouseId', as: 'warehouse-name' }],
              } as const,
              cell: (row: Row) => <WarehouseCell id={row.toWarehouseId ?? row.warehouseId} />,
            },
            ...transferColumns,
          ]
        : []),
      ...(kind === 'receipt-note' ? acceptedColumns : []),
      { ...linesColumn, hidden: kind !== 'delivery-note' && kind !== 'stock-adjustment' },
      ...(kind === 'stock-adjustment' ? [valueColumn] : []),
      {
        id: 'carrier',
        width: 'word',
        label: words.carrier,
        path: 'carrier',
        hidden: kind !== 'delivery-note',
        cell: (row) => row.carrier,
      },
      {
        id: 'tracking',
        width: 'short',
        label: words.tracking,
        path: 'tracking',
        hidden: kind !== 'delivery-note',
        cell: (row) => row.tracking,
      },
      ...invoiced,
      // Where a column says how far it is invoiced, that one tells of drafts and of what was undone.
      { ...(kind === 'stock-transfer' ? transferStatus : stateColumn(kind)), hidden: invoiced.length > 0 },
      {
        id: 'reference',
        label: words.reference,
        path: 'reference',
        hidden: true,
        cell: (row) => row.reference,
      },
      ...(kind === 'stock-adjustment' || isReturn ? [] : [{ ...reasonColumn, hidden: true }]),
    ],
    filters: [
      kind === 'stock-transfer' ? transferFilter : stateFilter(kind, ['draft', 'posted', 'reversed']),
      ...(side === null ? [] : [{ id: 'partyId', label: partyWord, type: 'party', role: side } as const]),
      productFilter,
      warehouseFilter,
      dateFilter,
      mineFilter,
    ],
    views: [
      viewAll,
      viewDrafts,
      ...(kind === 'stock-transfer'
        ? [
            { id: 'transit', label: transferWords['transit']!, query: { state: 'transit' } },
            { id: 'month', label: msg`This month`, query: { date: 'this-month' } },
          ]
        : [{ id: 'month', label: msg`This month`, query: { date: 'this-month', state: 'posted' } }]),
      viewMine,
    ],
    bulk: [
      bulk(kind, 'post', actionWords(kind, 'post'), permissionFor(kind, 'post')),
      ...(kind === 'delivery-note'
        ? [bulk<Row>(kind, 'invoices', msg`Invoice each`, 'invoice:post', 'invoice')]
        : []),
      ...sendMany(kind),
    ],
    card: (row) => ({
      title: row.number ?? <StatusBadge kind={kind} state={row.state} />,
      badge: row.number === null ? undefined : <StatusBadge kind={kind} state={shownState(row)} />,
      second: row.party?.name ?? (row.reasons.join(', ') || row.reference),
      left: <DateCell value={row.date} />,
      right: <WarehouseCell id={row.warehouseId} />,
    }),
  }
}

export const shipmentLists = Object.fromEntries(
  shipmentKinds.map((kind) => [kind, describe(kind)]),
) as Readonly<Record<ShipmentKind, ListDescription<Row>>>
