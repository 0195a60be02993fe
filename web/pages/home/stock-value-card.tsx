import { Trans } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { stockValueQuery } from '../../api/index.ts'
import { PageLink } from '../../patterns/index.ts'
import { useFormat } from '../../ui/format.ts'
import { HomeCard } from './card.tsx'
import classes from './home.module.css'

export function StockValueCard() {
  const format = useFormat()
  const { data, error, refetch } = useQuery(stockValueQuery())
  const total = data === undefined ? '' : format.money(data.value, data.currency, 'currency')
  return (
    <HomeCard
      title={data === undefined ? '…' : <Trans>The stock is worth {total}</Trans>}
      error={error}
      onRetry={() => void refetch()}
    >
      {data === undefined ? null : data.items.length === 0 ? (
        <span className={classes.quiet}>
          <Trans>The first receipt or adjustment fills it.</Trans>
        </span>
      ) : (
        <ul className={classes.rows}>
          {data.items.map(({ warehouseId, warehouseName, value }) => (
            <li key={warehouseId} className={classes.row}>
              <PageLink href={`/stock/levels?warehouseId=${warehouseId}`}>{warehouseName}</PageLink>
              <span className={classes.figure}>{format.money(value, data.currency)}</span>
            </li>
          ))}
        </ul>
      )}
    </HomeCard>
  )
}
