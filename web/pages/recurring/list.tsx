import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import type { ItemOf } from '../../api/index.ts'
import { type ListDescription, ListPage, loaderOf } from '../../patterns/index.ts'
import { useFormat } from '../../ui/format.ts'
import { kindNames, kindWords } from '../../ui/kinds.ts'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { labelsOf } from '../../ui/status.ts'
import { makes, scheduleStates, useRhythm } from './words.ts'

type Row = ItemOf<'recurring'>

function Kind({ row }: { readonly row: Row }) {
  const { i18n } = useLingui()
  return i18n._(kindWords[row.kind].one)
}
function Amount({ row }: { readonly row: Row }) {
  const format = useFormat()
  return <span data-figure>{format.money(row.amount, row.currency, 'currency')}</span>
}
function Rhythm({ row }: { readonly row: Row }) {
  return useRhythm()(row)
}
function Next({ row }: { readonly row: Row }) {
  const format = useFormat()
  return row.nextDate === null ? null : <span data-figure>{format.date(row.nextDate)}</span>
}
function Makes({ row }: { readonly row: Row }) {
  const { i18n } = useLingui()
  return i18n._(makes[row.make])
}
const State = ({ row }: { readonly row: Row }) => <StatusBadge status={scheduleStates[row.state]} />

const list: ListDescription<Row> = {
  resource: 'recurring',
  title: msg`Recurring documents`,
  idOf: (row) => row.id,
  hrefOf: (row) => `/recurring/${row.id}`,
  labelOf: (row) => row.name,
  // The API neither searches nor counts them.
  searchable: false,
  countable: false,
  grows: false,
  columns: [
    { id: 'name', label: msg`Name`, sort: 'name', path: 'name', grow: true, cell: (row) => row.name },
    {
      id: 'kind',
      label: msg`What is made`,
      path: 'kind',
      words: kindNames,
      cell: (row) => <Kind row={row} />,
    },
    { id: 'party', label: msg`Customer or vendor`, path: 'party', cell: (row) => row.party },
    {
      id: 'amount',
      width: 'money',
      label: msg`Total`,
      align: 'right',
      file: [{ path: 'amount' }, { path: 'currency', label: msg`Currency` }],
      cell: (row) => <Amount row={row} />,
    },
    {
      id: 'rhythm',
      label: msg`How often`,
      file: [
        { path: 'every', label: msg`Every` },
        {
          path: 'unit',
          label: msg`How often`,
          words: { day: msg`days`, week: msg`weeks`, month: msg`months`, year: msg`years` },
        },
        { path: 'day', label: msg`Day` },
      ],
      cell: (row) => <Rhythm row={row} />,
    },
    {
      id: 'nextDate',
      width: 'due',
      label: msg`Next date`,
      sort: 'nextDate',
      path: 'nextDate',
      cell: (row) => <Next row={row} />,
    },
    { id: 'make', label: msg`As`, path: 'make', words: makes, cell: (row) => <Makes row={row} /> },
    { id: 'problem', label: msg`Problem`, path: 'problem', cell: (row) => row.problem },
    {
      id: 'state',
      width: 'status',
      label: msg`Status`,
      path: 'state',
      words: labelsOf(scheduleStates),
      cell: (row) => <State row={row} />,
    },
  ],
  filters: [
    {
      id: 'state',
      label: msg`Status`,
      type: 'choice',
      choices: Object.entries(scheduleStates).map(([value, { label }]) => ({ value, label })),
    },
    {
      id: 'kind',
      label: msg`What is made`,
      type: 'choice',
      choices: (['invoice', 'sales-order', 'purchase-order'] as const).map((value) => ({
        value,
        label: kindWords[value].one,
      })),
    },
  ],
  views: [
    { id: 'active', label: msg({ message: 'Active', context: 'view' }), query: { state: 'active' } },
    { id: 'paused', label: msg({ message: 'Paused', context: 'view' }), query: { state: 'paused' } },
    { id: 'all', label: msg({ message: 'All', context: 'view' }), query: {} },
  ],
  card: (row) => ({
    title: row.name,
    badge: <State row={row} />,
    second: <Rhythm row={row} />,
    left: <Next row={row} />,
    right: <Amount row={row} />,
  }),
  empty: {
    what: msg`Nothing is repeated yet`,
    none: msg`No recurring documents match`,
    fills: msg`Open an invoice, a sales order or a purchase order and choose “Repeat…”: it is made again on the dates that you set.`,
  },
}

export const loader = loaderOf(list)

export default function Recurring() {
  return <ListPage list={list} />
}
