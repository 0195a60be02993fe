import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { sum, decimal } from '../../../src/kernel/decimal.ts'
import { currentCompany, newKey, refreshData } from '../../api/index.ts'
import { countOf, retryJob, startJob, stopJob, useJobs } from '../../page/index.ts'
import { useFormat } from '../../ui/format.ts'
import { notify } from '../../ui/notify.tsx'
import { useReason } from '../action/reasons.ts'
import { JobProgress, JobRows } from '../jobs/job-rows.tsx'
import { inCompany } from '../links.tsx'
import { usePhone } from '../use-screen.ts'
import type { BulkAction, ListDescription } from './description.ts'

interface Props<Row> {
  readonly list: ListDescription<Row>
  readonly action: BulkAction<Row>
  readonly rows: readonly Row[]
  readonly onClose: () => void
}

/** Does one thing to many rows as a job: closed, it goes on, and the header shows how far it is. */
export default function BulkDialog<Row>({ list, action, rows, onClose }: Props<Row>) {
  const { i18n, t } = useLingui()
  const client = useQueryClient()
  const reason = useReason()
  const phone = usePhone()
  const [id, setId] = useState<number | null>(null)
  const job = useJobs().find((each) => each.id === id) ?? null
  const open = useRef(true)
  useEffect(() => {
    open.current = true
    return () => {
      open.current = false
    }
  }, [])
  const label = i18n._(action.label)
  const count = rows.length
  const foreseen = useForeseen(action, rows)
  const refused = foreseen.data ?? nothing
  const doable = rows.filter((row) => !refused.has(list.idOf(row)))
  const ready = !foreseen.isPending && doable.length > 0
  const left = job === null ? 0 : countOf(job, 'failed') + countOf(job, 'waiting')
  const start = () => {
    if (!ready) return
    const company = currentCompany()
    // Skipped without asking; tried again, the server says whether it still refuses.
    const skipped = new Map(refused)
    setId(
      startJob({
        title: `${label} (${count})`,
        rows: rows.map((row) => {
          // One key for each row for as long as the job is known: tried again, it is done once.
          const key = newKey()
          return {
            id: list.idOf(row),
            label: list.labelOf(row),
            async run() {
              const why = skipped.get(list.idOf(row))
              skipped.delete(list.idOf(row))
              if (why !== undefined) throw new Error(why)
              const { label: made = null, href } = await action.run(row, { key, company })
              return { label: made, ...(href !== undefined && { href: inCompany(href, company) }) }
            },
          }
        }),
        reasonOf: (error) => (error instanceof Error ? reason(error.message) : String(error)),
        async after(ended) {
          const [done, failed] = [countOf(ended, 'done'), countOf(ended, 'failed')]
          if (!open.current && failed > 0) notify.error(t`${label}: ${done} done, ${failed} skipped`)
          else if (!open.current) notify.done(t`${label}: ${done} done`)
          await refreshData(client)
        },
      }),
    )
  }
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      fullScreen={phone}
      title={`${label} (${count})`}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      <Stack>
        {job === null && action.explains !== undefined && <Text size="sm">{i18n._(action.explains)}</Text>}
        <Totals list={list} rows={doable} />
        {job === null && <Skipped count={refused.size} error={foreseen.error} />}
        {job !== null && <JobProgress job={job} />}
        <JobRows
          rows={
            job?.rows ??
            rows.map((row) => {
              const why = refused.get(list.idOf(row))
              return {
                id: list.idOf(row),
                label: list.labelOf(row),
                outcome: why === undefined ? { state: 'waiting' } : { state: 'failed', reason: reason(why) },
              }
            })
          }
        />
        {job?.busy === true && (
          <Text size="sm" c="dimmed">
            <Trans>It goes on when this is closed; the header shows how far it is.</Trans>
          </Text>
        )}
        <Group justify="flex-end">
          {job?.busy === true && (
            <Button variant="subtle" onClick={() => stopJob(job.id)}>
              <Trans>Stop</Trans>
            </Button>
          )}
          <Button variant="default" onClick={onClose}>
            {job === null ? <Trans>Not now</Trans> : <Trans>Close</Trans>}
          </Button>
          {job === null && (
            <Button
              onClick={start}
              loading={foreseen.isPending}
              aria-disabled={!ready}
              data-disabled={!ready || undefined}
              data-autofocus
            >
              {label}
            </Button>
          )}
          {job !== null && !job.busy && left > 0 && (
            <Button onClick={() => retryJob(job.id)}>
              {countOf(job, 'waiting') > 0 ? <Trans>Do the rest</Trans> : <Trans>Retry the failed</Trans>}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  )
}

const nothing: ReadonlyMap<string, string> = new Map()

/** What would be refused of these rows; asked once, when the dialog opens. */
function useForeseen<Row>({ id, foresee }: BulkAction<Row>, rows: readonly Row[]) {
  const [key] = useState(newKey)
  return useQuery({
    queryKey: ['foreseen', id, key],
    queryFn: async () => (await foresee?.(rows)) ?? nothing,
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
  })
}

/** How many will not be done, before it is begun. */
function Skipped({ count, error }: { readonly count: number; readonly error: Error | null }) {
  if (error !== null)
    return (
      <Alert color="yellow" variant="light">
        <Trans>What will be refused could not be asked. Each row tells it when it is its turn.</Trans>
      </Alert>
    )
  if (count === 0) return null
  return (
    <Text size="sm" role="status">
      <Plural
        value={count}
        one="# will be skipped, with its reason below."
        other="# will be skipped, with their reasons below."
      />
    </Text>
  )
}

function Totals<Row>({ list, rows }: Pick<Props<Row>, 'list' | 'rows'>) {
  const format = useFormat()
  const { amountOf } = list
  if (amountOf === undefined) return null
  const amounts = rows.map(amountOf).filter((each) => each !== null)
  const currencies = [...new Set(amounts.map((each) => each.currency))]
  const totals = currencies.map((currency) => {
    const of = amounts.filter((each) => each.currency === currency)
    return format.money(sum(of.map((each) => decimal(each.amount))).toFixed(), currency, 'currency')
  })
  if (totals.length === 0) return null
  const total = totals.join(' + ')
  return (
    <Text size="sm" data-figure>
      <Trans>Together {total}</Trans>
    </Text>
  )
}
