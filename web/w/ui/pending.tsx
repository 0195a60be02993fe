import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { readDate } from '../../ui/inputs/date-text.ts'
import { useFormat } from '../../ui/format.ts'
import type { ReadProduct } from '../data/read-code.ts'
import { today } from '../state.ts'
import { Button } from './button.tsx'
import classes from './w.module.css'

interface Props {
  readonly read: ReadProduct
  /** Lots that lie where the goods are taken; one tap chooses. */
  readonly lots: readonly { readonly lot: string; readonly expiresOn: string | null }[]
  /** Goods that come in may bring a lot whose expiry nobody knows yet. */
  readonly asksExpiry: boolean
  readonly onFill: (number: string, expiresOn: string | null) => void
  readonly onCancel: () => void
}

/** Asks for the lot or the serial number of goods whose code did not tell it. */
export function PendingCard({ read, lots, asksExpiry, onFill, onCancel }: Props) {
  const { t } = useLingui()
  const format = useFormat()
  const [number, setNumber] = useState('')
  const [expiry, setExpiry] = useState('')
  const { sku, tracking } = read.product
  const lotted = tracking === 'lot'
  const date = expiry.trim() === '' ? null : readDate(expiry, today())
  return (
    <section className={classes.card} data-tone="info">
      <h2 className={classes.name}>
        {lotted ? t`Scan the lot of ${sku}` : t`Scan the serial number of ${sku}`}
      </h2>
      {lots.map(({ lot, expiresOn }) => (
        <Button key={lot} onClick={() => onFill(lot, expiresOn)}>
          {expiresOn === null ? lot : `${lot} · ${format.date(expiresOn)}`}
        </Button>
      ))}
      <form
        className={classes.stack}
        onSubmit={(event) => {
          event.preventDefault()
          if (number.trim() !== '') onFill(number, date)
        }}
      >
        <label className={classes.field}>
          {lotted ? t`Lot` : t`Serial number`}
          <input
            className={classes.input}
            value={number}
            maxLength={100}
            autoComplete="off"
            onChange={(event) => setNumber(event.currentTarget.value)}
          />
        </label>
        {lotted && asksExpiry && (
          <label className={classes.field}>
            {t`Expires on (optional)`}
            <input
              className={classes.input}
              value={expiry}
              autoComplete="off"
              placeholder={t`31.12.2027`}
              onChange={(event) => setExpiry(event.currentTarget.value)}
            />
            {expiry !== '' && (
              <span className={classes.quiet}>{date === null ? t`Not a date yet` : format.date(date)}</span>
            )}
          </label>
        )}
        <Button submit>{lotted ? t`Take this lot` : t`Take this number`}</Button>
        <Button plain onClick={onCancel}>
          <Trans>Leave it out</Trans>
        </Button>
      </form>
    </section>
  )
}
