import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import type { ItemOf } from '../../api/index.ts'
import { type ListDescription, ListPage, loaderOf } from '../../patterns/index.ts'
import { looks, useRuleWords } from './words.ts'

type Row = ItemOf<'rules'>

function State({ row }: { readonly row: Row }) {
  const { t } = useLingui()
  return row.active ? t`On` : t`Off`
}

function When({ row }: { readonly row: Row }) {
  return useRuleWords().when(row)
}

function From({ row }: { readonly row: Row }) {
  const { t } = useLingui()
  return row.recipe === null ? t`made here` : t`a recipe`
}

const list: ListDescription<Row> = {
  resource: 'rules',
  title: msg`Rules`,
  idOf: (row) => row.id,
  hrefOf: (row) => `/rules/${row.id}`,
  labelOf: (row) => row.name,
  // A company has a handful; the API neither searches nor counts them.
  searchable: false,
  countable: false,
  columns: [
    { id: 'name', label: msg`Name`, sort: 'name', path: 'name', grow: true, cell: (row) => row.name },
    {
      id: 'when',
      label: msg`When`,
      file: [
        { path: 'look', words: looks, or: [{ path: 'events' }] },
        { path: 'lookEvery', label: msg`How often`, words: { hour: msg`every hour`, day: msg`every day` } },
      ],
      cell: (row) => <When row={row} />,
    },
    {
      id: 'from',
      label: msg`From`,
      file: {
        path: 'recipe',
        as: 'known',
        words: { true: msg`a recipe` },
        or: [{ path: 'id', as: 'known', words: { true: msg`made here` } }],
      },
      cell: (row) => <From row={row} />,
    },
    {
      id: 'state',
      width: 'status',
      label: msg`Status`,
      path: 'active',
      words: { true: msg`On`, false: msg`Off` },
      cell: (row) => <State row={row} />,
    },
  ],
  filters: [],
  views: [{ id: 'all', label: msg({ message: 'All', context: 'view' }), query: {} }],
  card: (row) => ({ title: row.name, second: <When row={row} />, right: <State row={row} /> }),
  empty: {
    what: msg`No rules yet`,
    none: msg`No rules match`,
    fills: msg`A rule does something by itself: when an order is confirmed and is above an amount, tell the owner. Ready ones are under Recipes.`,
  },
  create: { label: msg`New rule`, href: '/rules/new', permission: 'rules:write' },
}

export const loader = loaderOf(list)

export default function Rules() {
  return <ListPage list={list} />
}
