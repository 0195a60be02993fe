import { msg } from '@lingui/core/macro'
import { Plural, useLingui } from '@lingui/react/macro'
import type { ItemOf } from '../../api/index.ts'
import { type ListDescription, ListPage, loaderOf } from '../../patterns/index.ts'
import { useFormat } from '../../ui/format.ts'
import { countWords } from '../../ui/kinds.ts'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { labelsOf } from '../../ui/status.ts'
import { countStates, useScope } from './words.ts'

type Row = ItemOf<'stock-counts'>

const State = ({ row }: { readonly row: Row }) => <StatusBadge status={countStates[row.state]} />

function Day({ row }: { readonly row: Row }) {
  const format = useFormat()
  return <span data-figure>{format.date(row.date)}</span>
}

function Scope({ row }: { readonly row: Row }) {
  return useScope()(row)
}

function Progress({ row }: { readonly row: Row }) {
  const { t } = useLingui()
  const { countedCount, lineCount } = row
  return <span data-figure>{t`${countedCount} of ${lineCount}`}</span>
}

function Differing({ row }: { readonly row: Row }) {
  if (row.differenceCount === null) return null
  return (
    <span data-figure>
      <Plural value={row.differenceCount} one="# line" other="# lines" />
    </span>
  )
}

const list: ListDescription<Row> = {
  resource: 'stock-counts',
  title: countWords.many,
  idOf: (row) => row.id,
  hrefOf: (row) => `/stock-counts/${row.id}`,
  labelOf: (row) => row.number,
  searchHint: msg`Number, who counts`,
  columns: [
    {
      id: 'number',
      width: 'code',
      label: msg`Number`,
      sort: 'number',
      path: 'number',
      cell: (row) => row.number,
    },
    {
      id: 'date',
      width: 'date',
      label: msg`Date`,
      sort: 'date',
      path: 'date',
      cell: (row) => <Day row={row} />,
    },
    { id: 'warehouse', label: msg`Warehouse`, path: 'warehouseName', cell: (row) => row.warehouseName },
    {
      id: 'scope',
      label: msg`What is counted`,
      grow: true,
      file: [
        { path: 'location', label: msg`Location` },
        { path: 'category', label: msg`Category` },
        { path: 'abc', label: msg`Class` },
      ],
      cell: (row) => <Scope row={row} />,
    },
    { id: 'counter', label: msg`Who counts`, path: 'counter', cell: (row) => row.counter },
    {
      id: 'progress',
      label: msg`Counted`,
      align: 'right',
      file: [
        { path: 'countedCount', label: msg`Lines counted` },
        { path: 'lineCount', label: msg`Lines` },
      ],
      cell: (row) => <Progress row={row} />,
    },
    {
      id: 'differing',
      label: msg`Differ`,
      align: 'right',
      path: 'differenceCount',
      cell: (row) => <Differing row={row} />,
    },
    {
      id: 'state',
      width: 'status',
      label: msg`Status`,
      path: 'state',
      words: labelsOf(countStates),
      cell: (row) => <State row={row} />,
    },
    {
      id: 'adjustment',
      label: msg`Adjustment`,
      hidden: true,
      path: 'adjustment',
      cell: (row) => row.adjustment,
    },
  ],
  filters: [
    {
      id: 'state',
      label: msg`Status`,
      type: 'choice',
      choices: [
        { value: 'open', label: msg`Counting or to approve` },
        ...Object.entries(countStates).map(([value, { label }]) => ({ value, label })),
      ],
    },
    { id: 'warehouseId', label: msg`Warehouse`, type: 'warehouse' },
    { id: 'productId', label: msg`Product`, type: 'product' },
    { id: 'date', label: msg`Date`, type: 'period', from: 'from', to: 'to' },
  ],
  views: [
    { id: 'open', label: msg({ message: 'Open', context: 'counts' }), query: { state: 'open' } },
    { id: 'to-approve', label: msg`To approve`, query: { state: 'to-approve' } },
    { id: 'all', label: msg({ message: 'All', context: 'view' }), query: {} },
  ],
  card: (row) => ({
    title: row.number,
    badge: <State row={row} />,
    second: <Scope row={row} />,
    left: <Day row={row} />,
    right: <Progress row={row} />,
  }),
  empty: {
    what: msg`No stock counts yet`,
    none: msg`No stock counts match`,
    fills: msg`A count is a sheet of what lies where. Fill it in while you sell on; what differs becomes one adjustment.`,
  },
  create: { label: msg`New stock count`, href: '/stock-counts/new', permission: 'stock-adjustment:write' },
}

export const loader = loaderOf(list)

export default function Counts() {
  return <ListPage list={list} />
}
