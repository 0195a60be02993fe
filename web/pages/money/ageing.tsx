import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Alert, Button, Checkbox, Group, Skeleton, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type Ageing, ageingQuery } from '../../api/index.ts'
import { PageTitle } from '../../page/index.ts'
import { PageLink, RemindDialog } from '../../patterns/index.ts'
import { useNarrow } from '../../patterns/use-screen.ts'
import { usePermissions } from '../../session/index.ts'
import { type AgeingStep, ageingSteps, dueDates } from '../../ui/ageing.ts'
import { useFormat } from '../../ui/format.ts'
import table from '../../ui/figure-table.module.css'
import classes from './money.module.css'

type Row = Ageing['items'][number]
type Side = 'receivables' | 'payables'

/** Who owes what, or is owed, by how long it is due; each cell opens the documents that add up to it. */
export function AgeingPage({ side }: { readonly side: Side }) {
  const { t } = useLingui()
  const narrow = useNarrow()
  const format = useFormat()
  const { data, error, refetch } = useQuery(ageingQuery(side))
  const asOf = data === undefined ? '' : format.date(data.asOf)
  const chosen = useChosen(side)
  const [reminding, setReminding] = useState(false)
  return (
    <Stack>
      <div>
        <PageTitle title={side === 'receivables' ? t`Receivables` : t`Payables`} />
        <Text c="dimmed" size="sm">
          {side === 'receivables' ? (
            <Trans>What customers owe, by how long it is due, as of {asOf}.</Trans>
          ) : (
            <Trans>What vendors are owed, by how long it is due, as of {asOf}.</Trans>
          )}
        </Text>
      </div>
      {chosen !== null && data !== undefined && data.items.length > 0 && (
        <Group gap="sm">
          <Button
            variant="default"
            onClick={() => chosen.parties.length > 0 && setReminding(true)}
            aria-disabled={chosen.parties.length === 0}
            data-disabled={chosen.parties.length === 0 || undefined}
          >
            <Trans>Send reminders</Trans>
          </Button>
          <Text size="sm" c="dimmed">
            {chosen.parties.length === 0 ? (
              <Trans>Tick the customers that shall be reminded.</Trans>
            ) : (
              <Plural value={chosen.parties.length} one="# customer" other="# customers" />
            )}
          </Text>
        </Group>
      )}
      {error !== null && (
        <Alert color="red" role="alert">
          <Text size="sm">{error.message}</Text>
          <Button size="xs" variant="default" mt="xs" onClick={() => void refetch()}>
            <Trans>Try again</Trans>
          </Button>
        </Alert>
      )}
      {data === undefined ? (
        error === null && <Skeleton height={240} />
      ) : data.items.length === 0 ? (
        <Text>
          {side === 'receivables' ? (
            <Trans>Nothing is open. An issued invoice stands here until it is paid.</Trans>
          ) : (
            <Trans>Nothing is open. A booked bill stands here until it is paid.</Trans>
          )}
        </Text>
      ) : narrow ? (
        <Cards side={side} ageing={data} chosen={chosen} />
      ) : (
        <Table side={side} ageing={data} chosen={chosen} />
      )}
      {reminding && (
        <RemindDialog of={{ partyIds: chosen?.parties ?? [] }} onClose={() => setReminding(false)} />
      )}
    </Stack>
  )
}

/** The customers that are ticked to be reminded; null where nobody is reminded here. */
interface Chosen {
  readonly parties: readonly string[]
  readonly toggle: (partyId: string) => void
}

/** So many customers are reminded at once. */
const mostChosen = 200

function useChosen(side: Side): Chosen | null {
  const { may } = usePermissions()
  const [parties, setParties] = useState<readonly string[]>([])
  if (side === 'payables' || !may('invoice:write')) return null
  return {
    parties,
    toggle: (partyId) =>
      setParties((all) =>
        all.includes(partyId)
          ? all.filter((each) => each !== partyId)
          : [...all, partyId].slice(0, mostChosen),
      ),
  }
}

/** Ticks a customer of whom something is overdue. */
function Choice({ row, chosen }: { readonly row: Row; readonly chosen: Chosen | null }) {
  const { t } = useLingui()
  if (chosen === null || ageingSteps.every(({ field, from }) => from === null || Number(row[field]) === 0))
    return null
  const name = row.partyName
  return (
    <Checkbox
      size="xs"
      aria-label={t`Remind ${name}`}
      checked={chosen.parties.includes(row.partyId)}
      onChange={() => chosen.toggle(row.partyId)}
    />
  )
}

interface Props {
  readonly side: Side
  readonly ageing: Ageing
  readonly chosen: Chosen | null
}

function Table({ side, ageing, chosen }: Props) {
  const { i18n } = useLingui()
  const format = useFormat()
  const total = (value: string) => format.money(value, ageing.currency)
  return (
    <div className={table.scroll}>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col" className={classes.first}>
              {side === 'receivables' ? <Trans>Customer</Trans> : <Trans>Vendor</Trans>}
            </th>
            {ageingSteps.map((step) => (
              <th key={step.field} scope="col" data-right>
                {i18n._(step.label)}
              </th>
            ))}
            <th scope="col" data-right>
              <Trans>Together</Trans>
            </th>
            <th scope="col" data-right>
              <Trans>On account</Trans>
            </th>
            <th scope="col" data-right>
              <Trans>Balance</Trans>
            </th>
          </tr>
        </thead>
        <tbody>
          {ageing.items.map((row) => (
            <tr key={row.partyId + row.currency}>
              <th scope="row" className={classes.first}>
                <Group gap="xs" wrap="nowrap">
                  <Choice row={row} chosen={chosen} />
                  <span>
                    <PageLink href={`/parties/${row.partyId}`}>{row.partyName}</PageLink>
                    {row.currency !== ageing.currency && (
                      <span className={classes.code}> {row.currency}</span>
                    )}
                  </span>
                </Group>
              </th>
              {ageingSteps.map((step) => (
                <td key={step.field} data-right>
                  <Cell side={side} row={row} step={step} asOf={ageing.asOf} />
                </td>
              ))}
              <td data-right>
                <PageLink href={openOf(side, row)}>{amount(format, row, row.open)}</PageLink>
              </td>
              <td data-right>
                <Credit row={row} />
              </td>
              <td data-right>{amount(format, row, row.balance)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" className={classes.first}>
              <Plural value={ageing.totals.parties} one="# party" other="# parties" />, {ageing.currency}
            </th>
            {ageingSteps.map(({ field }) => (
              <td key={field} data-right>
                {total(ageing.totals[field])}
              </td>
            ))}
            <td data-right>{total(ageing.totals.open)}</td>
            <td data-right>{total(ageing.totals.credit)}</td>
            <td data-right>{total(ageing.totals.balance)}</td>
          </tr>
        </tfoot>
      </table>
      {ageing.totals.rows > ageing.items.length && (
        <Text size="sm" c="dimmed" mt="sm">
          <Trans>The {ageing.items.length} largest are shown; the totals are of all.</Trans>
        </Text>
      )}
    </div>
  )
}

function Cards({ side, ageing, chosen }: Props) {
  const { i18n } = useLingui()
  const format = useFormat()
  return (
    <Stack gap="sm">
      {ageing.items.map((row) => (
        <section key={row.partyId + row.currency} className={classes.card} aria-label={row.partyName}>
          <div className={classes.cardHead}>
            <Group gap="xs" wrap="nowrap">
              <Choice row={row} chosen={chosen} />
              <PageLink href={`/parties/${row.partyId}`}>{row.partyName}</PageLink>
            </Group>
            <strong data-figure>{format.money(row.balance, row.currency, 'currency')}</strong>
          </div>
          {ageingSteps
            .filter(({ field }) => Number(row[field]) !== 0)
            .map((step) => (
              <div key={step.field} className={classes.cardRow}>
                <span>{i18n._(step.label)}</span>
                <Cell side={side} row={row} step={step} asOf={ageing.asOf} />
              </div>
            ))}
          {Number(row.credit) !== 0 && (
            <div className={classes.cardRow}>
              <span>
                <Trans>On account</Trans>
              </span>
              <Credit row={row} />
            </div>
          )}
        </section>
      ))}
      <Text fw={600} data-figure>
        <Trans>Balance</Trans>: {format.money(ageing.totals.balance, ageing.currency, 'currency')}
      </Text>
    </Stack>
  )
}

interface CellProps {
  readonly side: Side
  readonly row: Row
  readonly step: AgeingStep
  readonly asOf: string
}

function Cell({ side, row, step, asOf }: CellProps) {
  const format = useFormat()
  const value = row[step.field]
  const text = amount(format, row, value)
  if (Number(value) === 0) return <span className={classes.zero}>{text}</span>
  return (
    <PageLink
      href={`${openOf(side, row)}&due=${dueDates(step, asOf)}`}
      {...(step.from !== null && { className: classes.late })}
    >
      {text}
    </PageLink>
  )
}

/** Credits and payments that nothing was settled with: the payments of them are one list. */
function Credit({ row }: { readonly row: Row }) {
  const format = useFormat()
  const text = amount(format, row, row.credit)
  if (Number(row.credit) === 0) return <span className={classes.zero}>{text}</span>
  return <PageLink href={`/payments?view=left&partyId=${row.partyId}`}>{text}</PageLink>
}

const openOf = (side: Side, row: Row): string =>
  `/${side === 'receivables' ? 'invoices' : 'bills'}?view=open&partyId=${row.partyId}&currency=${row.currency}`

/** The currency of another than the company's stands beside the name, so that columns line up. */
function amount(format: ReturnType<typeof useFormat>, row: Row, value: string): string {
  return Number(value) === 0 ? '–' : format.money(value, row.currency)
}
