import { msg } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { ItemOf } from '../../api/index.ts'
import { type ListDescription, ListPage, loaderOf } from '../../patterns/index.ts'
import { useFormat } from '../../ui/format.ts'

type Row = ItemOf<'reorder-levels'>

function Figure({ row, field }: { readonly row: Row; readonly field: 'minimum' | 'maximum' | 'packSize' }) {
  const format = useFormat()
  return <span data-figure>{format.quantity(row[field], row.unit)}</span>
}

function Range({ row }: { readonly row: Row }) {
  const format = useFormat()
  const maximum = format.quantity(row.maximum, row.unit)
  return (
    <span data-figure>
      {format.number(row.minimum)} – {maximum}
    </span>
  )
}

const list: ListDescription<Row> = {
  resource: 'reorder-levels',
  title: msg`Reorder levels`,
  idOf: (row) => row.id,
  hrefOf: (row) => `/reorder-levels/${row.id}`,
  labelOf: (row) => `${row.sku} · ${row.warehouseName}`,
  searchHint: msg`Code, name, barcode`,
  columns: [
    { id: 'sku', width: 'short', label: msg`Code`, sort: 'sku', path: 'sku', cell: (row) => row.sku },
    { id: 'name', label: msg`Name`, sort: 'name', grow: true, path: 'name', cell: (row) => row.name },
    {
      id: 'warehouse',
      label: msg`Warehouse`,
      sort: 'warehouse',
      path: 'warehouseName',
      cell: (row) => row.warehouseName,
    },
    {
      id: 'minimum',
      label: msg`Minimum`,
      align: 'right',
      path: 'minimum',
      cell: (row) => <Figure row={row} field="minimum" />,
    },
    {
      id: 'maximum',
      label: msg`Maximum`,
      align: 'right',
      path: 'maximum',
      cell: (row) => <Figure row={row} field="maximum" />,
    },
    {
      id: 'packSize',
      label: msg`Pack`,
      align: 'right',
      path: 'packSize',
      cell: (row) => <Figure row={row} field="packSize" />,
    },
    {
      id: 'leadTimeDays',
      label: msg`Days to deliver`,
      align: 'right',
      width: 'word',
      file: { path: 'leadTimeDays', or: [{ path: 'id', as: 'known', words: { true: msg`as the vendor` } }] },
      cell: (row) => row.leadTimeDays ?? <Trans>as the vendor</Trans>,
    },
    {
      id: 'vendor',
      label: msg`Vendor`,
      file: { path: 'vendorName', or: [{ path: 'id', as: 'known', words: { true: msg`the product’s` } }] },
      cell: (row) => row.vendorName ?? <Trans>the product’s</Trans>,
    },
  ],
  filters: [
    { id: 'productId', label: msg`Product`, type: 'product' },
    { id: 'warehouseId', label: msg`Warehouse`, type: 'warehouse' },
    { id: 'vendorId', label: msg`Vendor`, type: 'party', role: 'vendor' },
  ],
  views: [{ id: 'all', label: msg({ message: 'All', context: 'view' }), query: {} }],
  card: (row) => ({
    title: row.sku,
    second: row.name,
    left: row.warehouseName,
    right: <Range row={row} />,
  }),
  empty: {
    what: msg`No reorder levels yet`,
    none: msg`No reorder levels match`,
    fills: msg`A level says below which quantity a product is bought again for a warehouse, and up to which. What should be bought now then stands under Reorder.`,
  },
  create: { label: msg`New reorder level`, href: '/reorder-levels/new', permission: 'products:write' },
}

export const loader = loaderOf(list)

export default function ReorderLevels() {
  return <ListPage list={list} />
}
