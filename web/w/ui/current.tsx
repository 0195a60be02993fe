import { useLingui } from '@lingui/react/macro'
import type { Decimal } from '../../../src/kernel/decimal.ts'
import { useRejection } from '../rejections.ts'
import type { Product } from '../data/types.ts'
import { type Entry, alike, totalOf } from '../work/entries.ts'
import { Quantity } from './quantity.tsx'
import classes from './w.module.css'

interface Props {
  readonly entries: readonly Entry[]
  readonly products: ReadonlyMap<string, Product>
  readonly most?: string | null
  readonly onTotal: (like: Entry, total: Decimal) => void
  readonly onTooMuch?: (most: string) => void
}

/** What was scanned last, with its quantity to be keyed or corrected. A serial number is always one. */
export function Current({ entries, products, most = null, onTotal, onTooMuch }: Props) {
  const { t } = useLingui()
  const why = useRejection()
  const last = entries.at(-1)
  if (last === undefined) return null
  const product = products.get(last.productId)
  const total = totalOf(entries.filter((entry) => alike(entry, last))).toFixed()
  const { sku } = last
  const unit = product?.unit ?? ''
  return (
    <section className={classes.card} data-tone={last.rejected === null ? 'info' : 'warn'} data-current>
      <span className={classes.name}>
        {sku} · {product?.name}
      </span>
      {(last.lot ?? last.placeCode ?? last.rejected) !== null && (
        <span>
          {[last.lot, last.placeCode, last.rejected === null ? null : why(last.rejected)]
            .filter((each) => each !== null)
            .join(' · ')}
        </span>
      )}
      {product?.tracking === 'serial' ? (
        <span className={classes.figure}>{total}</span>
      ) : (
        <Quantity
          label={t`Quantity of ${sku} in ${unit}`}
          value={total}
          most={most}
          onChange={(value) => onTotal(last, value)}
          {...(onTooMuch && { tooMuch: onTooMuch })}
        />
      )}
    </section>
  )
}
