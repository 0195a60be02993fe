import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import type { HeadWords } from './check.ts'
import type { EditorKind, HeadField } from './editor-kind.ts'

const labels: Readonly<Record<HeadField, MessageDescriptor>> = {
  partyId: msg`Customer`,
  warehouseId: msg`Warehouse`,
  toWarehouseId: msg`To warehouse`,
  date: msg`Date`,
  saleDate: msg`Sale date`,
  dueDate: msg`Due date`,
  expectedDate: msg`Promised date`,
  reserveUntil: msg`Reserved until`,
  paymentTermDays: msg`Payment term`,
  currency: msg`Currency`,
  deliveryAddress: msg`Delivery address`,
  reference: msg`Reference`,
  carrier: msg`Carrier`,
  tracking: msg`Tracking number`,
  reason: msg`Reason`,
  viaTransit: msg`Goods are in transit until they are received`,
  takeReservations: msg`Reserved goods move with their reservations`,
  pricesIncludeTax: msg`Prices include tax`,
  discountPercent: msg`Document discount in %`,
  discountAmount: msg`Document discount as an amount`,
  notes: msg`Notes`,
}

/** The label of a field in this kind. */
export function labelOf({ kind, party, fields }: EditorKind, field: HeadField): MessageDescriptor {
  if (field === 'partyId' && party === 'vendor') return msg`Vendor`
  if (field === 'warehouseId' && fields.includes('toWarehouseId')) return msg`From warehouse`
  if (field === 'date' && (kind === 'invoice' || kind === 'credit-note')) return msg`Issue date`
  if (field === 'date' && (kind === 'sales-order' || kind === 'purchase-order')) return msg`Order date`
  if (field === 'expectedDate' && kind === 'purchase-order') return msg`Expected date`
  if (field === 'reference' && party === 'customer') return msg`Customer's reference`
  if (field === 'reference' && (kind === 'bill' || kind === 'vendor-credit'))
    return msg`Vendor's document number`
  if (field === 'reference' && party === 'vendor') return msg`Vendor's reference`
  return labels[field]
}

/** What is said of a head that cannot be saved. */
export function useHeadWords({ party }: EditorKind): HeadWords {
  const { t } = useLingui()
  return {
    party: party === 'vendor' ? t`Choose a vendor` : t`Choose a customer`,
    warehouse: t`Choose a warehouse`,
    date: t`Enter a date such as 24.11 or +7`,
    number: t`Enter a number of zero or more`,
    days: t`Enter a number of days, 0 to 9999`,
    twoDiscounts: t`Give the discount in % or as an amount, not both`,
  }
}
