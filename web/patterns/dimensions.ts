import { type AnyKind, kinds } from '../../src/kinds.ts'
import type { Dimension } from '../ui/status.ts'

/** The status table's dimension for a field of a document: the same field is said differently by kind. */
export function dimensionOf(kind: AnyKind, field: string): Dimension | null {
  switch (field) {
    case 'fulfilment':
      return kind === 'purchase-order' ? 'receipt' : 'delivery'
    case 'invoicing':
      return kind === 'purchase-order' ? 'billing' : 'invoicing'
    case 'returned':
      return 'returned'
    case 'paymentStatus':
      return isCredit(kind) ? 'credit' : 'payment'
    default:
      return null
  }
}

function isCredit(kind: AnyKind): boolean {
  if (kind === 'payment' || kind === 'stock-reservation') return false
  const description = kinds[kind]
  return description.family === 'invoice' && description.role === 'credit'
}
