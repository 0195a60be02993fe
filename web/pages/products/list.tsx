import { msg } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { Suspense, lazy } from 'react'
import { Skeleton } from '@mantine/core'
import { decimal } from '../../../src/kernel/decimal.ts'
import type { ItemOf } from '../../api/index.ts'
import {
  type ListDescription,
  ListPage,
  WhyCell,
  archiveMany,
  archivedInFile,
  loaderOf,
} from '../../patterns/index.ts'
import { useCompany } from '../../session/index.ts'
import { useFormat } from '../../ui/format.ts'
import classes from './products.module.css'

const ProductPeek = lazy(() => import('./peek.tsx'))
/** Comes once a figure is asked why. */
const WhyStock = lazy(() => import('./why-stock.tsx'))
/** Few who look at the list print labels. */
const LabelsDialog = lazy(() => import('./labels-dialog.tsx'))

type Row = ItemOf<'stock/products'>

type Figure = 'onHand' | 'reserved' | 'available' | 'incoming' | 'forecast'

/** Of all warehouses; a service has none. */
function Stock({ row, field }: { readonly row: Row; readonly field: Figure }) {
  const format = useFormat()
  const value = row[field]
  if (value === null) return <span className={classes.quiet}>–</span>
  const figure = decimal(value)
  // Nothing of it is a warning only where something should be free.
  const low = field === 'available' && figure.lte('0')
  return (
    <WhyCell name={row.sku} because={<WhyStock product={row} field={field} />}>
      <span
        data-figure
        className={
          figure.lt('0') ? classes.bad : low ? classes.warn : figure.eq('0') ? classes.quiet : undefined
        }
      >
        {format.number(value)}
      </span>
    </WhyCell>
  )
}

function Price({ value }: { readonly value: string | null }) {
  const format = useFormat()
  const company = useCompany()
  return value === null ? null : <span data-figure>{format.money(value, company.currency)}</span>
}

function Available({ row }: { readonly row: Row }) {
  const format = useFormat()
  if (row.available === null) return <Trans>Service</Trans>
  const figure = format.quantity(row.available, row.unit)
  return <Trans>{figure} available</Trans>
}

function Status({ row }: { readonly row: Row }) {
  const { t } = useLingui()
  if (row.archived) return <span className={classes.tag}>{t`Archived`}</span>
  if (row.type === 'service') return <span className={classes.quiet}>{t`Service`}</span>
  return null
}

const list: ListDescription<Row> = {
  resource: 'stock/products',
  id: 'products',
  title: msg`Products`,
  idOf: (row) => row.id,
  hrefOf: (row) => `/products/${row.id}`,
  labelOf: (row) => `${row.sku} · ${row.name}`,
  searchHint: msg`Code, name, barcode`,
  columns: [
    { id: 'sku', width: 'short', label: msg`Code`, sort: 'sku', path: 'sku', cell: (row) => row.sku },
    { id: 'name', label: msg`Name`, sort: 'name', grow: true, path: 'name', cell: (row) => row.name },
    {
      id: 'category',
      label: msg`Category`,
      sort: 'category',
      hidden: true,
      path: 'category',
      cell: (row) => row.category,
    },
    {
      id: 'onHand',
      label: msg`On hand`,
      align: 'right',
      path: 'onHand',
      cell: (row) => <Stock row={row} field="onHand" />,
    },
    {
      id: 'reserved',
      label: msg`Reserved`,
      align: 'right',
      path: 'reserved',
      cell: (row) => <Stock row={row} field="reserved" />,
    },
    {
      id: 'available',
      label: msg`Available`,
      align: 'right',
      path: 'available',
      cell: (row) => <Stock row={row} field="available" />,
    },
    {
      id: 'incoming',
      label: msg`Incoming`,
      align: 'right',
      path: 'incoming',
      cell: (row) => <Stock row={row} field="incoming" />,
    },
    {
      id: 'forecast',
      label: msg`Forecast`,
      align: 'right',
      hidden: true,
      path: 'forecast',
      cell: (row) => <Stock row={row} field="forecast" />,
    },
    { id: 'unit', width: 'word', label: msg`Unit`, hidden: true, path: 'unit', cell: (row) => row.unit },
    {
      id: 'price',
      width: 'money',
      label: msg`Sales price`,
      sort: 'salesPrice',
      align: 'right',
      path: 'salesPrice',
      cell: (row) => <Price value={row.salesPrice} />,
    },
    {
      id: 'status',
      width: 'word',
      label: msg`Status`,
      file: {
        ...archivedInFile,
        or: [{ path: 'type', when: { type: ['service'] }, words: { service: msg`Service` } }],
      },
      cell: (row) => <Status row={row} />,
    },
    {
      id: 'barcode',
      width: 'code',
      label: msg`Barcode`,
      hidden: true,
      path: 'barcode',
      cell: (row) => row.barcode,
    },
  ],
  filters: [
    { id: 'low', label: msg`Running out`, type: 'flag' },
    { id: 'negative', label: msg`Below zero`, type: 'flag' },
    { id: 'noBarcode', label: msg`Without a barcode`, type: 'flag' },
    {
      id: 'type',
      label: msg`Type`,
      type: 'choice',
      choices: [
        { value: 'stocked', label: msg`Goods` },
        { value: 'service', label: msg`Service` },
      ],
    },
    {
      id: 'tracking',
      label: msg`Lots and serial numbers`,
      type: 'choice',
      choices: [
        { value: 'none', label: msg`Not told apart` },
        { value: 'lot', label: msg`By lot` },
        { value: 'serial', label: msg`By serial number` },
      ],
    },
    { id: 'vendorId', label: msg`Vendor`, type: 'party', role: 'vendor' },
    { id: 'category', label: msg`Category`, type: 'text' },
    { id: 'unit', label: msg`Unit`, type: 'text' },
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
    { id: 'low', label: msg`Running out`, query: { low: 'true' } },
    { id: 'negative', label: msg`Below zero`, query: { negative: 'true' } },
    { id: 'no-barcode', label: msg`Without a barcode`, query: { noBarcode: 'true', type: 'stocked' } },
    { id: 'archived', label: msg`Archived`, query: { archived: 'true' } },
  ],
  peek: (row) => (
    <Suspense fallback={<Skeleton height={120} />}>
      <ProductPeek id={row.id} />
    </Suspense>
  ),
  card: (row) => ({
    title: row.sku,
    badge: <Status row={row} />,
    second: row.name,
    left: <Available row={row} />,
    right: <Price value={row.salesPrice} />,
  }),
  bulk: archiveMany('products', 'products:write'),
  together: [{ id: 'labels', label: msg`Print labels`, permission: 'products:read', dialog: LabelsDialog }],
  empty: {
    what: msg`No products yet`,
    none: msg`No products match`,
    fills: msg`A product is what you buy, keep and sell. Goods are counted in warehouses, services are not.`,
  },
  create: { label: msg`New product`, href: '/products/new', permission: 'products:write' },
}

export const loader = loaderOf(list)

export default function Products() {
  return <ListPage list={list} />
}
