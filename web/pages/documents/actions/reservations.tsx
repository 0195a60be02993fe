import { useLingui } from '@lingui/react/macro'
import { decimal } from '../../../../src/kernel/decimal.ts'
import type { OneOf } from '../../../api/index.ts'
import type { QuantityRow } from '../../../patterns/index.ts'
import { ProductName } from '../document/parts.tsx'
import type { DialogProps } from './dialog.tsx'
import { PartDialog } from './part-dialog.tsx'

/** Gives back what a reservation holds, all of it or a part. */
export function ReleaseDialog(props: DialogProps) {
  const { t } = useLingui()
  const { lines } = props.document as unknown as OneOf<'stock-reservations'>
  return (
    <PartDialog
      {...props}
      rows={rowsOfReservation(lines)}
      title={t`Release ${props.document.number ?? ''}`}
      verb={t`Release`}
      done={t`Released:`}
      heads={{ of: t`Quantity`, done: t`Ended`, now: t`Release` }}
      bodyOf={(used) => ({ lines: used.map(({ row, input }) => ({ id: row.id, quantity: input.quantity })) })}
    />
  )
}

/** A draft order of what a reservation holds. */
export function OrderOfReservationDialog(props: DialogProps) {
  const { t } = useLingui()
  const { lines } = props.document as unknown as OneOf<'stock-reservations'>
  return (
    <PartDialog
      {...props}
      rows={rowsOfReservation(lines)}
      title={t`Order ${props.document.number ?? ''}`}
      verb={t`Make a draft order`}
      done={t`Draft made:`}
      answers="sales-order"
      heads={{ of: t`Quantity`, done: t`Ended`, now: t`Order` }}
      bodyOf={(used) => ({
        lines: used.map(({ row, input }) => ({ sourceLineId: row.id, quantity: input.quantity })),
      })}
    />
  )
}

function rowsOfReservation(lines: OneOf<'stock-reservations'>['lines']): QuantityRow[] {
  return lines.map((line) => ({
    id: line.id,
    productId: line.productId,
    product: <ProductName line={line} />,
    name: line.sku,
    unit: line.unit,
    of: line.quantity,
    done: decimal(line.released).plus(decimal(line.ordered)).toFixed(),
    left: line.open,
    start: line.open,
  }))
}
