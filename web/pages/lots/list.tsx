import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import type { ItemOf } from '../../api/index.ts'
import { type ListDescription, ListPage, loaderOf, PageLink } from '../../patterns/index.ts'
import { useToday } from '../../session/index.ts'
import { useFormat } from '../../ui/format.ts'
import classes from './lots.module.css'

type Row = ItemOf<'lots'>

function Expires({ value }: { readonly value: string | null }) {
  const { t } = useLingui()
  const format = useFormat()
  const today = useToday()
  if (value === null) return null
  const date = format.date(value)
  return value < today ? (
    <span data-figure className={classes.late}>
      {t`expired on ${date}`}
    </span>
  ) : (
    <span data-figure>{date}</span>
  )
}

function OnHand({ row }: { readonly row: Row }) {
  const format = useFormat()
  return <span data-figure>{format.number(row.onHand)}</span>
}

function Kind({ row }: { readonly row: Row }) {
  const { t } = useLingui()
  return row.serial ? t`Serial number` : t`Lot`
}

const list: ListDescription<Row> = {
  resource: 'lots',
  title: msg`Lots and serial numbers`,
  idOf: (row) => row.id,
  hrefOf: (row) => `/lots/${row.id}`,
  labelOf: (row) => `${row.number} · ${row.sku}`,
  searchHint: msg`Number, product`,
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
      id: 'kind',
      label: msg`Kind`,
      path: 'serial',
      words: { true: msg`Serial number`, false: msg`Lot` },
      cell: (row) => <Kind row={row} />,
    },
    {
      id: 'product',
      label: msg`Product`,
      grow: true,
      file: [{ path: 'sku', label: msg`Code` }, { path: 'productName' }],
      cell: (row) => (
        <>
          <PageLink href={`/products/${row.productId}`} size="sm">
            {row.sku}
          </PageLink>
          <span className={classes.name}>{row.productName}</span>
        </>
      ),
    },
    {
      id: 'expires',
      width: 'long',
      label: msg`Good until`,
      sort: 'expiresOn',
      path: 'expiresOn',
      cell: (row) => <Expires value={row.expiresOn} />,
    },
    {
      id: 'onHand',
      label: msg`On hand`,
      align: 'right',
      path: 'onHand',
      cell: (row) => <OnHand row={row} />,
    },
    { id: 'notes', label: msg`Notes`, hidden: true, path: 'notes', cell: (row) => row.notes },
  ],
  filters: [
    { id: 'productId', label: msg`Product`, type: 'product' },
    { id: 'warehouseId', label: msg`Warehouse`, type: 'warehouse' },
    { id: 'inStock', label: msg`In stock`, type: 'flag' },
    {
      id: 'serial',
      label: msg`Kind`,
      type: 'choice',
      choices: [
        { value: 'false', label: msg`Lot` },
        { value: 'true', label: msg`Serial number` },
      ],
    },
    { id: 'expires', label: msg`Good until`, type: 'period', from: 'expiresFrom', to: 'expiresTo' },
  ],
  views: [
    { id: 'in-stock', label: msg`In stock`, query: { inStock: 'true' } },
    {
      id: 'expiring',
      label: msg`First to expire`,
      query: { inStock: 'true', serial: 'false', sort: 'expiresOn', expires: '1900-01-01..' },
    },
    { id: 'serial', label: msg`Serial numbers`, query: { serial: 'true' } },
    { id: 'all', label: msg({ message: 'All', context: 'view' }), query: {} },
  ],
  card: (row) => ({
    title: row.number,
    badge: <Kind row={row} />,
    second: `${row.sku} · ${row.productName}`,
    left: <Expires value={row.expiresOn} />,
    right: <OnHand row={row} />,
  }),
  empty: {
    what: msg`No lots or serial numbers yet`,
    none: msg`No lots or serial numbers match`,
    fills: msg`They are made when goods of a product that is told apart by lot or serial number come in.`,
  },
}

export const loader = loaderOf(list)

export default function Lots() {
  return <ListPage list={list} />
}
