import { Trans, useLingui } from '@lingui/react/macro'
import { decimal, sum } from '../../../src/kernel/decimal.ts'
import type { Ageing } from '../../api/index.ts'
import { PageLink } from '../../patterns/index.ts'
import { WhySum } from '../../patterns/why-sum.tsx'
import { ageingSteps, dueDates } from '../../ui/ageing.ts'
import { useFormat } from '../../ui/format.ts'
import classes from './parties.module.css'

interface Props {
  readonly partyId: string
  readonly role: 'customer' | 'vendor'
  /** One for each currency. */
  readonly rows: readonly Ageing['items'][number][]
  readonly asOf: string
  readonly overdue: boolean
}

/** What a party owes or is owed: by how long it is due, each part a link to the invoices or bills that make it. */
export default function WhyBalance({ partyId, role, rows, asOf, overdue }: Props) {
  const { i18n, t } = useLingui()
  const format = useFormat()
  const list = role === 'customer' ? '/invoices' : '/bills'
  return (
    <>
      {rows.map((row) => {
        const steps = ageingSteps
          .filter(({ field }) => !overdue || field !== 'notDue')
          .filter(({ field }) => !decimal(row[field]).eq('0'))
        const credit = overdue || decimal(row.credit).eq('0') ? null : decimal(row.credit).neg().toFixed()
        const total = sum([
          ...steps.map(({ field }) => decimal(row[field])),
          ...(credit === null ? [] : [decimal(credit)]),
        ]).toFixed()
        const of = `partyId=${partyId}&paymentStatus=unpaid&currency=${row.currency}`
        return (
          <WhySum
            key={row.currency}
            title={overdue ? t`Overdue` : t`Balance`}
            total={format.money(total, row.currency, 'currency')}
            rows={[
              ...steps.map((step) => ({
                key: step.field,
                label: (
                  <PageLink href={`${list}?${of}&due=${dueDates(step, asOf)}`} size="sm">
                    {i18n._(step.label)}
                  </PageLink>
                ),
                figure: format.money(row[step.field], row.currency),
              })),
              ...(credit === null
                ? []
                : [
                    {
                      key: 'credit',
                      label: <Trans>Credits not used</Trans>,
                      figure: format.money(credit, row.currency),
                    },
                  ]),
            ]}
          />
        )
      })}
      <p className={classes.hint}>
        {overdue ? (
          <Trans>What is open of documents whose due date has passed.</Trans>
        ) : (
          <Trans>
            What is open, by the days since it was due, less credits and payments that are not used.
          </Trans>
        )}
      </p>
    </>
  )
}
