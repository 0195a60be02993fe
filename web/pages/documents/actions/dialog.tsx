import type { AnyKind } from '../../../../src/kinds.ts'
import type { OneOf } from '../../../api/index.ts'
import { AmendDialog } from './amend.tsx'
import { ApplyDialog } from './apply.tsx'
import { CopyDialog } from './copy.tsx'
import { InvoicingDialog } from './invoicing.tsx'
import { PayDialog } from './pay.tsx'
import { DeleteDialog, ExtendDialog, SimpleDialog } from './simple.tsx'
import { ReceiveAllDialog } from './receive-all.tsx'
import { ReceiveTransferDialog } from './receive-transfer.tsx'
import { OrderOfReservationDialog, ReleaseDialog } from './reservations.tsx'
import { ShippingDialog } from './shipping.tsx'
import { madeBy } from './words.ts'

export interface DialogProps {
  readonly kind: AnyKind
  /** As the API answered it. */
  readonly document: AnyDocument
  /** Of the action or follow-up. */
  readonly name: string
  readonly onClose: () => void
}

/** What all documents have. */
export interface AnyDocument {
  readonly id: string
  readonly number: string | null
  readonly state: string
  readonly version: number
}

/** The dialog of an action: one of a few shapes, whatever the kind. */
export function DialogOf(props: DialogProps) {
  const { kind, document, name } = props
  const made = madeBy(kind, name)
  switch (made) {
    case 'delivery-note':
    case 'receipt-note':
    case 'sales-return':
    case 'purchase-return':
      return <ShippingDialog {...props} makes={made} />
    case 'invoice':
    case 'bill':
    case 'credit-note':
    case 'vendor-credit':
      return <InvoicingDialog {...props} makes={made} />
    case 'payment':
      return <PayDialog {...props} />
    case 'sales-order':
      return <OrderOfReservationDialog {...props} />
    case 'purchase-order':
    case 'stock-adjustment':
    case 'stock-transfer':
    case 'stock-reservation':
    case null:
      break
  }
  switch (name) {
    case 'apply':
      return <ApplyDialog {...props} source={document as unknown as OneOf<'credit-notes'>} />
    case 'allocate':
      return <ApplyDialog {...props} source={document as unknown as OneOf<'payments'>} />
    case 'amend':
      return <AmendDialog {...props} />
    case 'copy':
      return <CopyDialog {...props} />
    case 'receive-all':
      return <ReceiveAllDialog {...props} />
    case 'receive':
      return <ReceiveTransferDialog {...props} />
    case 'release':
      return <ReleaseDialog {...props} />
    case 'extend':
      return <ExtendDialog {...props} />
    case 'delete':
      return <DeleteDialog {...props} />
    default:
      return <SimpleDialog {...props} />
  }
}
