import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import type { ItemOf } from '../../api/index.ts'
import { type ListDescription, ListPage, loaderOf } from '../../patterns/index.ts'

type Row = ItemOf<'webhooks'>

function State({ row }: { readonly row: Row }) {
  const { t } = useLingui()
  if (row.active) return t`Sends`
  return row.pausedReason === null ? t`Stopped` : t`Stopped by Zapas`
}

const list: ListDescription<Row> = {
  resource: 'webhooks',
  title: msg`Webhooks`,
  idOf: (row) => row.id,
  hrefOf: (row) => `/webhooks/${row.id}`,
  labelOf: (row) => row.name,
  // A company has a handful; the API neither searches nor counts them.
  searchable: false,
  countable: false,
  columns: [
    { id: 'name', label: msg`Name`, sort: 'name', path: 'name', cell: (row) => row.name },
    { id: 'url', label: msg`Address`, grow: true, path: 'url', cell: (row) => row.url },
    { id: 'events', label: msg`Events`, path: 'events', cell: (row) => row.events.join(', ') },
    {
      id: 'state',
      width: 'status',
      label: msg`Status`,
      file: [
        { path: 'active', words: { true: msg`Sends`, false: msg`Stopped` } },
        { path: 'pausedReason', label: msg`Stopped by Zapas` },
      ],
      cell: (row) => <State row={row} />,
    },
  ],
  filters: [],
  views: [{ id: 'all', label: msg({ message: 'All', context: 'view' }), query: {} }],
  card: (row) => ({ title: row.name, second: row.url, right: <State row={row} /> }),
  empty: {
    what: msg`No webhooks yet`,
    none: msg`No webhooks match`,
    fills: msg`A webhook tells another program what happens here: an order confirmed, an invoice paid.`,
  },
  create: { label: msg`New webhook`, href: '/webhooks/new', permission: 'webhooks:write' },
}

export const loader = loaderOf(list)

export default function Webhooks() {
  return <ListPage list={list} />
}
