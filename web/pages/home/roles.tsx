import { msg } from '@lingui/core/macro'
import { Plural, Trans } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { AgeingCard } from './ageing-card.tsx'
import { CashCard, SalesCard } from './month-card.tsx'
import { LowStockCard, ToDeliverCard, ToReceiveCard } from './order-cards.tsx'
import { StockValueCard } from './stock-value-card.tsx'
import { type Work, WorkCard } from './work-card.tsx'

const confirmSales: Work = {
  label: msg`Sales orders to confirm`,
  resource: 'sales-orders',
  search: { state: 'draft' },
  href: '/sales-orders?view=drafts',
  permission: 'sales-order:read',
}
const lateSales: Work = {
  label: msg`Late deliveries`,
  resource: 'sales-orders',
  search: { late: true },
  href: '/sales-orders?view=late',
  permission: 'sales-order:read',
  late: true,
}
const toDeliver: Work = {
  label: msg`Orders to deliver`,
  resource: 'sales-orders',
  search: { fulfilment: 'open' },
  href: '/sales-orders?view=to-ship',
  permission: 'sales-order:read',
}
const toInvoice: Work = {
  label: msg`Orders to invoice`,
  resource: 'sales-orders',
  search: { invoicing: 'open' },
  href: '/sales-orders?view=to-invoice',
  permission: 'sales-order:read',
}
const reserved: Work = {
  label: msg`Reservations that hold goods`,
  resource: 'stock-reservations',
  search: { state: 'active' },
  href: '/stock-reservations?view=active',
  permission: 'stock-reservation:read',
}
const confirmPurchases: Work = {
  label: msg`Purchase orders to confirm`,
  resource: 'purchase-orders',
  search: { state: 'draft' },
  href: '/purchase-orders?view=drafts',
  permission: 'purchase-order:read',
}
const latePurchases: Work = {
  label: msg`Late receipts`,
  resource: 'purchase-orders',
  search: { late: true },
  href: '/purchase-orders?view=late',
  permission: 'purchase-order:read',
  late: true,
}
const toBill: Work = {
  label: msg`Orders that no bill came for`,
  resource: 'purchase-orders',
  search: { invoicing: 'open' },
  href: '/purchase-orders?view=to-invoice',
  permission: 'purchase-order:read',
}
const billDrafts: Work = {
  label: msg`Bills to check and book`,
  resource: 'bills',
  search: { state: 'draft' },
  href: '/bills?view=drafts',
  permission: 'bill:read',
}
const toReceive: Work = {
  label: msg`Orders to receive`,
  resource: 'purchase-orders',
  search: { fulfilment: 'open' },
  href: '/purchase-orders?view=to-ship',
  permission: 'purchase-order:read',
}
const deliveryDrafts: Work = {
  label: msg`Delivery notes begun`,
  resource: 'delivery-notes',
  search: { state: 'draft' },
  href: '/delivery-notes?view=drafts',
  permission: 'delivery-note:read',
}
const receiptDrafts: Work = {
  label: msg`Receipt notes begun`,
  resource: 'receipt-notes',
  search: { state: 'draft' },
  href: '/receipt-notes?view=drafts',
  permission: 'receipt-note:read',
}
const adjustmentDrafts: Work = {
  label: msg`Adjustments to book`,
  resource: 'stock-adjustments',
  search: { state: 'draft' },
  href: '/stock-adjustments?view=drafts',
  permission: 'stock-adjustment:read',
}
const toIssue: Work = {
  label: msg`Invoices to issue`,
  resource: 'invoices',
  search: { state: 'draft' },
  href: '/invoices?view=drafts',
  permission: 'invoice:read',
}
const overdue: Work = {
  label: msg`Overdue invoices`,
  resource: 'invoices',
  search: { paymentStatus: 'overdue' },
  href: '/invoices?view=overdue',
  permission: 'invoice:read',
  late: true,
}
const overdueBills: Work = {
  label: msg`Overdue bills`,
  resource: 'bills',
  search: { paymentStatus: 'overdue' },
  href: '/bills?view=overdue',
  permission: 'bill:read',
  late: true,
}
const creditsLeft: Work = {
  label: msg`Credit notes to redeem`,
  resource: 'credit-notes',
  search: { paymentStatus: 'unpaid' },
  href: '/credit-notes?view=open',
  permission: 'credit-note:read',
}
const vendorCreditsLeft: Work = {
  label: msg`Vendor credits to redeem`,
  resource: 'vendor-credits',
  search: { paymentStatus: 'unpaid' },
  href: '/vendor-credits?view=open',
  permission: 'vendor-credit:read',
}
const onAccount: Work = {
  label: msg`Payments on account`,
  resource: 'payments',
  search: { unallocated: true },
  href: '/payments?view=left',
  permission: 'payment:read',
}
const openInvoices: Work = {
  label: msg`Invoices to be paid`,
  resource: 'invoices',
  search: { paymentStatus: 'unpaid' },
  href: '/invoices?view=open',
  permission: 'invoice:read',
}

const work = (...rows: Work[]): ReactNode => (
  <WorkCard
    key="work"
    work={rows}
    nothing={<Trans>Nothing waits for you</Trans>}
    renderTitle={(sum) => (
      <Plural value={sum} one="# thing waits to be done" other="# things wait to be done" />
    )}
  />
)
const late = (...rows: Work[]): ReactNode => (
  <WorkCard
    key="late"
    work={rows}
    nothing={<Trans>Nothing is late</Trans>}
    renderTitle={(sum) => <Plural value={sum} one="# thing is late" other="# things are late" />}
  />
)

/** At most six cards, the most asked first. */
const cards: Readonly<Record<string, () => readonly ReactNode[]>> = {
  owner: () => [
    <SalesCard key="sales" />,
    late(lateSales, latePurchases, overdue, overdueBills),
    <AgeingCard key="in" side="receivables" />,
    <CashCard key="cash" />,
    <StockValueCard key="value" />,
    <AgeingCard key="out" side="payables" />,
  ],
  sales: () => [
    work(confirmSales, toDeliver, lateSales, toInvoice, reserved),
    <ToDeliverCard key="deliver" />,
    <LowStockCard key="low" />,
    <AgeingCard key="in" side="receivables" />,
    <SalesCard key="sales" />,
  ],
  purchasing: () => [
    work(confirmPurchases, toReceive, latePurchases, toBill, billDrafts, vendorCreditsLeft),
    <LowStockCard key="low" />,
    <ToReceiveCard key="receive" />,
    <AgeingCard key="out" side="payables" />,
    <StockValueCard key="value" />,
  ],
  warehouse: () => [
    work(toReceive, toDeliver, deliveryDrafts, receiptDrafts, adjustmentDrafts, lateSales),
    <ToDeliverCard key="deliver" />,
    <ToReceiveCard key="receive" />,
    <LowStockCard key="low" />,
  ],
  accounting: () => [
    work(toIssue, toInvoice, overdue, billDrafts, overdueBills, creditsLeft, vendorCreditsLeft, onAccount),
    <AgeingCard key="in" side="receivables" />,
    <AgeingCard key="out" side="payables" />,
    <CashCard key="cash" />,
    <SalesCard key="sales" />,
  ],
  customer: () => [work(openInvoices, creditsLeft)],
}

/** What somebody with this role sees first. */
export function cardsOf(role: string): readonly ReactNode[] {
  return (cards[role] ?? cards['owner']!)()
}
