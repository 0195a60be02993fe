import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import {
  IconBolt,
  IconBuildingWarehouse,
  IconCash,
  IconHome,
  IconSettings,
  IconShoppingCart,
  IconTag,
  IconTruckDelivery,
} from '@tabler/icons-react'
import type { AnyKind } from '../../../src/kinds.ts'
import type { Permission } from '../../../src/permissions.ts'
import { kindWords, pathOfKind } from '../../ui/kinds.ts'

export interface NavItem {
  /** Below the company. */
  readonly path: string
  readonly label: MessageDescriptor
  /** As the palette lists it, where the group does not stand beside it. */
  readonly full: MessageDescriptor
  readonly permission: Permission
}
export interface NavGroup {
  readonly id: string
  readonly label: MessageDescriptor
  readonly icon: typeof IconHome
  readonly items: readonly NavItem[]
}

const kind = (of: AnyKind): NavItem => ({
  path: `/${pathOfKind(of)}`,
  label: kindWords[of].short,
  full: kindWords[of].many,
  permission: `${of}:read`,
})
const page = (path: string, label: MessageDescriptor, permission: Permission, full = label): NavItem => ({
  path,
  label,
  full,
  permission,
})

/**
 * The tree of the navigation. What has no page yet (app/pages.ts) and what the role may not see is left out
 * when it is drawn.
 */
export const navigation: readonly NavGroup[] = [
  {
    id: 'sell',
    label: msg`Sell`,
    icon: IconShoppingCart,
    items: [
      kind('sales-order'),
      kind('delivery-note'),
      kind('sales-return'),
      kind('invoice'),
      kind('credit-note'),
      kind('stock-reservation'),
      page('/customers', msg`Customers`, 'parties:read'),
    ],
  },
  {
    id: 'buy',
    label: msg`Buy`,
    icon: IconTruckDelivery,
    items: [
      kind('purchase-order'),
      kind('receipt-note'),
      kind('purchase-return'),
      kind('bill'),
      kind('vendor-credit'),
      page('/reorder', msg`Reorder`, 'purchase-order:read'),
      page('/reorder-levels', msg`Reorder levels`, 'products:read'),
      page('/vendors', msg`Vendors`, 'parties:read'),
    ],
  },
  {
    id: 'stock',
    label: msg`Stock`,
    icon: IconBuildingWarehouse,
    items: [
      page('/stock/levels', msg`Levels`, 'stock:read', msg`Stock levels`),
      page('/stock/moves', msg`Ledger`, 'stock:read', msg`Stock ledger`),
      kind('stock-transfer'),
      kind('stock-adjustment'),
      page('/stock-counts', msg`Counts`, 'stock-adjustment:read', msg`Stock counts`),
      page('/lots', msg`Lots & serials`, 'lots:read'),
      page('/warehouses', msg`Warehouses`, 'warehouses:read'),
    ],
  },
  {
    id: 'catalogue',
    label: msg`Catalogue`,
    icon: IconTag,
    items: [
      page('/products', msg`Products`, 'products:read'),
      page('/price-books', msg`Price books`, 'price-books:read'),
    ],
  },
  {
    id: 'money',
    label: msg`Money`,
    icon: IconCash,
    items: [
      kind('payment'),
      page('/receivables', msg`Receivables`, 'invoice:read'),
      page('/payables', msg`Payables`, 'bill:read'),
      page('/reports', msg`Reports`, 'stock:read'),
    ],
  },
  {
    id: 'automation',
    label: msg`Automation`,
    icon: IconBolt,
    items: [
      page('/approvals', msg`Approvals`, 'approvals:read'),
      page('/recurring', msg`Recurring`, 'recurring:read', msg`Recurring documents`),
      page('/recipes', msg`Recipes`, 'rules:read'),
      page('/rules', msg`Rules`, 'rules:read'),
      page('/webhooks', msg`Webhooks`, 'webhooks:read'),
      page('/events', msg`Events`, 'events:read'),
      page('/mails', msg`Mails`, 'mails:read'),
    ],
  },
]

export const homeItem = page('', msg`Home`, 'member')
export const settingsItem = page('/settings', msg`Settings`, 'company:read')
/** Any of them leads to a page of the settings. */
export const settingsPermissions: readonly Permission[] = ['company:read', 'number-series:read', 'audit:read']
export const homeIcon = IconHome
export const settingsIcon = IconSettings
