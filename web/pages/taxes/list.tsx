import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import type { ItemOf } from '../../api/index.ts'
import { useBreadcrumbs } from '../../page/index.ts'
import {
  type ListDescription,
  ListPage,
  archiveMany,
  archivedInFile,
  loaderOf,
} from '../../patterns/index.ts'
import { useFormat } from '../../ui/format.ts'
import { taxCategories } from './categories.ts'

type Row = ItemOf<'taxes'>

function Rate({ row }: { readonly row: Row }) {
  const format = useFormat()
  return <span data-figure>{format.percent(row.rate)}</span>
}

function Category({ row }: { readonly row: Row }) {
  const { i18n } = useLingui()
  return i18n._(taxCategories[row.category])
}

function Status({ row }: { readonly row: Row }) {
  const { t } = useLingui()
  return row.archived ? t`Archived` : null
}

const list: ListDescription<Row> = {
  resource: 'taxes',
  title: msg`Taxes`,
  idOf: (row) => row.id,
  hrefOf: (row) => `/taxes/${row.id}`,
  labelOf: (row) => row.name,
  searchHint: msg`Name`,
  columns: [
    { id: 'name', width: 'moment', label: msg`Name`, sort: 'name', path: 'name', cell: (row) => row.name },
    {
      id: 'rate',
      label: msg`Rate`,
      sort: 'rate',
      align: 'right',
      path: 'rate',
      cell: (row) => <Rate row={row} />,
    },
    {
      id: 'category',
      width: 'long',
      label: msg`Category`,
      path: 'category',
      words: taxCategories,
      cell: (row) => <Category row={row} />,
    },
    {
      id: 'reason',
      grow: true,
      label: msg`Reason of exemption`,
      path: 'exemptionReason',
      cell: (row) => row.exemptionReason,
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
      id: 'category',
      label: msg`Category`,
      type: 'choice',
      choices: Object.entries(taxCategories).map(([value, label]) => ({ value, label })),
    },
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
  bulk: archiveMany('taxes', 'taxes:write'),
  card: (row) => ({ title: row.name, second: <Category row={row} />, right: <Rate row={row} /> }),
  empty: {
    what: msg`No taxes yet`,
    none: msg`No taxes match`,
    fills: msg`A tax has a rate and the category that electronic invoices ask for. Products carry it, documents compute it.`,
  },
  create: { label: msg`New tax`, href: '/taxes/new', permission: 'taxes:write' },
}

export const loader = loaderOf(list)

export default function Taxes() {
  const { t } = useLingui()
  useBreadcrumbs([{ label: t`Settings`, href: '/settings' }, { label: t`Taxes` }])
  return <ListPage list={list} />
}
