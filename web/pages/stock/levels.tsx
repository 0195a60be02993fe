import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { Stack } from '@mantine/core'
import { decimal } from '../../../src/kernel/decimal.ts'
import type { ItemOf } from '../../api/index.ts'
import { type ListDescription, ListPage, loaderOf } from '../../patterns/index.ts'
import { FactList } from '../../patterns/record/index.ts'
import { type StockFigure, StockWhy, stockFigures } from '../../patterns/stock/stock-why.tsx'
import { useCompany } from '../../session/index.ts'
import { useFormat } from '../../ui/format.ts'
import classes from './stock.module.css'

type Row = ItemOf<'stock/levels'>

function Figure({ row, field }: { readonly row: Row; readonly field: StockFigure }) {
  const format = useFormat()
  const { currency } = useCompany()
  const value = row[field]
  const below = decimal(value).lt('0')
  return (
    <StockWhy
      productId={row.productId}
      warehouseId={row.warehouseId}
      field={field}
      name={`${row.sku}, ${row.warehouseName}`}
    >
      <span className={below ? classes.bad : undefined}>
        {field === 'value' ? format.money(value, currency) : format.number(value)}
      </span>
    </StockWhy>
  )
}

function OnCard({ row }: { readonly row: Row }) {
  const format = useFormat()
  return <span data-figure>{format.quantity(row.onHand, row.unit)}</span>
}

function Peek({ row }: { readonly row: Row }) {
  const { t, i18n } = useLingui()
  const format = useFormat()
  const { currency } = useCompany()
  const fields: readonly StockFigure[] = [
    'onHand',
    'reserved',
    'available',
    'incoming',
    'outgoing',
    'forecast',
    'value',
  ]
  return (
    <Stack>
      <FactList
        facts={[
          ...fields.map(
            (field) =>
              [i18n._(stockFigures[field].label), <Figure key={field} row={row} field={field} />] as const,
          ),
          [t`In quarantine`, format.quantity(row.quarantined, row.unit)],
          [
            t`Average cost`,
            row.averageCost === null ? null : format.money(row.averageCost, currency, 'currency'),
          ],
        ]}
      />
    </Stack>
  )
}

function AverageCost({ row }: { readonly row: Row }) {
  const format = useFormat()
  const { currency } = useCompany()
  return row.averageCost === null ? null : <span data-figure>{format.money(row.averageCost, currency)}</span>
}

const figure = (field: StockFigure, more: { readonly sort?: string; readonly hidden?: boolean } = {}) => ({
  id: field,
  label: stockFigures[field].label,
  path: field,
  align: 'right' as const,
  cell: (row: Row) => <Figure row={row} field={field} />,
  ...more,
})

const list: ListDescription<Row> = {
  resource: 'stock/levels',
  grows: false,
  title: msg`Stock levels`,
  idOf: (row) => `${row.productId} ${row.warehouseId}`,
  hrefOf: (row) => `/products/${row.productId}`,
  labelOf: (row) => `${row.sku} · ${row.warehouseName}`,
  searchHint: msg`Code, name, barcode`,
  columns: [
    { id: 'sku', width: 'short', label: msg`Code`, sort: 'sku', path: 'sku', cell: (row) => row.sku },
    { id: 'name', label: msg`Name`, sort: 'name', grow: true, path: 'name', cell: (row) => row.name },
    { id: 'warehouse', label: msg`Warehouse`, path: 'warehouseName', cell: (row) => row.warehouseName },
    figure('onHand', { sort: 'onHand' }),
    figure('reserved'),
    figure('available'),
    figure('incoming'),
    figure('value', { sort: 'value' }),
    figure('outgoing', { hidden: true }),
    figure('forecast', { hidden: true }),
    { id: 'unit', width: 'word', label: msg`Unit`, hidden: true, path: 'unit', cell: (row) => row.unit },
    {
      id: 'averageCost',
      width: 'money',
      label: msg`Average cost`,
      align: 'right',
      hidden: true,
      path: 'averageCost',
      cell: (row) => <AverageCost row={row} />,
    },
  ],
  filters: [
    { id: 'productId', label: msg`Product`, type: 'product' },
    { id: 'warehouseId', label: msg`Warehouse`, type: 'warehouse' },
    { id: 'low', label: msg`Running out`, type: 'flag' },
    { id: 'negative', label: msg`Below zero`, type: 'flag' },
  ],
  views: [
    { id: 'all', label: msg({ message: 'All', context: 'view' }), query: {} },
    { id: 'low', label: msg`Running out`, query: { low: 'true' } },
    { id: 'negative', label: msg`Below zero`, query: { negative: 'true' } },
    { id: 'worth', label: msg`Worth most`, query: { sort: '-value' } },
  ],
  peek: (row) => <Peek row={row} />,
  card: (row) => ({
    title: row.sku,
    second: row.name,
    left: row.warehouseName,
    right: <OnCard row={row} />,
  }),
  empty: {
    what: msg`Nothing in stock yet`,
    none: msg`No stock levels match`,
    fills: msg`A level is one product in one warehouse. A receipt note, or an adjustment as opening stock, makes the first one.`,
  },
}

export const loader = loaderOf(list)

export default function Levels() {
  return <ListPage list={list} />
}
