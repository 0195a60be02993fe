import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import type { ItemOf } from '../../api/index.ts'
import { useBreadcrumbs } from '../../page/index.ts'
import { type ListDescription, ListPage, loaderOf } from '../../patterns/index.ts'
import { useCompany } from '../../session/index.ts'
import { useFormat } from '../../ui/format.ts'

type Row = ItemOf<'currencies'>

function Offered({ row }: { readonly row: Row }) {
  const { t } = useLingui()
  const company = useCompany()
  if (row.code === company.currency) return t`Currency of the company`
  return row.active ? t`Offered` : t`Not offered`
}

function Coin({ row }: { readonly row: Row }) {
  const format = useFormat()
  return row.cashRounding === null ? null : <span data-figure>{format.number(row.cashRounding)}</span>
}

const list: ListDescription<Row> = {
  resource: 'currencies',
  grows: false,
  title: msg`Currencies`,
  idOf: (row) => row.code,
  hrefOf: (row) => `/currencies/${row.code}`,
  labelOf: (row) => row.code,
  searchHint: msg`Code, name`,
  columns: [
    { id: 'code', width: 'word', label: msg`Code`, path: 'code', cell: (row) => row.code },
    { id: 'name', label: msg`Name`, grow: true, path: 'name', cell: (row) => row.name },
    {
      id: 'digits',
      label: msg`Decimals`,
      align: 'right',
      path: 'minorDigits',
      cell: (row) => row.minorDigits,
    },
    {
      id: 'coin',
      label: msg`Smallest coin`,
      align: 'right',
      path: 'cashRounding',
      cell: (row) => <Coin row={row} />,
    },
    {
      id: 'active',
      label: msg`Status`,
      path: 'active',
      words: { true: msg`Offered`, false: msg`Not offered` },
      cell: (row) => <Offered row={row} />,
    },
  ],
  filters: [
    {
      id: 'active',
      label: msg`Status`,
      type: 'choice',
      choices: [
        { value: 'true', label: msg`Offered` },
        { value: 'false', label: msg`Not offered` },
      ],
    },
  ],
  views: [
    { id: 'offered', label: msg`Offered`, query: { active: 'true' } },
    { id: 'all', label: msg({ message: 'All', context: 'view' }), query: {} },
  ],
  card: (row) => ({ title: row.code, second: row.name, left: <Offered row={row} /> }),
  empty: {
    what: msg`No currencies yet`,
    none: msg`No currencies match`,
    fills: msg`A currency is needed for prices, invoices and payments that are not in the company's own.`,
  },
  create: { label: msg`New currency`, href: '/currencies/new', permission: 'currencies:write' },
}

export const loader = loaderOf(list)

export default function Currencies() {
  const { t } = useLingui()
  useBreadcrumbs([{ label: t`Settings`, href: '/settings' }, { label: t`Currencies` }])
  return <ListPage list={list} />
}
