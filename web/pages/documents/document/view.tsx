import { type AnyKind, kinds } from '../../../../src/kinds.ts'
import type { Me, OneOf } from '../../../api/index.ts'
import type { DocumentView } from '../../../patterns/index.ts'
import { invoiceView } from './invoice-view.tsx'
import { orderView } from './order-view.tsx'
import { paymentView } from './payment-view.tsx'
import { reservationView } from './reservation-view.tsx'
import { shipmentView } from './shipment-view.tsx'

/** What the page of a document shows, made from the API's answer. */
export function viewOf(kind: AnyKind, data: unknown, company: Me['company']): DocumentView {
  if (kind === 'payment') return paymentView(data as OneOf<'payments'>)
  if (kind === 'stock-reservation') return reservationView(data as OneOf<'stock-reservations'>)
  switch (kinds[kind].family) {
    case 'order':
      return orderView(kind as 'sales-order', data as OneOf<'sales-orders'>)
    case 'shipment':
      return shipmentView(kind as 'delivery-note', data as OneOf<'delivery-notes'>, company.currency)
    case 'invoice':
      return invoiceView(kind as 'invoice', data as OneOf<'invoices'>, company.currency)
  }
}
