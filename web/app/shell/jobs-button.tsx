import { Plural, useLingui } from '@lingui/react/macro'
import { ActionIcon, Loader, Popover, VisuallyHidden } from '@mantine/core'
import { IconListCheck } from '@tabler/icons-react'
import { Suspense, lazy } from 'react'
import { useJobs } from '../../page/index.ts'

/** Comes when it is opened. */
const JobsPanel = lazy(() => import('./jobs-panel.tsx'))

/** What runs while one goes on working, from the first job on. */
export function JobsButton() {
  const { t } = useLingui()
  const jobs = useJobs()
  const busy = jobs.filter((job) => job.busy).length
  if (jobs.length === 0) return null
  return (
    <Popover trapFocus returnFocus withinPortal position="bottom-end" shadow="md">
      <Popover.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t`Jobs`} title={t`Jobs`}>
          {busy > 0 ? <Loader size={18} aria-hidden /> : <IconListCheck size={20} aria-hidden />}
          <VisuallyHidden role="status">
            {busy > 0 && <Plural value={busy} one="# job is running" other="# jobs are running" />}
          </VisuallyHidden>
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        <Suspense fallback={null}>
          <JobsPanel jobs={jobs} />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  )
}
