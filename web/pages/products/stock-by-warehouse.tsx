import { Trans, useLingui } from '@lingui/react/macro'
import { Skeleton, UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Static } from 'typebox'
import { decimal, sum } from '../../../src/kernel/decimal.ts'
import type { BalanceOut } from '../../../src/stock/balances/schema.ts'
import { type ItemOf, type Json, type OneOf, type Page, api, dataKey, listQuery } from '../../api/index.ts'
import { type StockFigure, StockWhy, stockFigures } from '../../patterns/stock/stock-why.tsx'
import { usePhone } from '../../patterns/use-screen.ts'
import { useFormat } from '../../ui/format.ts'
import classes from './products.module.css'

type Level = ItemOf<'stock/levels'>
type Balance = Json<Static<typeof BalanceOut>>
type Shown = Exclude<StockFigure, 'value'>
const figures: readonly Shown[] = ['onHand', 'reserved', 'available', 'incoming', 'outgoing', 'forecast']

interface Props {
  readonly product: Pick<OneOf<'products'>, 'id' | 'sku' | 'unit'>
  /** In a drawer: always as on a phone. */
  readonly narrow?: boolean
}

/** What each warehouse has of a product. Every figure explains itself; a warehouse opens to its places and lots. */
export function StockByWarehouse({ product, narrow = false }: Props) {
  const { t, i18n } = useLingui()
  const phone = usePhone() || narrow
  const levels = useQuery(listQuery('stock/levels', { productId: product.id, limit: 200 }))
  if (levels.error !== null) return <p role="alert">{levels.error.message}</p>
  if (levels.data === undefined) return <Skeleton height={120} />
  const rows = levels.data.items
  if (rows.length === 0)
    return (
      <p className={classes.hint}>
        <Trans>
          None of it has moved yet, and no order waits for it. A receipt, or an adjustment as opening stock,
          brings it in.
        </Trans>
      </p>
    )
  if (phone)
    return (
      <ul className={classes.cards}>
        {rows.map((level) => (
          <li key={level.warehouseId}>
            <h3>{level.warehouseName}</h3>
            <dl className={classes.figures}>
              {figures.map((field) => (
                <div key={field}>
                  <dt>{i18n._(stockFigures[field].label)}</dt>
                  <dd>
                    <Figure level={level} field={field} />
                  </dd>
                </div>
              ))}
            </dl>
          </li>
        ))}
      </ul>
    )
  return (
    // A scroll area must be reachable by keyboard.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={classes.scroll} role="region" aria-label={t`Stock by warehouse`} tabIndex={0}>
      <table className={classes.stock}>
        <thead>
          <tr>
            <th scope="col">
              <Trans>Warehouse</Trans>
            </th>
            {figures.map((field) => (
              <th key={field} scope="col">
                {i18n._(stockFigures[field].label)}
              </th>
            ))}
          </tr>
        </thead>
        {rows.map((level) => (
          <WarehouseRows key={level.warehouseId} level={level} />
        ))}
        {rows.length > 1 && <Together rows={rows} />}
      </table>
    </div>
  )
}

function Figure({ level, field }: { readonly level: Level; readonly field: Shown }) {
  const format = useFormat()
  const value = level[field]
  const below = decimal(value).lt('0')
  return (
    <StockWhy
      productId={level.productId}
      warehouseId={level.warehouseId}
      field={field}
      name={`${level.sku}, ${level.warehouseName}`}
    >
      <span className={below ? classes.bad : undefined}>{format.number(value)}</span>
    </StockWhy>
  )
}

function WarehouseRows({ level }: { readonly level: Level }) {
  const { t } = useLingui()
  const [opened, setOpened] = useState(false)
  const name = level.warehouseName
  const Icon = opened ? IconChevronDown : IconChevronRight
  return (
    <tbody>
      <tr>
        <th scope="row">
          <UnstyledButton
            className={classes.expand}
            aria-expanded={opened}
            title={t`Places and lots in ${name}`}
            onClick={() => setOpened((is) => !is)}
          >
            <Icon size={16} aria-hidden />
            {name}
          </UnstyledButton>
        </th>
        {figures.map((field) => (
          <td key={field}>
            <Figure level={level} field={field} />
          </td>
        ))}
      </tr>
      {opened && <Places level={level} />}
    </tbody>
  )
}

function Places({ level }: { readonly level: Level }) {
  const format = useFormat()
  const { productId, warehouseId } = level
  const { data, error } = useQuery({
    queryKey: dataKey('stock/balances', productId, warehouseId),
    queryFn: ({ signal }) =>
      api.get<Page<Balance>>('/stock/balances', { productId, warehouseId, limit: 200 }, { signal }),
  })
  const wide = figures.length - 1
  if (error !== null)
    return (
      <tr className={classes.place}>
        <th colSpan={wide + 2}>{error.message}</th>
      </tr>
    )
  if (data === undefined)
    return (
      <tr className={classes.place}>
        <th colSpan={wide + 2}>
          <Skeleton height={12} width={180} />
        </th>
      </tr>
    )
  if (data.items.length === 0)
    return (
      <tr className={classes.place}>
        <th scope="row" colSpan={wide + 2}>
          <Trans>Nothing lies here.</Trans>
        </th>
      </tr>
    )
  return data.items.map((balance) => {
    const expires = balance.expiresOn === null ? null : format.date(balance.expiresOn)
    return (
      <tr key={`${balance.locationId} ${balance.lotId}`} className={classes.place}>
        <th scope="row">
          {balance.locationName}
          <span className={classes.quiet}>
            {balance.locationType === 'quarantine' && (
              <>
                {' · '}
                <Trans>quarantine, not counted above</Trans>
              </>
            )}
            {balance.lotNumber !== null && ` · ${balance.lotNumber}`}
            {expires !== null &&
              (balance.expired ? (
                <>
                  {' · '}
                  <Trans>expired on {expires}</Trans>
                </>
              ) : (
                <>
                  {' · '}
                  <Trans>good until {expires}</Trans>
                </>
              ))}
          </span>
        </th>
        <td>{format.number(balance.quantity)}</td>
        <td colSpan={wide}>{'\u00a0'}</td>
      </tr>
    )
  })
}

function Together({ rows }: { readonly rows: readonly Level[] }) {
  const format = useFormat()
  return (
    <tfoot>
      <tr>
        <th scope="row">
          <Trans>Together</Trans>
        </th>
        {figures.map((field) => (
          <td key={field}>{format.number(sum(rows.map((row) => decimal(row[field]))).toFixed())}</td>
        ))}
      </tr>
    </tfoot>
  )
}
