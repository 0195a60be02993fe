import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import type { ItemOf } from '../../api/index.ts'
import {
  type ListDescription,
  ListPage,
  archiveMany,
  archivedInFile,
  loaderOf,
} from '../../patterns/index.ts'
import { useWarehouseWords } from './words.ts'

type Row = ItemOf<'warehouses'>

function Address({ row }: { readonly row: Row }) {
  const words = useWarehouseWords()
  return words.address(row.address)
}

function BelowZero({ row }: { readonly row: Row }) {
  const { t } = useLingui()
  return row.allowNegative ? t`Allowed` : null
}

function Status({ row }: { readonly row: Row }) {
  const { t } = useLingui()
  return row.archived ? t`Archived` : null
}

const list: ListDescription<Row> = {
  resource: 'warehouses',
  title: msg`Warehouses`,
  idOf: (row) => row.id,
  hrefOf: (row) => `/warehouses/${row.id}`,
  labelOf: (row) => row.name,
  searchHint: msg`Code, name`,
  columns: [
    { id: 'name', label: msg`Name`, sort: 'name', path: 'name', cell: (row) => row.name },
    { id: 'code', width: 'word', label: msg`Code`, sort: 'code', path: 'code', cell: (row) => row.code },
    {
      id: 'address',
      label: msg`Address`,
      grow: true,
      file: { path: 'address', as: 'address' },
      cell: (row) => <Address row={row} />,
    },
    {
      id: 'negative',
      label: msg`Stock below zero`,
      file: { path: 'allowNegative', when: { allowNegative: ['true'] }, words: { true: msg`Allowed` } },
      cell: (row) => <BelowZero row={row} />,
    },
    {
      id: 'status',
      width: 'status',
      label: msg`Status`,
      hidden: true,
      file: archivedInFile,
      cell: (row) => <Status row={row} />,
    },
  ],
  filters: [
    {
      id: 'archived',
      label: msg`Archived`,
      type: 'choice',
      choices: [
        { value: 'true', label: msg`Only archived` },
        { value: 'all', label: msg`Archived too` },
      ],
    },
  ],
  views: [
    { id: 'all', label: msg({ message: 'All', context: 'view' }), query: {} },
    { id: 'archived', label: msg`Archived`, query: { archived: 'true' } },
  ],
  bulk: archiveMany('warehouses', 'warehouses:write'),
  card: (row) => ({ title: row.name, second: <Address row={row} />, left: row.code }),
  empty: {
    what: msg`No warehouses yet`,
    none: msg`No warehouses match`,
    fills: msg`A warehouse is where goods lie: with an address, and with locations such as shelves and a quarantine.`,
  },
  create: { label: msg`New warehouse`, href: '/warehouses/new', permission: 'warehouses:write' },
}

export const loader = loaderOf(list)

export default function Warehouses() {
  return <ListPage list={list} />
}
