import { useLingui } from '@lingui/react/macro'
import { useFormat } from '../../ui/format.ts'
import type { TotalRow } from './description.ts'
import classes from './document.module.css'
import { Because, Why } from './why.tsx'

/** Net, taxes, gross, paid, open; each explains itself. */
export function TotalsBox({ id, totals }: { readonly id: string; readonly totals: readonly TotalRow[] }) {
  const { t } = useLingui()
  const format = useFormat()
  if (totals.length === 0) return null
  return (
    <dl className={classes.totals} aria-label={t`Totals`}>
      {totals.map((row) => {
        const text = format.money(row.amount, row.currency, row.strong === true ? 'currency' : 'amount')
        return (
          <div key={row.id} data-strong={row.strong || undefined}>
            <dt>{row.label}</dt>
            <dd>
              {row.explained !== undefined ? (
                <Why id={id} field={row.explained} currency={row.currency}>
                  {text}
                </Why>
              ) : row.because !== undefined ? (
                <Because
                  rows={row.because.rows}
                  rule={row.because.rule}
                  total={row.amount}
                  currency={row.currency}
                >
                  {text}
                </Because>
              ) : (
                text
              )}
            </dd>
          </div>
        )
      })}
    </dl>
  )
}
