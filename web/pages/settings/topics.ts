import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { Permission } from '../../../src/permissions.ts'

export interface Topic {
  /** Below the company. */
  readonly path: string
  readonly label: MessageDescriptor
  /** What is in it, which the search looks at as well. */
  readonly about: MessageDescriptor
  readonly permission: Permission
}

export const topics: readonly Topic[] = [
  {
    path: '/settings/company',
    label: msg`Company`,
    about: msg`Name, address, tax number, currency, language, time zone`,
    permission: 'company:read',
  },
  {
    path: '/settings/numbering',
    label: msg`Numbering`,
    about: msg`Patterns and next numbers of documents`,
    permission: 'number-series:read',
  },
  {
    path: '/settings/orders',
    label: msg`Orders & back orders`,
    about: msg`Back orders, reservations, tolerances, bills that differ`,
    permission: 'company:read',
  },
  {
    path: '/settings/payments',
    label: msg`Payments`,
    about: msg`Payment terms, overpayment, rounding of tax, prices with tax`,
    permission: 'company:read',
  },
  {
    path: '/settings/print',
    label: msg`Printing`,
    about: msg`Logo, paper, bank account, footer, amounts in words`,
    permission: 'company:read',
  },
  {
    path: '/settings/online-payments',
    label: msg`Online payment`,
    about: msg`Stripe, its keys and webhook, test payments`,
    permission: 'company:read',
  },
  {
    path: '/settings/templates',
    label: msg`Templates`,
    about: msg`How documents are printed, by kind and language`,
    permission: 'company:read',
  },
  {
    path: '/settings/mail',
    label: msg`Mail`,
    about: msg`Mail server, sender, templates of mails, payment reminders`,
    permission: 'company:read',
  },
  {
    path: '/taxes',
    label: msg`Taxes`,
    about: msg`Rates and their categories, reasons of exemption`,
    permission: 'taxes:read',
  },
  {
    path: '/currencies',
    label: msg`Currencies`,
    about: msg`Which are offered, decimals, smallest coin`,
    permission: 'currencies:read',
  },
  {
    path: '/exchange-rates',
    label: msg`Exchange rates`,
    about: msg`What one unit of a currency was worth on a day`,
    permission: 'exchange-rates:read',
  },
  {
    path: '/settings/units',
    label: msg`Units`,
    about: msg`Pieces, boxes, pallets: units in use with their ratios, and the products that have them`,
    permission: 'products:read',
  },
  {
    path: '/warehouses',
    label: msg`Warehouses`,
    about: msg`Addresses, locations, quarantine, stock below zero`,
    permission: 'warehouses:read',
  },
  {
    path: '/settings/users',
    label: msg`Users & roles`,
    about: msg`People, what they may do, one-time passwords`,
    permission: 'users:read',
  },
  {
    path: '/settings/security',
    label: msg`Security`,
    about: msg`A second factor for everybody`,
    permission: 'company:read',
  },
  {
    path: '/settings/api-keys',
    label: msg`API keys`,
    about: msg`Access for programs`,
    permission: 'api-keys:read',
  },
  {
    path: '/webhooks',
    label: msg`Webhooks`,
    about: msg`Other programs that are told of what happens`,
    permission: 'webhooks:read',
  },
  {
    path: '/settings/audit',
    label: msg`Audit`,
    about: msg`Who changed what, and when`,
    permission: 'audit:read',
  },
  {
    path: '/settings/scanner',
    label: msg`Scanner & printing`,
    about: msg`Prefix of the scanner, sound, vibration, size of labels`,
    permission: 'products:read',
  },
  {
    path: '/import',
    label: msg`Import`,
    about: msg`Products, customers, prices, stock, open orders and invoices from CSV and XLSX files; Vtiger`,
    permission: 'imports:write',
  },
  {
    path: '/settings/data',
    label: msg`Data`,
    about: msg`Export of all data, backup, demo company`,
    permission: 'company:write',
  },
]
