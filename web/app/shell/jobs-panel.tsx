import { Trans } from '@lingui/react/macro'
import { Button, Group, Stack, Text } from '@mantine/core'
import { type Job, countOf, forgetJobs, retryJob, stopJob } from '../../page/index.ts'
import { JobProgress, JobRows } from '../../patterns/jobs/job-rows.tsx'
import classes from './jobs-panel.module.css'

/** Each job with how far it is, what came of its rows, and what failed done again. */
export default function JobsPanel({ jobs }: { readonly jobs: readonly Job[] }) {
  return (
    <div className={classes.panel}>
      {jobs.map((job) => (
        <Stack key={job.id} gap="xs" component="section" aria-label={job.title}>
          <Text fw={600}>{job.title}</Text>
          <JobProgress job={job} />
          <JobRows rows={job.rows} />
          <JobButtons job={job} />
        </Stack>
      ))}
      {jobs.some((job) => !job.busy) && (
        <Button size="compact-sm" variant="subtle" onClick={forgetJobs}>
          <Trans>Clear what has ended</Trans>
        </Button>
      )}
    </div>
  )
}

function JobButtons({ job }: { readonly job: Job }) {
  if (job.busy)
    return (
      <Group>
        <Button size="compact-sm" variant="default" onClick={() => stopJob(job.id)}>
          <Trans>Stop</Trans>
        </Button>
      </Group>
    )
  const waiting = countOf(job, 'waiting')
  if (waiting + countOf(job, 'failed') === 0) return null
  return (
    <Group>
      <Button size="compact-sm" variant="default" onClick={() => retryJob(job.id)}>
        {waiting > 0 ? <Trans>Do the rest</Trans> : <Trans>Retry the failed</Trans>}
      </Button>
    </Group>
  )
}
