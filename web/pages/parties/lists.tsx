import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { lazy } from 'react'
import { decimal, sum } from '../../../src/kernel/decimal.ts'
import { type Ageing, type ItemOf, ageingQuery } from '../../api/index.ts'
import { type ListDescription, WhyCell, archiveMany } from '../../patterns/index.ts'
import { useCompany, usePermissions } from '../../session/index.ts'
import { useFormat } from '../../ui/format.ts'
import classes from './parties.module.css'

/** Comes once a balance is asked why. */
const WhyBalance = lazy(() => import('./why-balance.tsx'))

type Row = ItemOf<'parties'>
type Role = 'customer' | 'vendor'

/** What one party owes or is owed, per currency; from the report of all, or asked alone where that was cut. */
function useOpen(
  role: Role,
  id: string,
): { readonly rows: readonly Ageing['items'][number][]; readonly asOf: string } | null {
  const { may } = usePermissions()
  const side = role === 'customer' ? 'receivables' : 'payables'
  const allowed = may(role === 'customer' ? 'invoice:read' : 'bill:read')
  const all = useQuery({ ...ageingQuery(side), enabled: allowed })
  const cut = all.data !== undefined && all.data.items.length < all.data.totals.rows
  const found = all.data?.items.filter(({ partyId }) => partyId === id) ?? []
  const alone = useQuery({ ...ageingQuery(side, id), enabled: cut && found.length === 0 })
  if (!allowed || all.data === undefined) return null
  const { asOf } = all.data
  if (!cut || found.length > 0) return { rows: found, asOf }
  return alone.data === undefined ? null : { rows: alone.data.items, asOf }
}

interface MoneyProps {
  readonly role: Role
  readonly id: string
  /** Of the party; left out: the figure is not asked why. */
  readonly name?: string
  readonly overdue?: boolean
}

function OpenMoney({ role, id, name, overdue = false }: MoneyProps) {
  const format = useFormat()
  const company = useCompany()
  const open = useOpen(role, id)
  if (open === null) return null
  const late = (row: Ageing['items'][number]) =>
    sum([row.days1to30, row.days31to60, row.days61to90, row.over90].map((part) => decimal(part)))
  const shown = open.rows
    .map((row) => ({ row, currency: row.currency, amount: overdue ? late(row) : decimal(row.balance) }))
    .filter(({ amount }) => !amount.eq('0'))
  if (shown.length === 0) return <span className={classes.quiet}>–</span>
  const figure = (
    <span data-figure className={overdue ? classes.late : undefined}>
      {shown
        .map(({ currency, amount }) =>
          format.money(amount.toFixed(), currency, currency === company.currency ? 'amount' : 'currency'),
        )
        .join(' + ')}
    </span>
  )
  if (name === undefined) return figure
  return (
    <WhyCell
      name={name}
      because={
        <WhyBalance
          partyId={id}
          role={role}
          rows={shown.map(({ row }) => row)}
          asOf={open.asOf}
          overdue={overdue}
        />
      }
    >
      {figure}
    </WhyCell>
  )
}

function Roles({ row }: { readonly row: Row }) {
  const { t } = useLingui()
  return row.roles.map((role) => (role === 'customer' ? t`Customer` : t`Vendor`)).join(', ')
}

function Day({ value }: { readonly value: string | null }) {
  const format = useFormat()
  return value === null ? null : <span data-figure>{format.date(value)}</span>
}

const cityOf = (row: Row): string | null =>
  (row.addresses.find((address) => address.type === 'billing') ?? row.addresses[0])?.city ?? null

function describe(role: Role): ListDescription<Row> {
  const customer = role === 'customer'
  return {
    resource: 'parties',
    id: customer ? 'customers' : 'vendors',
    fixed: { role },
    title: customer ? msg`Customers` : msg`Vendors`,
    idOf: (row) => row.id,
    hrefOf: (row) => `/parties/${row.id}`,
    labelOf: (row) => row.name,
    searchHint: msg`Name, code, tax number`,
    columns: [
      { id: 'name', label: msg`Name`, sort: 'name', grow: true, path: 'name', cell: (row) => row.name },
      {
        id: 'taxNumber',
        width: 'moment',
        label: msg`Tax number`,
        path: 'taxNumber',
        cell: (row) => row.taxNumber,
      },
      {
        id: 'roles',
        label: msg`Role`,
        path: 'roles',
        words: { customer: msg`Customer`, vendor: msg`Vendor` },
        cell: (row) => <Roles row={row} />,
      },
      { id: 'city', label: msg`City`, file: { path: 'addresses', as: 'city' }, cell: cityOf },
      {
        id: 'balance',
        permission: customer ? 'invoice:read' : 'bill:read',
        width: 'money',
        label: msg`Balance`,
        align: 'right',
        file: { path: 'id', as: customer ? 'receivable' : 'payable' },
        cell: (row) => <OpenMoney role={role} id={row.id} name={row.name} />,
      },
      {
        id: 'overdue',
        permission: customer ? 'invoice:read' : 'bill:read',
        width: 'money',
        label: msg`Overdue`,
        align: 'right',
        file: { path: 'id', as: customer ? 'receivable-overdue' : 'payable-overdue' },
        cell: (row) => <OpenMoney role={role} id={row.id} name={row.name} overdue />,
      },
      {
        id: 'lastOrder',
        width: 'date',
        label: msg`Last order`,
        path: customer ? 'lastSalesOrderDate' : 'lastPurchaseOrderDate',
        permission: customer ? 'sales-order:read' : 'purchase-order:read',
        cell: (row) => <Day value={customer ? row.lastSalesOrderDate : row.lastPurchaseOrderDate} />,
      },
      {
        id: 'code',
        width: 'word',
        label: msg`Code`,
        sort: 'code',
        hidden: true,
        path: 'code',
        cell: (row) => row.code,
      },
      {
        id: 'email',
        width: 'long',
        label: msg`Email`,
        hidden: true,
        path: 'email',
        cell: (row) => row.email,
      },
      {
        id: 'phone',
        width: 'moment',
        label: msg`Phone`,
        hidden: true,
        path: 'phone',
        cell: (row) => row.phone,
      },
      {
        id: 'priceGroup',
        label: msg`Price group`,
        hidden: true,
        path: 'priceGroup',
        cell: (row) => row.priceGroup,
      },
      {
        id: 'currency',
        width: 'word',
        label: msg`Currency`,
        hidden: true,
        path: 'currency',
        cell: (row) => row.currency,
      },
    ],
    filters: [
      {
        id: 'type',
        label: msg`Type`,
        type: 'choice',
        choices: [
          { value: 'organisation', label: msg`Company` },
          { value: 'person', label: msg`Person` },
        ],
      },
      { id: 'taxNumber', label: msg`Tax number`, type: 'text' },
      { id: 'email', label: msg`Email`, type: 'text' },
      { id: 'priceGroup', label: msg`Price group`, type: 'text' },
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
      { id: 'people', label: msg`People`, query: { type: 'person' } },
      { id: 'archived', label: msg`Archived`, query: { archived: 'true' } },
    ],
    bulk: archiveMany('parties', 'parties:write'),
    card: (row) => ({
      title: row.name,
      second: [row.code, row.taxNumber].filter((part) => part !== null).join(' · '),
      left: cityOf(row),
      right: <OpenMoney role={role} id={row.id} />,
    }),
    empty: customer
      ? {
          what: msg`No customers yet`,
          none: msg`No customers match`,
          fills: msg`A customer is who buys from you: orders, deliveries and invoices are made out to it.`,
        }
      : {
          what: msg`No vendors yet`,
          none: msg`No vendors match`,
          fills: msg`A vendor is whom you buy from: purchase orders, receipts and bills carry its name.`,
        },
    create: {
      label: customer ? msg`New customer` : msg`New vendor`,
      href: customer ? '/customers/new' : '/vendors/new',
      permission: 'parties:write',
    },
  }
}

export const customerList = describe('customer')
export const vendorList = describe('vendor')
