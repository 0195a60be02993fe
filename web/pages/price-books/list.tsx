import { msg } from '@lingui/core/macro'
import { Plural, useLingui } from '@lingui/react/macro'
import type { ItemOf } from '../../api/index.ts'
import {
  type ListDescription,
  ListPage,
  archiveMany,
  archivedInFile,
  loaderOf,
} from '../../patterns/index.ts'
import { Valid } from './valid.tsx'
import classes from './price-books.module.css'

type Row = ItemOf<'price-books'>

function ForWhom({ row }: { readonly row: Row }) {
  const { t } = useLingui()
  const parties = row.partyIds.length
  if (parties === 0 && row.priceGroups.length === 0) return t`Everybody`
  return (
    <>
      {row.priceGroups.join(', ')}
      {parties > 0 && row.priceGroups.length > 0 && ' · '}
      {parties > 0 && <Plural value={parties} one="# party" other="# parties" />}
    </>
  )
}

function Side({ row }: { readonly row: Row }) {
  const { t } = useLingui()
  return row.side === 'sales' ? t`Sales` : t`Purchases`
}

function Status({ row }: { readonly row: Row }) {
  const { t } = useLingui()
  return row.archived ? <span className={classes.tag}>{t`Archived`}</span> : null
}

const list: ListDescription<Row> = {
  resource: 'price-books',
  title: msg`Price books`,
  idOf: (row) => row.id,
  hrefOf: (row) => `/price-books/${row.id}`,
  labelOf: (row) => row.name,
  searchHint: msg`Name`,
  columns: [
    { id: 'name', label: msg`Name`, sort: 'name', grow: true, path: 'name', cell: (row) => row.name },
    {
      id: 'side',
      label: msg`Side`,
      path: 'side',
      words: { sales: msg`Sales`, purchase: msg`Purchases` },
      cell: (row) => <Side row={row} />,
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
      id: 'valid',
      width: 'long',
      label: msg`Valid`,
      sort: 'validFrom',
      file: [
        { path: 'validFrom', label: msg`Valid from` },
        { path: 'validTo', label: msg`Valid until` },
      ],
      cell: (row) => <Valid from={row.validFrom} to={row.validTo} />,
    },
    {
      id: 'for',
      label: msg`For whom`,
      file: [
        {
          path: 'partyIds',
          as: 'count',
          when: { partyIds: [''], priceGroups: [''] },
          words: { 0: msg`Everybody` },
          or: [{ path: 'priceGroups' }],
        },
        { path: 'partyIds', as: 'count', label: msg`Parties` },
      ],
      cell: (row) => <ForWhom row={row} />,
    },
    {
      id: 'products',
      label: msg`Products`,
      align: 'right',
      path: 'productCount',
      cell: (row) => row.productCount,
    },
    {
      id: 'entries',
      label: msg`Prices`,
      align: 'right',
      hidden: true,
      path: 'entryCount',
      cell: (row) => row.entryCount,
    },
    {
      id: 'priority',
      label: msg`Priority`,
      sort: 'priority',
      align: 'right',
      path: 'priority',
      cell: (row) => row.priority,
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
      id: 'side',
      label: msg`Side`,
      type: 'choice',
      choices: [
        { value: 'sales', label: msg`Sales` },
        { value: 'purchase', label: msg`Purchases` },
      ],
    },
    { id: 'productId', label: msg`Product`, type: 'product' },
    { id: 'partyId', label: msg`Names this party`, type: 'party' },
    { id: 'currency', label: msg`Currency`, type: 'text' },
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
    { id: 'sales', label: msg`Sales`, query: { side: 'sales' } },
    { id: 'purchase', label: msg`Purchases`, query: { side: 'purchase' } },
    { id: 'archived', label: msg`Archived`, query: { archived: 'true' } },
  ],
  bulk: archiveMany('price-books', 'price-books:write'),
  card: (row) => ({
    title: row.name,
    badge: <Status row={row} />,
    second: <ForWhom row={row} />,
    left: <Valid from={row.validFrom} to={row.validTo} />,
    right: row.currency,
  }),
  empty: {
    what: msg`No price books yet`,
    none: msg`No price books match`,
    fills: msg`A price book holds prices for everybody, a group or single parties, with quantity breaks and a span of validity.`,
  },
  create: { label: msg`New price book`, href: '/price-books/new', permission: 'price-books:write' },
}

export const loader = loaderOf(list)

export default function PriceBooks() {
  return <ListPage list={list} />
}
