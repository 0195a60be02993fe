import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Static } from 'typebox'
import { sum } from '../../../src/kernel/decimal.ts'
import type { BalanceOut } from '../../../src/stock/balances/schema.ts'
import { type Json, type Page, api, dataKey, documentQuery } from '../../api/index.ts'
import { useFormat } from '../../ui/format.ts'
import { DecimalInput } from '../../ui/inputs/index.ts'
import classes from './quantities.module.css'
import { type LotInput, type OfferedLot, type QuantityRow, figure, firstToExpire } from './rows.ts'

interface Props {
  readonly row: QuantityRow
  /** What is typed for the line, in its unit. */
  readonly quantity: string
  readonly lots: readonly LotInput[]
  readonly onChange: (lots: readonly LotInput[]) => void
}

/**
 * Of which lots the goods are: those of the source for what comes or goes back, those in stock for what leaves,
 * the first to expire first. Left empty, the server takes them in this very order.
 */
export function LotChoice({ row, quantity, lots, onChange }: Props) {
  const { t } = useLingui()
  const format = useFormat()
  const { name, productId } = row
  const inStock = useLotsInStock(row.lots === undefined ? productId : null, row.warehouseId ?? null)
  const product = useQuery({
    ...documentQuery('products', productId ?? ''),
    enabled: productId !== null,
  }).data
  const offered = row.lots ?? inStock
  if (product === undefined || offered === null || offered.length === 0) return null
  const ratio = product.units.find(({ unit }) => unit === row.unit)
  const times = ratio === undefined ? '1' : String(ratio.numerator)
  const through = ratio === undefined ? '1' : String(ratio.denominator)
  const wanted = figure(quantity).times(figure(times)).div(figure(through))
  const proposal = firstToExpire(offered, wanted.toFixed())
  const given = sum(lots.map((lot) => figure(lot.quantity)))
  const set = (lot: OfferedLot, value: string) => {
    const others = lots.filter(({ number }) => number !== lot.number)
    onChange(value === '' ? others : [...others, { number: lot.number, expiresOn: '', quantity: value }])
  }
  const [missing, unit] = [format.quantity(wanted.minus(given).toFixed(), product.unit), product.unit]
  return (
    <div className={classes.lots}>
      <ul className={classes.lotList} aria-label={t`Lots: ${name}`}>
        {offered.map((lot) => (
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
              placeholder={lots.length === 0 ? proposal.get(lot.number) : undefined}
              value={lots.find(({ number }) => number === lot.number)?.quantity ?? ''}
              onChange={(value) => set(lot, value)}
              error={
                figure(lots.find(({ number }) => number === lot.number)?.quantity ?? '').gt(
                  figure(lot.quantity),
                )
                  ? t`More than there is`
                  : null
              }
            />
          </li>
        ))}
      </ul>
      {lots.length === 0 ? (
        <span className={classes.hint}>
          <Trans>Left empty, the first to expire are taken, as shown.</Trans>
        </span>
      ) : (
        <>
          {!given.eq(wanted) && (
            <span className={classes.hint} role="status">
              <Trans>Not yet told: {missing}</Trans>
            </span>
          )}
          <Button size="compact-xs" variant="subtle" onClick={() => onChange([])}>
            <Trans>The first to expire</Trans>
          </Button>
        </>
      )}
    </div>
  )
}

/** Lots in the stock places of a warehouse, the first to expire first; null until they are known. */
function useLotsInStock(productId: string | null, warehouseId: string | null): readonly OfferedLot[] | null {
  const { data } = useQuery({
    queryKey: dataKey('stock/balances', productId, warehouseId),
    queryFn: ({ signal }) =>
      api.get<Page<Json<Static<typeof BalanceOut>>>>(
        '/stock/balances',
        { productId, warehouseId, limit: 200 },
        { signal },
      ),
    enabled: productId !== null && warehouseId !== null,
  })
  if (data === undefined) return null
  const lots = new Map<string, OfferedLot>()
  for (const { lotNumber, expiresOn, expired, quantity, locationType } of data.items) {
    if (lotNumber === null || locationType !== 'stock') continue
    const all = figure(lots.get(lotNumber)?.quantity ?? '').plus(figure(quantity))
    lots.set(lotNumber, { number: lotNumber, expiresOn, expired, quantity: all.toFixed() })
  }
  const never = '9999'
  return [...lots.values()].sort((a, b) => {
    const [x, y] = [a.expiresOn ?? never, b.expiresOn ?? never]
    return x < y ? -1 : x > y ? 1 : a.number < b.number ? -1 : 1
  })
}
