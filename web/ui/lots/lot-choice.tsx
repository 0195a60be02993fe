import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useEffect, useEffectEvent, useRef } from 'react'
import { useFormat } from '../format.ts'
import { DecimalInput } from '../inputs/index.ts'
import classes from './lots.module.css'
import {
  type LotInput,
  type OfferedLot,
  type TrackedGoods,
  figure,
  firstNamed,
  firstToExpire,
  toldOf,
} from './lots.ts'
import { useLotsInStock } from './lots-in-stock.ts'
import { ToldSoFar } from './told-so-far.tsx'

interface Props {
  readonly goods: TrackedGoods
  /** What the line says, base units. */
  readonly wanted: string
  /** The base unit. */
  readonly unit: string
  readonly lots: readonly LotInput[]
  readonly onChange: (lots: readonly LotInput[]) => void
  /** Whoever looks at it chooses: the proposal is filled in. Otherwise left empty means it. */
  readonly filledIn: boolean
  readonly focused: boolean
}

/**
 * Of which lots the goods are: those of the source for what comes or goes back, those in stock for what leaves,
 * the first to expire first.
 */
export function LotChoice({ goods, wanted, unit, lots, onChange, filledIn, focused }: Props) {
  const { t } = useLingui()
  const format = useFormat()
  const { name, productId } = goods
  const inStock = useLotsInStock(
    goods.lots === undefined ? productId : null,
    goods.warehouseId ?? null,
    goods.quarantine ?? false,
  )
  const offered = goods.lots ?? inStock
  const list = useRef<HTMLUListElement>(null)
  const propose = useEffectEvent(() => {
    if (filledIn && offered !== null && lots.length === 0) onChange(firstNamed(offered, wanted))
  })
  const known = offered !== null
  useEffect(() => {
    if (known) propose()
  }, [known, wanted])
  // They come after the sheet around them, which had nothing to focus.
  useEffect(() => {
    if (known && focused) list.current?.querySelector('input')?.focus()
  }, [known, focused])
  if (offered === null) return null
  if (offered.length === 0) {
    return filledIn ? (
      <span className={classes.hint}>
        <Trans>No lot of it is in this warehouse.</Trans>
      </span>
    ) : null
  }
  const proposal = firstToExpire(offered, wanted)
  const set = (lot: OfferedLot, value: string) => {
    const others = lots.filter(({ number }) => number !== lot.number)
    onChange(value === '' ? others : [...others, { number: lot.number, expiresOn: '', quantity: value }])
  }
  const takeFirst = () => onChange(filledIn ? firstNamed(offered, wanted) : [])
  return (
    <div className={classes.lots}>
      <ul ref={list} className={classes.lotList} aria-label={t`Lots: ${name}`}>
        {offered.map((lot, at) => {
          const chosen = lots.find(({ number }) => number === lot.number)?.quantity ?? ''
          return (
            <li key={lot.number} className={classes.lot} data-expired={lot.expired || undefined}>
              <span>
                <b>{lot.number}</b>
                <span className={classes.hint}>
                  {' · '}
                  {format.quantity(lot.quantity, unit)}
                  {lot.expiresOn !== null && (
                    <>
                      {' · '}
                      {lot.expired ? (
                        <Trans>expired {format.date(lot.expiresOn)}</Trans>
                      ) : (
                        <Trans>expires {format.date(lot.expiresOn)}</Trans>
                      )}
                    </>
                  )}
                </span>
              </span>
              <DecimalInput
                size="xs"
                w={110}
                aria-label={t`Of lot ${lot.number}: ${name}`}
                placeholder={lots.length === 0 && !filledIn ? proposal.get(lot.number) : undefined}
                value={chosen}
                onChange={(value) => set(lot, value)}
                error={figure(chosen).gt(figure(lot.quantity)) ? t`More than there is` : null}
                data-lot-field
                {...(focused && at === 0 && { 'data-autofocus': true })}
              />
            </li>
          )
        })}
      </ul>
      {lots.length === 0 && !filledIn ? (
        <span className={classes.hint}>
          <Trans>Left empty, the first to expire are taken, as shown.</Trans>
        </span>
      ) : (
        <>
          <ToldSoFar told={toldOf({ lots, serials: '' }, wanted) ?? '0'} wanted={wanted} unit={unit} />
          <Button size="compact-xs" variant="subtle" onClick={takeFirst}>
            <Trans>The first to expire</Trans>
          </Button>
        </>
      )}
    </div>
  )
}
