import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { type ItemOf, listQuery } from '../../api/index.ts'
import { useBreadcrumbs } from '../../page/index.ts'
import { type ListDescription, ListPage } from '../../patterns/index.ts'
import { useCompany } from '../../session/index.ts'
import { useFormat } from '../../ui/format.ts'

type Row = ItemOf<'exchange-rates'>

function DateCell({ value }: { readonly value: string }) {
  const format = useFormat()
  return <span data-figure>{format.date(value)}</span>
}

function Rate({ row }: { readonly row: Row }) {
  const format = useFormat()
  const company = useCompany()
  return (
    <span data-figure>
      1 {row.currency} = {format.number(row.rate)} {company.currency}
    </span>
  )
}

const rates: ListDescription<Row> = {
  resource: 'exchange-rates',
  title: msg`Exchange rates`,
  searchable: false,
  idOf: (row) => row.id,
  hrefOf: (row) => `/exchange-rates/${row.id}`,
  labelOf: (row) => `${row.currency} ${row.date}`,
  columns: [
    {
      id: 'date',
      width: 'date',
      label: msg`Date`,
      sort: 'date',
      path: 'date',
      cell: (row) => <DateCell value={row.date} />,
    },
    {
      id: 'currency',
      width: 'word',
      label: msg`Currency`,
      sort: 'currency',
      path: 'currency',
      cell: (row) => row.currency,
    },
    {
      id: 'rate',
      width: 'long',
      label: msg`Exchange rate`,
      align: 'right',
      path: 'rate',
      cell: (row) => <Rate row={row} />,
    },
    { id: 'source', label: msg`Source`, grow: true, path: 'source', cell: (row) => row.source },
  ],
  filters: [{ id: 'day', label: msg`Date`, type: 'period', from: 'from', to: 'to' }],
  views: [
    { id: 'all', label: msg({ message: 'All', context: 'view' }), query: {} },
    { id: 'month', label: msg`This month`, query: { day: 'this-month' } },
  ],
  card: (row) => ({
    title: <DateCell value={row.date} />,
    second: <Rate row={row} />,
    left: row.source,
  }),
  empty: {
    what: msg`No exchange rates yet`,
    none: msg`No exchange rates match`,
    fills: msg`A rate says what one unit of a currency was worth on a day. Documents take the last one on or before their date.`,
  },
  create: {
    label: msg`New exchange rate`,
    href: '/exchange-rates/new',
    permission: 'exchange-rates:write',
  },
}

export default function Rates() {
  const { t } = useLingui()
  useBreadcrumbs([{ label: t`Settings`, href: '/settings' }, { label: t`Exchange rates` }])
  const { data } = useQuery(listQuery('currencies'))
  const list = useMemo((): ListDescription<Row> => {
    const choices = (data?.items ?? []).map(({ code }) => ({
      value: code,
      label: { id: code, message: code },
    }))
    return {
      ...rates,
      filters: [{ id: 'currency', label: msg`Currency`, type: 'choice', choices }, ...rates.filters],
    }
  }, [data])
  return <ListPage list={list} />
}
