import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { decimal } from '../../../src/kernel/decimal.ts'
import { type OneOf, ageingQuery } from '../../api/index.ts'
import { PageLink } from '../../patterns/index.ts'
import { FactList, PlainTable, Section } from '../../patterns/record/index.ts'
import { useCompany, usePermissions } from '../../session/index.ts'
import { ageingSteps, dueDates } from '../../ui/ageing.ts'
import { useFormat } from '../../ui/format.ts'
import classes from './parties.module.css'

interface Props {
  readonly party: Pick<OneOf<'parties'>, 'id' | 'roles' | 'creditLimit'>
}

/** What the party owes and is owed, by how long it is due; each figure leads to the invoices that make it. */
export function Balance({ party }: Props) {
  const { may } = usePermissions()
  return (
    <>
      {party.roles.includes('customer') && may('invoice:read') && (
        <OneSide party={party} side="receivables" />
      )}
      {party.roles.includes('vendor') && may('bill:read') && <OneSide party={party} side="payables" />}
    </>
  )
}

function OneSide({ party, side }: Props & { readonly side: 'receivables' | 'payables' }) {
  const { t, i18n } = useLingui()
  const format = useFormat()
  const company = useCompany()
  const { data } = useQuery(ageingQuery(side, party.id))
  if (data === undefined) return null
  const list = side === 'receivables' ? '/invoices' : '/bills'
  const title = side === 'receivables' ? t`Owes us` : t`We owe`
  const { creditLimit } = party
  const limit = side === 'receivables' && creditLimit !== null ? decimal(creditLimit) : null
  return (
    <Section title={title}>
      <PlainTable
        label={title}
        rows={data.items}
        keyOf={(row) => row.currency}
        none={<Trans>Nothing is open.</Trans>}
        columns={[
          { label: t`Currency`, render: (row) => row.currency },
          ...ageingSteps.map((step) => ({
            label: i18n._(step.label),
            align: 'right' as const,
            render: (row: (typeof data.items)[number]) =>
              decimal(row[step.field]).eq('0') ? (
                <span className={classes.quiet}>–</span>
              ) : (
                <PageLink
                  href={`${list}?partyId=${party.id}&paymentStatus=unpaid&currency=${row.currency}&due=${dueDates(step, data.asOf)}`}
                >
                  <span data-figure>{format.money(row[step.field], row.currency)}</span>
                </PageLink>
              ),
          })),
          {
            label: t`Credits not used`,
            align: 'right',
            render: (row) => <span data-figure>{format.money(row.credit, row.currency)}</span>,
          },
          {
            label: t`Balance`,
            align: 'right',
            render: (row) => <b data-figure>{format.money(row.balance, row.currency)}</b>,
          },
        ]}
      />
      {limit !== null && (
        <FactList
          facts={[
            [t`Credit limit`, format.money(limit.toFixed(), company.currency, 'currency')],
            [t`Used of it`, format.money(data.totals.balance, company.currency, 'currency')],
            [
              t`Left of it`,
              <span
                key="left"
                className={limit.minus(decimal(data.totals.balance)).lt('0') ? classes.late : undefined}
              >
                {format.money(
                  limit.minus(decimal(data.totals.balance)).toFixed(),
                  company.currency,
                  'currency',
                )}
              </span>,
            ],
          ]}
        />
      )}
    </Section>
  )
}
