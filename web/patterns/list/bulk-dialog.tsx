import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Button, Group, Loader, Modal, Progress, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconPoint } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { sum, decimal } from '../../../src/kernel/decimal.ts'
import { newKey, refreshData } from '../../api/index.ts'
import { useFormat } from '../../ui/format.ts'
import { PageLink } from '../links.tsx'
import { useReason } from '../action/reasons.ts'
import { usePhone } from '../use-screen.ts'
import type { BulkAction, BulkResult, ListDescription } from './description.ts'
import classes from './list.module.css'

interface Props<Row> {
  readonly list: ListDescription<Row>
  readonly action: BulkAction<Row>
  readonly rows: readonly Row[]
  readonly onClose: () => void
}
type Outcome =
  | { readonly state: 'running' }
  | { readonly state: 'done'; readonly result: BulkResult }
  | { readonly state: 'failed'; readonly reason: string }

/** Does one thing to many rows, one after the other, and says of each what came of it. */
export default function BulkDialog<Row>({ list, action, rows, onClose }: Props<Row>) {
  const { i18n, t } = useLingui()
  const client = useQueryClient()
  const reason = useReason()
  const phone = usePhone()
  const [outcomes, setOutcomes] = useState<ReadonlyMap<string, Outcome>>(new Map())
  const [busy, setBusy] = useState(false)
  const stopped = useRef(false)
  // One key for each row for as long as the dialog is open: tried again, it is done once.
  const keys = useRef(new Map<string, string>())
  const label = i18n._(action.label)
  const count = rows.length
  const done = [...outcomes.values()].filter((each) => each.state === 'done').length
  const failed = rows.filter((row) => outcomes.get(list.idOf(row))?.state === 'failed')
  const started = outcomes.size > 0

  const run = async (which: readonly Row[]) => {
    setBusy(true)
    stopped.current = false
    for (const row of which) {
      if (stopped.current) break
      const id = list.idOf(row)
      const key = keys.current.get(id) ?? newKey()
      keys.current.set(id, key)
      const tell = (outcome: Outcome) => setOutcomes((all) => new Map(all).set(id, outcome))
      tell({ state: 'running' })
      try {
        tell({ state: 'done', result: await action.run(row, key) })
      } catch (error) {
        tell({ state: 'failed', reason: error instanceof Error ? reason(error.message) : String(error) })
      }
    }
    setBusy(false)
    await refreshData(client)
  }
  const close = () => {
    stopped.current = true
    onClose()
  }
  return (
    <Modal
      opened
      onClose={close}
      size="lg"
      fullScreen={phone}
      title={`${label} (${count})`}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      <Stack>
        <Totals list={list} rows={rows} />
        {started && (
          <Progress.Root size="sm">
            <Progress.Section value={((done + failed.length) / count) * 100} aria-label={t`Progress`} />
          </Progress.Root>
        )}
        <ul className={classes.results} aria-live="polite">
          {rows.map((row) => {
            const outcome = outcomes.get(list.idOf(row))
            return (
              <li key={list.idOf(row)} className={classes.result}>
                <OutcomeIcon outcome={outcome} />
                <span>
                  {list.labelOf(row)}
                  {outcome?.state === 'failed' && <div className={classes.why}>{outcome.reason}</div>}
                  {outcome?.state === 'done' && outcome.result.href !== undefined && (
                    <div>
                      <PageLink href={outcome.result.href} size="sm">
                        {outcome.result.label ?? t`Open`}
                      </PageLink>
                    </div>
                  )}
                </span>
              </li>
            )
          })}
        </ul>
        {started && !busy && (
          <Text size="sm" role="status">
            <Plural value={done} one="# done" other="# done" />
            {failed.length > 0 && (
              <>
                {', '}
                <Plural
                  value={failed.length}
                  one="# skipped, with its reason"
                  other="# skipped, with their reasons"
                />
              </>
            )}
          </Text>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {started ? <Trans>Close</Trans> : <Trans>Not now</Trans>}
          </Button>
          {!started && (
            <Button onClick={() => void run(rows)} data-autofocus>
              {label}
            </Button>
          )}
          {started && !busy && failed.length > 0 && (
            <Button onClick={() => void run(failed)}>
              <Trans>Retry the failed</Trans>
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  )
}

function OutcomeIcon({ outcome }: { readonly outcome: Outcome | undefined }) {
  const { t } = useLingui()
  switch (outcome?.state) {
    case undefined:
      return <IconPoint size={18} aria-hidden color="var(--mantine-color-dimmed)" />
    case 'running':
      return <Loader size={16} aria-label={t`At work`} />
    case 'done':
      return <IconCheck size={18} aria-label={t`Done`} color="var(--zapas-icon-done)" />
    case 'failed':
      return <IconAlertTriangle size={18} aria-label={t`Skipped`} color="var(--zapas-icon-danger)" />
  }
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
