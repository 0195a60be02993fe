import { useLingui } from '@lingui/react/macro'
import { decimal } from '../../../../src/kernel/decimal.ts'
import type { OneOf } from '../../../api/index.ts'
import { type QuantityRow, namesArriving } from '../../../patterns/index.ts'
import { inBaseUnits, trackedPart, useTrackedProducts } from '../../../ui/lots/index.ts'
import { ProductName } from '../document/parts.tsx'
import type { DialogProps } from './dialog.tsx'
import { lotsOnTheWay } from './lots-on-the-way.ts'
import { PartDialog } from './part-dialog.tsx'

/** Goods of a transfer that are on their way arrive, all of them or a part. */
export function ReceiveTransferDialog(props: DialogProps) {
  const { t } = useLingui()
  const { lines } = props.document as unknown as OneOf<'stock-transfers'>
  const rows: QuantityRow[] = lines.map((line) => ({
    id: line.id,
    productId: line.productId,
    product: <ProductName line={line} />,
    name: line.sku,
    unit: line.unit,
    of: line.quantity,
    done: line.received,
    left: decimal(line.quantity).minus(decimal(line.received)).toFixed(),
    start: '',
    lots: lotsOnTheWay(line),
  }))
  const tracked = useTrackedProducts(rows)
  return (
    <PartDialog
      {...props}
      rows={rows}
      title={t`Receive ${props.document.number ?? ''}`}
      verb={t`Receive`}
      done={t`Received:`}
      heads={{ of: t`Sent`, done: t`Arrived`, now: t`Arrives` }}
      bodyOf={(used) => ({
        lines: used.map(({ row, input }) => {
          const product = tracked.get(row.productId ?? '')
          const wanted =
            product === undefined ? input.quantity : inBaseUnits(product, input.quantity, row.unit)
          return {
            sourceLineId: row.id,
            quantity: input.quantity,
            // All that is on its way needs no names.
            ...(namesArriving(row, input) && trackedPart(input, wanted)),
          }
        }),
      })}
      tracked={tracked}
      fields={{ tracked: 'arriving' }}
    />
  )
}
