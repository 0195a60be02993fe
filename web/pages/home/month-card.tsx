import { Trans, useLingui } from '@lingui/react/macro'
import { Button, Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, Suspense, lazy, useEffect, useState } from 'react'
import { type SalesByMonth, salesByMonthQuery } from '../../api/index.ts'
import { PageLink } from '../../patterns/index.ts'
import { useFormat } from '../../ui/format.ts'
import { HomeCard } from './card.tsx'
import classes from './home.module.css'

const Chart = lazy(() => import('./chart.tsx'))

type Month = SalesByMonth['items'][number]
type Field = Exclude<keyof Month, 'month'>

interface Props {
  readonly renderTitle: (now: Month, before: Month, money: (value: string) => string) => ReactNode
  readonly empty: ReactNode
  /** Before the currency, below the figures. */
  readonly note: ReactNode
  readonly series: readonly {
    readonly field: Field
    readonly label: string
    readonly color: string
    /** The list whose rows add up to the figure of a month; none where it is no sum of one list. */
    readonly href?: (period: string) => string
  }[]
}

const months = 6

/** Half a year of a few figures, as bars and as a table. */
function MonthCard({ renderTitle, series, empty, note }: Props) {
  const { t } = useLingui()
  const format = useFormat()
  const [asTable, setAsTable] = useState(false)
  const painted = usePainted()
  const { data, error, refetch } = useQuery(salesByMonthQuery(months))
  const items = data?.items ?? []
  const now = items.at(-1)
  const before = items.at(-2)
  const currency = data?.currency ?? 'EUR'
  const money = (value: string) => format.money(value, currency, 'currency')
  const nothing = items.every((month) => series.every(({ field }) => Number(month[field]) === 0))
  return (
    <HomeCard
      wide
      title={now === undefined || before === undefined ? '…' : renderTitle(now, before, money)}
      error={error}
      onRetry={() => void refetch()}
    >
      {data === undefined ? null : nothing ? (
        empty
      ) : (
        <>
          {asTable ? (
            <div className={classes.scroll} role="group" aria-label={t`Figures by month`}>
              <table className={classes.table}>
                <thead>
                  <tr>
                    <th scope="col">
                      <Trans>Month</Trans>
                    </th>
                    {series.map(({ field, label }) => (
                      <th key={field} scope="col">
                        {label}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {items.map((month) => (
                    <tr key={month.month}>
                      <td>{format.month(month.month)}</td>
                      {series.map(({ field, href }) => {
                        const text = format.money(month[field], currency)
                        return (
                          <td key={field}>
                            {href === undefined ? (
                              text
                            ) : (
                              <PageLink href={href(wholeMonth(month.month))}>{text}</PageLink>
                            )}
                          </td>
                        )
                      })}
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          ) : (
            <div aria-hidden>
              {painted ? (
                <Suspense fallback={<Skeleton height={200} />}>
                  <Chart
                    rows={items.map(({ month, ...figures }) => ({ ...figures, label: format.month(month) }))}
                    series={series.map(({ field, label, color }) => ({ name: field, label, color }))}
                  />
                </Suspense>
              ) : (
                <Skeleton height={200} />
              )}
            </div>
          )}
          <div className={classes.foot}>
            <span className={classes.quiet}>
              {note} {currency}
            </span>
            <Button
              size="compact-sm"
              variant="subtle"
              aria-pressed={asTable}
              onClick={() => setAsTable(!asTable)}
            >
              <Trans>As a table</Trans>
            </Button>
          </div>
        </>
      )}
    </HomeCard>
  )
}

export function SalesCard() {
  const { t } = useLingui()
  return (
    <MonthCard
      renderTitle={(now, before, money) => {
        const [sold, earned, last] = [money(now.net), money(now.margin), money(before.net)]
        return (
          <Trans>
            {sold} invoiced this month with a margin of {earned}; {last} last month
          </Trans>
        )
      }}
      note={<Trans>Without tax, in</Trans>}
      empty={<Trans>The first issued invoice begins this picture.</Trans>}
      series={[
        {
          field: 'net',
          label: t`Invoiced`,
          color: 'blue.6',
          href: (period) => `/invoices?view=all&state=posted&date=${period}`,
        },
        { field: 'cost', label: t`Cost of goods delivered`, color: 'gray.6' },
        { field: 'margin', label: t`Margin`, color: 'green.7' },
      ]}
    />
  )
}

export function CashCard() {
  const { t } = useLingui()
  const list = (direction: string) => (period: string) =>
    `/payments?view=${direction}&state=posted&date=${period}`
  return (
    <MonthCard
      renderTitle={(now, _before, money) => {
        const [came, went] = [money(now.moneyIn), money(now.moneyOut)]
        return (
          <Trans>
            {came} came in this month, {went} went out
          </Trans>
        )
      }}
      note={<Trans>At the rates of the day, in</Trans>}
      empty={<Trans>The first booked payment begins this picture.</Trans>}
      series={[
        { field: 'moneyIn', label: t`Money in`, color: 'green.7', href: list('in') },
        { field: 'moneyOut', label: t`Money out`, color: 'orange.7', href: list('out') },
      ]}
    />
  )
}

/** '2026-11-01..2026-11-30' of its first day. */
function wholeMonth(first: string): string {
  const [year = 0, month = 1] = first.split('-').map(Number)
  return `${first}..${new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10)}`
}

/** False until the page was shown once: charts are large and wait for that. */
function usePainted(): boolean {
  const [painted, setPainted] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setPainted(true), 100)
    return () => clearTimeout(timer)
  }, [])
  return painted
}
