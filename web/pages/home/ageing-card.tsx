import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { decimal } from '../../../src/kernel/decimal.ts'
import { ageingQuery } from '../../api/index.ts'
import { PageLink } from '../../patterns/index.ts'
import { ageingSteps, dueDates } from '../../ui/ageing.ts'
import { useFormat } from '../../ui/format.ts'
import { HomeCard } from './card.tsx'
import classes from './home.module.css'

/** Open amounts by how long they are due; each step opens its invoices. */
export function AgeingCard({ side }: { readonly side: 'receivables' | 'payables' }) {
  const { i18n } = useLingui()
  const format = useFormat()
  const { data, error, refetch } = useQuery(ageingQuery(side))
  const list = side === 'receivables' ? '/invoices' : '/bills'
  const totals = data?.totals
  const money = (value: string) => format.money(value, data?.currency ?? 'EUR', 'currency')
  const open = totals === undefined ? '' : money(totals.open)
  const late = totals === undefined ? '' : money(decimal(totals.open).minus(decimal(totals.notDue)).toFixed())
  return (
    <HomeCard
      title={
        totals === undefined ? (
          '…'
        ) : side === 'receivables' ? (
          <Trans>
            Customers owe {open}, {late} of it is overdue
          </Trans>
        ) : (
          <Trans>
            {open} is owed to vendors, {late} of it is overdue
          </Trans>
        )
      }
      error={error}
      onRetry={() => void refetch()}
    >
      {data === undefined ? null : (
        <>
          <ul className={classes.rows}>
            {ageingSteps.map((step) => {
              const amount = data.totals[step.field]
              const share = Number(data.totals.open) === 0 ? 0 : Number(amount) / Number(data.totals.open)
              return (
                <li key={step.field} className={classes.step}>
                  <div className={classes.stepHead}>
                    <span>{i18n._(step.label)}</span>
                    <PageLink
                      href={`${list}?view=open&due=${dueDates(step, data.asOf)}`}
                      className={classes.figure}
                    >
                      {money(amount)}
                    </PageLink>
                  </div>
                  <div className={classes.bar} data-late={step.from !== null || undefined} aria-hidden>
                    <span style={{ width: `${Math.round(share * 100)}%` }} />
                  </div>
                </li>
              )
            })}
          </ul>
          <div className={classes.foot}>
            <span className={classes.quiet}>
              <Trans>at the rates of the documents</Trans>
            </span>
            <PageLink href={`/${side}`} size="sm">
              <Trans>By party</Trans>
            </PageLink>
          </div>
        </>
      )}
    </HomeCard>
  )
}
