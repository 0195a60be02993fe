import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Anchor, Loader, Progress, Text } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconDownload, IconPoint } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { type Job, type JobOutcome, type JobResult, countOf } from '../../page/index.ts'
import classes from './jobs.module.css'

/** How far a job is, in a bar and in words. */
export function JobProgress({ job }: { readonly job: Job }) {
  const { t } = useLingui()
  const done = countOf(job, 'done')
  const failed = countOf(job, 'failed')
  const total = job.rows.length
  const ended = done + failed
  return (
    <>
      <Progress.Root size="sm">
        <Progress.Section value={(ended / total) * 100} aria-label={t`Progress`} />
      </Progress.Root>
      <Text size="sm" role="status">
        {job.busy ? (
          <Trans>
            {ended} of {total}
          </Trans>
        ) : (
          <>
            <Plural value={done} one="# done" other="# done" />
            {failed > 0 && (
              <>
                {', '}
                <Plural
                  value={failed}
                  one="# skipped, with its reason"
                  other="# skipped, with their reasons"
                />
              </>
            )}
          </>
        )}
      </Text>
    </>
  )
}

/** So many rows are drawn; of more, those that matter. */
const most = 200

/** What came of each row; of very many, of what was skipped first, then of what is done last. */
export function JobRows({ rows }: Pick<Job, 'rows'>) {
  const shown = rows.length > most ? telling(rows) : rows
  const more = rows.length - shown.length
  return (
    <ul className={classes.results}>
      {shown.map(({ id, label, outcome }) => (
        <li key={id} className={classes.result}>
          <OutcomeIcon outcome={outcome} />
          <span>
            {label}
            {outcome.state === 'running' && outcome.progress !== undefined && <div>{outcome.progress}</div>}
            {outcome.state === 'failed' && <div className={classes.why}>{outcome.reason}</div>}
            {outcome.state === 'done' && <Made {...outcome.result} />}
            {outcome.state === 'done' &&
              outcome.result.remarks?.map((remark) => (
                <div key={remark} className={classes.why}>
                  {remark}
                </div>
              ))}
          </span>
        </li>
      ))}
      {more > 0 && (
        <li className={classes.more}>
          <Plural value={more} one="and # more" other="and # more" />
        </li>
      )}
    </ul>
  )
}

function telling(rows: Job['rows']): Job['rows'] {
  const of = (state: JobOutcome['state']) => rows.filter(({ outcome }) => outcome.state === state)
  return [...of('running'), ...of('failed'), ...of('done').toReversed(), ...of('waiting')].slice(0, most)
}

function Made({ href, label, file }: JobResult) {
  if (href === undefined) return null
  if (file !== undefined)
    return (
      <div>
        <Anchor href={href} download={file} size="sm">
          <IconDownload size={14} aria-hidden /> {file}
        </Anchor>
      </div>
    )
  return (
    <div>
      <Anchor component={Link} to={href} size="sm">
        {label ?? <Trans>Open</Trans>}
      </Anchor>
    </div>
  )
}

function OutcomeIcon({ outcome }: { readonly outcome: JobOutcome }) {
  const { t } = useLingui()
  switch (outcome.state) {
    case 'waiting':
      return <IconPoint size={18} aria-hidden color="var(--mantine-color-dimmed)" />
    case 'running':
      return <Loader size={16} aria-label={t`At work`} />
    case 'done':
      return <IconCheck size={18} aria-label={t`Done`} color="var(--zapas-icon-done)" />
    case 'failed':
      return <IconAlertTriangle size={18} aria-label={t`Skipped`} color="var(--zapas-icon-danger)" />
  }
}
