import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { decimal } from '../../../src/kernel/decimal.ts'
import type { AnyKind } from '../../../src/kinds.ts'
import { type ItemOf, listQuery } from '../../api/index.ts'
import { type ListDescription, ListPage, loaderOf, PageLink, documentHref } from '../../patterns/index.ts'
import { useCompany } from '../../session/index.ts'
import { useFormat } from '../../ui/format.ts'
import { kindNames, kindWords } from '../../ui/kinds.ts'
import { OpeningAndClosing } from './opening-closing.tsx'
import classes from './stock.module.css'

type Row = ItemOf<'stock/moves'>

function DateCell({ value }: { readonly value: string }) {
  const format = useFormat()
  return <span data-figure>{format.date(value)}</span>
}

function Quantity({ value, unit }: { readonly value: string; readonly unit?: string }) {
  const format = useFormat()
  return <span data-figure>{unit === undefined ? format.number(value) : format.quantity(value, unit)}</span>
}

function Money({ value }: { readonly value: string }) {
  const format = useFormat()
  const { currency } = useCompany()
  return <span data-figure>{format.money(value, currency)}</span>
}

/** Signed once one asks about one warehouse, bare otherwise. */
function Change({ row }: { readonly row: Row }) {
  const format = useFormat()
  if (row.onHandChange === null) return <Quantity value={row.quantity} />
  const change = decimal(row.onHandChange)
  return (
    <span data-figure className={change.lt('0') ? classes.bad : undefined}>
      {change.gt('0') ? '+' : ''}
      {format.number(row.onHandChange)}
    </span>
  )
}

/** Places that every company has, as they are called when it is made. */
const places: Readonly<Record<string, MessageDescriptor>> = {
  Stock: msg({ message: 'Stock', context: 'place' }),
  Quarantine: msg`Quarantine`,
  Suppliers: msg`Suppliers`,
  Customers: msg`Customers`,
  Adjustments: msg({ message: 'Adjustments', context: 'place' }),
  Scrap: msg`Scrap`,
  'In transit': msg`In transit`,
}

/** The name of a place, in the language shown where it is one of those that every company has. */
function usePlaceName(): (name: string) => string {
  const { i18n } = useLingui()
  return (name) => (Object.hasOwn(places, name) ? i18n._(places[name]!) : name)
}

function Way({ row }: { readonly row: Row }) {
  const nameOf = usePlaceName()
  return `${nameOf(row.fromName)} → ${nameOf(row.toName)}`
}

function Place({ warehouseId, name }: { readonly warehouseId: string | null; readonly name: string }) {
  const { data } = useQuery({
    ...listQuery('warehouses', { limit: 200, archived: 'all' }),
    enabled: warehouseId !== null,
    staleTime: 300_000,
  })
  const place = usePlaceName()(name)
  if (warehouseId === null) return <span className={classes.quiet}>{place}</span>
  const warehouse = data?.items.find(({ id }) => id === warehouseId)?.code ?? '…'
  return `${warehouse} · ${place}`
}

function Document({ row }: { readonly row: Row }) {
  const { i18n } = useLingui()
  const kind = row.documentKind as AnyKind
  return row.documentNumber ?? i18n._(kindWords[kind].one)
}

function KindOf({ row }: { readonly row: Row }) {
  const { i18n, t } = useLingui()
  const word = i18n._(kindWords[row.documentKind as AnyKind].one)
  return row.reversesId === null ? word : t`${word}, reversal`
}

const list: ListDescription<Row> = {
  resource: 'stock/moves',
  title: msg`Stock ledger`,
  countable: false,
  searchable: false,
  idOf: (row) => row.id,
  hrefOf: (row) => documentHref(row.documentKind as AnyKind, row.documentId),
  labelOf: (row) => `${row.documentNumber ?? ''} ${row.sku} ${row.quantity}`,
  columns: [
    {
      id: 'document',
      width: 'code',
      label: msg`Document`,
      file: { path: 'documentNumber', or: [{ path: 'documentKind', words: kindNames }] },
      cell: (row) => <Document row={row} />,
    },
    {
      id: 'date',
      width: 'date',
      label: msg`Date`,
      path: 'date',
      cell: (row) => <DateCell value={row.date} />,
    },
    {
      id: 'product',
      label: msg`Product`,
      grow: true,
      file: [{ path: 'sku', label: msg`Code` }, { path: 'name' }],
      cell: (row) => (
        <>
          <PageLink href={`/products/${row.productId}`} size="sm">
            {row.sku}
          </PageLink>
          <span className={classes.name}>{row.name}</span>
        </>
      ),
    },
    {
      id: 'from',
      width: 'short',
      label: msg`From`,
      file: [
        { path: 'fromWarehouseId', as: 'warehouse-code' },
        { path: 'fromName', label: msg`From location` },
      ],
      cell: (row) => <Place warehouseId={row.fromWarehouseId} name={row.fromName} />,
    },
    {
      id: 'to',
      width: 'short',
      label: msg`To`,
      file: [
        { path: 'toWarehouseId', as: 'warehouse-code' },
        { path: 'toName', label: msg`To location` },
      ],
      cell: (row) => <Place warehouseId={row.toWarehouseId} name={row.toName} />,
    },
    {
      id: 'lot',
      label: msg`Lot or serial number`,
      path: 'lotNumber',
      cell: (row) => row.lotNumber,
    },
    {
      id: 'quantity',
      label: msg`Quantity`,
      align: 'right',
      file: { path: 'onHandChange', or: [{ path: 'quantity' }] },
      cell: (row) => <Change row={row} />,
    },
    {
      id: 'unitValue',
      width: 'money',
      label: msg`Unit value`,
      align: 'right',
      path: 'unitValue',
      cell: (row) => <Money value={row.unitValue} />,
    },
    {
      id: 'balance',
      label: msg`Balance after`,
      align: 'right',
      path: 'balanceAfter',
      cell: (row) => row.balanceAfter !== null && <Quantity value={row.balanceAfter} />,
    },
    {
      id: 'value',
      width: 'money',
      label: msg`Value`,
      align: 'right',
      hidden: true,
      path: 'value',
      cell: (row) => <Money value={row.value} />,
    },
    {
      id: 'kind',
      width: 'long',
      label: msg`Kind`,
      hidden: true,
      file: [
        { path: 'documentKind', words: kindNames },
        { path: 'reversesId', as: 'known', words: { true: msg`Yes` }, label: msg`Reversal` },
      ],
      cell: (row) => <KindOf row={row} />,
    },
    { id: 'unit', width: 'word', label: msg`Unit`, hidden: true, path: 'unit', cell: (row) => row.unit },
  ],
  filters: [
    { id: 'productId', label: msg`Product`, type: 'product' },
    { id: 'warehouseId', label: msg`Warehouse`, type: 'warehouse' },
    { id: 'date', label: msg`Date`, type: 'period', from: 'from', to: 'to' },
    { id: 'lotNumber', label: msg`Lot or serial number`, type: 'text' },
    { id: 'documentNumber', label: msg`Document number`, type: 'text' },
  ],
  views: [
    { id: 'all', label: msg({ message: 'All', context: 'view' }), query: {} },
    { id: 'today', label: msg`Today`, query: { date: 'today' } },
    { id: 'month', label: msg`This month`, query: { date: 'this-month' } },
  ],
  card: (row) => ({
    title: <Document row={row} />,
    badge: <Quantity value={row.onHandChange ?? row.quantity} unit={row.unit} />,
    second: `${row.sku} · ${row.name}`,
    left: <DateCell value={row.date} />,
    right: <Way row={row} />,
  }),
  empty: {
    what: msg`Nothing has moved yet`,
    none: msg`No movements match`,
    fills: msg`The ledger has a row for each movement of goods, and no row is ever changed. Deliveries, receipts, transfers and adjustments write it.`,
  },
}

export const loader = loaderOf(list)

export default function Moves() {
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false })
  const productId = search['productId']
  const warehouseId = search['warehouseId']
  const date = search['date']
  const one = typeof productId === 'string' && typeof warehouseId === 'string'
  return (
    <>
      <ListPage list={list} />
      {one && (
        <OpeningAndClosing
          productId={productId}
          warehouseId={warehouseId}
          date={typeof date === 'string' ? date : ''}
        />
      )}
    </>
  )
}
