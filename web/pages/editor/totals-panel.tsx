import { Trans, useLingui } from '@lingui/react/macro'
import { useSyncExternalStore } from 'react'
import type { Lines } from '../../grid/index.ts'
import { useFormat } from '../../ui/format.ts'
import classes from './editor.module.css'

/** Net, each tax and gross of what is typed, by the function that the server uses. */
export function TotalsPanel({ lines }: { readonly lines: Lines }) {
  const { t } = useLingui()
  const format = useFormat()
  const { totals } = useSyncExternalStore(lines.totals.subscribe, lines.totals.known)
  const { currency } = lines
  const money = (amount: { toFixed(): string }) => format.money(amount.toFixed(), currency)
  return (
    <dl className={classes.totals} aria-label={t`Totals`}>
      {!totals.discount.eq('0') && (
        <div>
          <dt>
            <Trans>Discount</Trans>
          </dt>
          <dd>{money(totals.discount.neg())}</dd>
        </div>
      )}
      <div>
        <dt>
          <Trans>Net</Trans>
        </dt>
        <dd data-total="net">{money(totals.net)}</dd>
      </div>
      {totals.taxes.map((tax) => {
        const base = money(tax.net)
        return (
          <div key={tax.id}>
            <dt>
              {tax.name}{' '}
              <span className={classes.base}>
                <Trans>of {base}</Trans>
              </span>
            </dt>
            <dd>{money(tax.tax)}</dd>
          </div>
        )
      })}
      <div data-strong>
        <dt>
          <Trans>Total</Trans>
        </dt>
        <dd data-total="gross">{format.money(totals.gross.toFixed(), currency, 'currency')}</dd>
      </div>
    </dl>
  )
}
