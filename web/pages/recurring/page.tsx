import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Alert, Button, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { type Page, api, dataKey, documentQuery, newKey, refreshData } from '../../api/index.ts'
import { PageLink, documentHref } from '../../patterns/index.ts'
import { FactList, PlainTable, RecordLoading, RecordPage, Section } from '../../patterns/record/index.ts'
import { permissionFor } from '../../../src/kinds.ts'
import { usePermissions } from '../../session/index.ts'
import { useFormat } from '../../ui/format.ts'
import { kindWords } from '../../ui/kinds.ts'
import { notify } from '../../ui/notify.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import {
  type Schedule,
  makes,
  missedWords,
  priceWords,
  runStates,
  scheduleStates,
  useRhythm,
} from './words.ts'

interface Run {
  readonly id: string
  readonly date: string
  readonly state: keyof typeof runStates
  readonly reason: string | null
  readonly documentId: string | null
  readonly documentNumber: string | null
  readonly nextAt: string | null
}

export default function SchedulePage() {
  const { id = '' } = useParams({ strict: false })
  const { t } = useLingui()
  const { data, error, refetch } = useQuery(documentQuery('recurring', id))
  if (data === undefined)
    return <RecordLoading title={t`Schedule`} error={error} retry={() => void refetch()} />
  return <One schedule={data} />
}

function One({ schedule }: { readonly schedule: Schedule }) {
  const { t, i18n } = useLingui()
  const format = useFormat()
  const rhythm = useRhythm()
  const { may } = usePermissions()
  const mayWrite = may('recurring:write') && may(permissionFor(schedule.kind, 'write'))
  const client = useQueryClient()
  const { mutate, isPending } = useMutation({
    mutationFn: (how: 'pause' | 'resume' | 'end') =>
      api.post(`/recurring/${schedule.id}/${how}`, undefined, { key: newKey(), ifMatch: schedule.version }),
    onSuccess: () => refreshData(client),
    onError: (error) => notify.error(error.message),
  })
  const kind = i18n._(kindWords[schedule.kind].one)
  const { made, state, times, lastDate } = schedule
  return (
    <RecordPage
      kind={t`Recurring`}
      title={schedule.name}
      crumbs={[{ label: t`Recurring documents`, href: '/recurring' }]}
      edit={null}
      badges={<StatusBadge status={scheduleStates[state]} />}
      actions={
        mayWrite &&
        state !== 'ended' && (
          <>
            <Button
              variant="default"
              disabled={isPending}
              onClick={() => mutate(state === 'active' ? 'pause' : 'resume')}
            >
              {state === 'active' ? <Trans>Pause</Trans> : <Trans>Go on</Trans>}
            </Button>
            <Button variant="default" disabled={isPending} onClick={() => mutate('end')}>
              <Trans>End for good</Trans>
            </Button>
          </>
        )
      }
    >
      {schedule.problem !== null && (
        <Alert color="red" variant="light" role="alert" title={<Trans>The last date was not made</Trans>}>
          {schedule.problem}
        </Alert>
      )}
      <FactList
        facts={[
          [t`What is made`, `${kind}: ${i18n._(makes[schedule.make])}`],
          [
            t`Made from`,
            <PageLink key="source" href={documentHref(schedule.kind, schedule.sourceId)} size="sm">
              {schedule.sourceNumber ?? kind}
            </PageLink>,
          ],
          [
            t`Customer or vendor`,
            schedule.party !== null && (
              <PageLink href={`/parties/${schedule.partyId}`} size="sm">
                {schedule.party}
              </PageLink>
            ),
          ],
          [t`Total`, format.money(schedule.amount, schedule.currency, 'currency')],
          [t`How often`, rhythm(schedule)],
          [t`First date`, format.date(schedule.firstDate)],
          [t`Last date`, lastDate === null ? null : format.date(lastDate)],
          [t`Times`, times === null ? null : format.number(String(times))],
          [t`Prices`, i18n._(priceWords[schedule.prices])],
          [t`Dates that passed while no server ran`, i18n._(missedWords[schedule.missed])],
          [t`Made so far`, <Plural key="made" value={made} one="# document" other="# documents" />],
          [t`Made by`, schedule.createdBy],
        ]}
      />
      {schedule.dates.length > 0 && (
        <Section title={<Trans>Next dates</Trans>}>
          <Text size="sm">{schedule.dates.map((date) => format.date(date)).join(' · ')}</Text>
        </Section>
      )}
      <Log schedule={schedule} mayWrite={mayWrite} />
    </RecordPage>
  )
}

function Log({ schedule, mayWrite }: { readonly schedule: Schedule; readonly mayWrite: boolean }) {
  const { t, i18n } = useLingui()
  const format = useFormat()
  const client = useQueryClient()
  const path = `/recurring/${schedule.id}/runs`
  const { data } = useQuery({
    queryKey: dataKey('recurring', path),
    queryFn: ({ signal }) => api.get<Page<Run>>(path, { limit: 50 }, { signal }),
    refetchInterval: 20_000,
  })
  const again = useMutation({
    mutationFn: (id: string) => api.post(`/recurring-runs/${id}/again`, undefined, { key: newKey() }),
    onSuccess: () => refreshData(client),
    onError: (error) => notify.error(error.message),
  })
  if (data === undefined) return null
  return (
    <Section title={<Trans>Log</Trans>}>
      <PlainTable
        label={t`Log`}
        rows={data.items}
        keyOf={(run) => run.id}
        none={<Trans>No date has come yet.</Trans>}
        columns={[
          { label: t`Date`, render: (run) => format.date(run.date) },
          { label: t`Status`, render: (run) => <StatusBadge status={runStates[run.state]} /> },
          {
            label: t`Document`,
            render: (run) =>
              run.documentId !== null && (
                <PageLink href={documentHref(schedule.kind, run.documentId)} size="sm">
                  {run.documentNumber ?? i18n._(kindWords[schedule.kind].one)}
                </PageLink>
              ),
          },
          { label: t`What happened`, render: (run) => run.reason },
          {
            label: t`Tried again`,
            render: (run) => (run.nextAt === null || run.reason === null ? null : format.moment(run.nextAt)),
          },
          {
            label: '',
            render: (run) =>
              mayWrite &&
              (run.state === 'failed' || (run.state === 'waiting' && run.reason !== null)) && (
                <Button
                  size="compact-sm"
                  variant="subtle"
                  disabled={again.isPending}
                  onClick={() => again.mutate(run.id)}
                >
                  <Trans>Try again</Trans>
                </Button>
              ),
          },
        ]}
      />
    </Section>
  )
}
