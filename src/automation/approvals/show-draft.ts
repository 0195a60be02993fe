import { presentInvoice } from '../../invoices/index.ts'
import type { Context } from '../../kernel/context.ts'
import type { Decimal } from '../../kernel/decimal.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { type DocumentKind, type InvoiceKind, type OrderKind, type ShipmentKind, kinds } from '../../kinds.ts'
import type { OfferedAction } from '../../offered-actions.ts'
import { presentOrder } from '../../orders/index.ts'
import { presentShipment } from '../../shipments/index.ts'

/** A document as the API shows it, as far as approvals speak of it. */
interface Shown {
  readonly id: string
  readonly kind: string
  readonly number: string | null
  readonly state: string
  readonly version: number
  readonly partyId: string | null
  readonly party: { readonly name: string } | null
  readonly actions: readonly OfferedAction[]
  readonly totals?: { readonly gross: Decimal; readonly currency: string }
}

/** A document of any family, as its own address answers it. */
export function showDraft(tx: Transaction, ctx: Context, kind: DocumentKind, id: string): Promise<Shown> {
  const { family } = kinds[kind]
  if (family === 'order') return presentOrder(tx, ctx, kind as OrderKind, id)
  if (family === 'shipment') return presentShipment(tx, ctx, kind as ShipmentKind, id)
  return presentInvoice(tx, ctx, kind as InvoiceKind, id)
}
