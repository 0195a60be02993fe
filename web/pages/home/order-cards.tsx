import { Trans, useLingui } from '@lingui/react/macro'
import type { ItemOf } from '../../api/index.ts'
import { useToday } from '../../session/index.ts'
import { useFormat } from '../../ui/format.ts'
import { ListCard } from './list-card.tsx'
import classes from './home.module.css'

type Order = ItemOf<'sales-orders'>

/** Sales orders that goods are still owed to, the most urgent first. */
export function ToDeliverCard() {
  return (
    <ListCard
      resource="sales-orders"
      search={{ fulfilment: 'open', sort: 'expectedDate' }}
      href="/sales-orders?view=to-ship"
      hrefOf={(row) => `/sales-orders/${row.id}`}
      renderTitle={(rows) =>
        rows === 0 ? <Trans>Nothing to deliver</Trans> : <Trans>To be delivered next</Trans>
      }
      empty={<Trans>A confirmed sales order fills it.</Trans>}
      label={(row) => row.number}
      second={(row) => row.party.name}
      renderFigure={(row) => <Expected row={row} />}
    />
  )
}

/** Purchase orders whose goods are on their way, the next first. */
export function ToReceiveCard() {
  return (
    <ListCard
      resource="purchase-orders"
      search={{ fulfilment: 'open', sort: 'expectedDate' }}
      href="/purchase-orders?view=to-ship"
      hrefOf={(row) => `/purchase-orders/${row.id}`}
      renderTitle={(rows) =>
        rows === 0 ? <Trans>Nothing is expected</Trans> : <Trans>To be received next</Trans>
      }
      empty={<Trans>A confirmed purchase order fills it.</Trans>}
      label={(row) => row.number}
      second={(row) => row.party.name}
      renderFigure={(row) => <Expected row={row} />}
    />
  )
}

/** What is available of nothing, or soon will be. */
export function LowStockCard() {
  const format = useFormat()
  return (
    <ListCard
      resource="stock/levels"
      search={{ low: true }}
      href="/stock/levels?low=true"
      hrefOf={(row) => `/products/${row.productId}`}
      renderTitle={(rows) =>
        rows === 0 ? <Trans>Nothing has run out</Trans> : <Trans>Nothing is left to promise of these</Trans>
      }
      empty={<Trans>Products of which nothing is available, or less than orders need, stand here.</Trans>}
      label={(row) => row.name}
      second={(row) => row.warehouseName}
      renderFigure={(row) => format.quantity(row.available, row.unit)}
    />
  )
}

function Expected({ row }: { readonly row: Order }) {
  const { t } = useLingui()
  const format = useFormat()
  const today = useToday()
  if (row.expectedDate === null) return <span className={classes.quiet}>{t`no date`}</span>
  const date = format.date(row.expectedDate)
  return row.expectedDate < today ? (
    <span className={classes.late}>
      <Trans>{date}, late</Trans>
    </span>
  ) : (
    date
  )
}
