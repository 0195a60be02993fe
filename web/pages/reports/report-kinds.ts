import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { Permission } from '../../../src/permissions.ts'

/** What a report is asked for, beside its period. */
export interface ReportKind {
  readonly name: 'stock-value' | 'movements' | 'sales' | 'purchases' | 'taxes'
  readonly title: MessageDescriptor
  /** One sentence: what its figures are. */
  readonly says: MessageDescriptor
  /** All of them are needed. */
  readonly permissions: readonly Permission[]
  /** Asked at the end of one day instead of over a period. */
  readonly oneDay?: true
  readonly byWarehouse?: true
  readonly grouped?: true
  /** The amounts that are drawn as bars, if any. */
  readonly bars?: readonly { readonly key: string; readonly color: string }[]
}

export const reportKinds: readonly ReportKind[] = [
  {
    name: 'sales',
    title: msg`Sales and margin`,
    says: msg`Invoices less credit notes without tax, and what the goods cost that were delivered, less returns.`,
    permissions: ['bill:read', 'invoice:read', 'credit-note:read'],
    grouped: true,
    bars: [
      { key: 'net', color: 'blue.6' },
      { key: 'margin', color: 'green.7' },
    ],
  },
  {
    name: 'purchases',
    title: msg`Purchases`,
    says: msg`Bills less vendor credits without tax.`,
    permissions: ['bill:read', 'vendor-credit:read'],
    grouped: true,
    bars: [{ key: 'net', color: 'orange.7' }],
  },
  {
    name: 'stock-value',
    title: msg`Stock value`,
    says: msg`What lay in the warehouses at the end of the day, quarantine included, and what it was worth.`,
    permissions: ['stock:read'],
    oneDay: true,
    byWarehouse: true,
    bars: [{ key: 'value', color: 'blue.6' }],
  },
  {
    name: 'movements',
    title: msg`Goods in and out`,
    says: msg`What lay there before and after, and what came and went in between; returns and reversals are taken off.`,
    permissions: ['stock:read'],
    byWarehouse: true,
  },
  {
    name: 'taxes',
    title: msg`Tax by rate`,
    says: msg`Tax of invoices and bills, less credits, in the period of the sale.`,
    permissions: ['bill:read', 'vendor-credit:read', 'invoice:read', 'credit-note:read'],
  },
]

export const columnLabels: Readonly<Record<string, MessageDescriptor>> = {
  sku: msg`Code`,
  code: msg`Code`,
  name: msg`Name`,
  month: msg`Month`,
  warehouse: msg`Warehouse`,
  quantity: msg`Quantity`,
  unit: msg`Unit`,
  unitValue: msg`Value each`,
  value: msg`Value`,
  net: msg`Net`,
  cost: msg`Cost of goods delivered`,
  margin: msg`Margin`,
  marginPercent: msg`Margin, %`,
  opening: msg`Opening balance`,
  purchased: msg`Received`,
  sold: msg`Delivered`,
  adjusted: msg`Adjusted`,
  transferred: msg`Transferred`,
  closing: msg`Closing balance`,
  side: msg`Side`,
  rate: msg`Rate`,
  category: msg`Category`,
  tax: msg`Tax`,
}

export const totalLabels: Readonly<Record<string, MessageDescriptor>> = {
  salesTax: msg`Tax of sales`,
  purchasesTax: msg`Tax of purchases`,
  toPay: msg`Tax to pay`,
}
