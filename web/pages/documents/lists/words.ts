import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { AnyKind } from '../../../../src/kinds.ts'
import type { EmptyWords } from '../../../patterns/index.ts'

/** Column heads and filters that several kinds share. */
export const words = {
  number: msg`Number`,
  customer: msg`Customer`,
  vendor: msg`Vendor`,
  party: msg`Party`,
  date: msg`Date`,
  expected: msg`Expected`,
  promised: msg`Promised`,
  due: msg`Due`,
  total: msg`Total`,
  net: msg`Net`,
  open: msg`Open amount`,
  left: msg({ message: 'Left', context: 'of a credit' }),
  status: msg`Status`,
  delivery: msg`Delivery`,
  receipt: msg`Receipt`,
  invoicing: msg`Invoicing`,
  billing: msg`Billing`,
  returned: msg`Returned`,
  payment: msg`Payment`,
  reference: msg`Reference`,
  deliveryAddress: msg`Delivery address`,
  warehouse: msg`Warehouse`,
  product: msg`Product`,
  carrier: msg`Carrier`,
  tracking: msg`Tracking number`,
  reason: msg`Reason`,
  currency: msg`Currency`,
  made: msg`Made`,
  madeBy: msg`Made by`,
  me: msg`Me`,
  late: msg`Late`,
  lines: msg`Lines`,
  invoiced: msg`Invoiced`,
  billed: msg`Billed`,
  credited: msg`Credited`,
} as const

/** Where goods that come back go to. */
export const dispositionWords: Readonly<Record<string, MessageDescriptor>> = {
  restock: msg`Back to stock`,
  quarantine: msg`Quarantine`,
  scrap: msg`Scrap`,
}

/** First-run texts: what the list is for and what fills it. */
export const emptyWords: Readonly<Record<AnyKind, EmptyWords>> = {
  'sales-order': {
    what: msg`No sales orders yet`,
    none: msg`No sales orders match`,
    fills: msg`A sales order promises goods to a customer and holds them until they are delivered.`,
  },
  'purchase-order': {
    what: msg`No purchase orders yet`,
    none: msg`No purchase orders match`,
    fills: msg`A purchase order tells a vendor what to send, and tells you what to expect.`,
  },
  'delivery-note': {
    what: msg`No delivery notes yet`,
    none: msg`No delivery notes match`,
    fills: msg`A delivery note takes goods out of the warehouse. Confirm a sales order and choose Deliver.`,
  },
  'receipt-note': {
    what: msg`No receipt notes yet`,
    none: msg`No receipt notes match`,
    fills: msg`A receipt note brings goods into the warehouse. Confirm a purchase order and choose Receive.`,
  },
  'sales-return': {
    what: msg`No returns from customers yet`,
    none: msg`No returns from customers match`,
    fills: msg`A return takes goods back. Open the delivery note that they left with and choose Take back.`,
  },
  'purchase-return': {
    what: msg`No returns to vendors yet`,
    none: msg`No returns to vendors match`,
    fills: msg`A return sends goods back. Open the receipt note that they came with and choose Send back.`,
  },
  'stock-adjustment': {
    what: msg`No stock adjustments yet`,
    none: msg`No stock adjustments match`,
    fills: msg`An adjustment says what is really there: opening stock, losses, what was counted.`,
  },
  'stock-transfer': {
    what: msg`No stock transfers yet`,
    none: msg`No stock transfers match`,
    fills: msg`A transfer moves goods from one warehouse or place to another.`,
  },
  invoice: {
    what: msg`No invoices yet`,
    none: msg`No invoices match`,
    fills: msg`An invoice says what a customer owes. Open a delivered order and choose Invoice.`,
  },
  bill: {
    what: msg`No bills yet`,
    none: msg`No bills match`,
    fills: msg`A bill records what a vendor asks you to pay.`,
  },
  'credit-note': {
    what: msg`No credit notes yet`,
    none: msg`No credit notes match`,
    fills: msg`A credit note corrects an invoice. Open the invoice and choose Credit.`,
  },
  'vendor-credit': {
    what: msg`No vendor credits yet`,
    none: msg`No vendor credits match`,
    fills: msg`A vendor credit corrects a bill. Open the bill and choose Enter credit.`,
  },
  payment: {
    what: msg`No payments yet`,
    none: msg`No payments match`,
    fills: msg`A payment is money that moved. Open an invoice or bill and choose Record payment.`,
  },
  'stock-reservation': {
    what: msg`No reservations yet`,
    none: msg`No reservations match`,
    fills: msg`A reservation holds goods for a customer until a moment, before there is an order.`,
  },
}
