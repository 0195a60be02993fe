import { Trans, useLingui } from '@lingui/react/macro'
import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { api, callFile, currentCompany, newKey } from '../../api/index.ts'
import { countOf, retryJob, startJob, useJobs } from '../../page/index.ts'
import { useReason } from '../action/reasons.ts'
import { JobProgress, JobRows } from '../jobs/job-rows.tsx'
import { usePhone } from '../use-screen.ts'
import { tellOfFiles } from './export-view.tsx'

interface Props {
  /** Of the documents in the API. */
  readonly resource: string
  readonly ids: readonly string[]
  readonly onClose: () => void
}

interface Batch {
  readonly id: string
  readonly state: 'waiting' | 'running' | 'done' | 'failed'
  readonly printed: number
  readonly total: number
  readonly failures: readonly {
    readonly id: string
    readonly number: string | null
    readonly message: string
  }[]
}

/** Documents of one file; the server prints no more at once. */
const mostInFile = 500
/** Between two questions how far it is. */
const pause = 700

/**
 * Many documents to one PDF, as a job: the server prints in the background; closed, it goes on, and the jobs in
 * the header show how far it is, keep the file and say what could not be printed.
 */
export default function PrintBatchDialog({ resource, ids, onClose }: Props) {
  const { t } = useLingui()
  const reason = useReason()
  const phone = usePhone()
  const [id, setId] = useState<number | null>(null)
  const job = useJobs().find((each) => each.id === id) ?? null
  const begun = useRef(false)
  const open = useRef(true)
  const total = ids.length
  const title = t`Print to one PDF (${total})`
  useEffect(() => {
    open.current = true
    // A dialog that is drawn twice prints once.
    if (!begun.current) {
      begun.current = true
      const company = currentCompany()
      const ask = (path: string) => api.get<Batch>(path, {}, { company })
      setId(
        startJob({
          title,
          rows: filesOf(resource, ids).map(({ file, part }) => {
            let key = newKey()
            const size = part.length
            return {
              id: file,
              label: file,
              async run(tell) {
                const path = `/${resource}/print-batches`
                let batch = await api.post<Batch>(path, { ids: part }, { key, company })
                while (batch.state === 'waiting' || batch.state === 'running') {
                  const { printed } = batch
                  tell(t`${printed} of ${size} printed`)
                  await new Promise((resolve) => setTimeout(resolve, pause))
                  batch = await ask(`${path}/${batch.id}`)
                }
                const remarks = batch.failures.map((each) => `${each.number ?? each.id}: ${each.message}`)
                if (batch.state === 'failed') {
                  // Tried again, it is another batch.
                  key = newKey()
                  throw new Error([t`None could be printed.`, ...remarks].join(' '))
                }
                const pdf = await callFile(`${path}/${batch.id}/pdf`, { company })
                return { href: URL.createObjectURL(pdf), file, remarks }
              },
            }
          }),
          reasonOf: (error) => (error instanceof Error ? reason(error.message) : String(error)),
          after: (ended) => {
            if (!open.current) tellOfFiles(ended)
          },
        }),
      )
    }
    return () => {
      open.current = false
    }
  }, [ids, reason, resource, t, title, total])
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      fullScreen={phone}
      title={title}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      {job !== null && (
        <Stack>
          <JobProgress job={job} />
          <JobRows rows={job.rows} />
          {job.busy && (
            <Text size="sm" c="dimmed">
              <Trans>It goes on when this is closed; the header shows how far it is.</Trans>
            </Text>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose} data-autofocus>
              <Trans>Close</Trans>
            </Button>
            {!job.busy && countOf(job, 'failed') > 0 && (
              <Button onClick={() => retryJob(job.id)}>
                <Trans>Try again</Trans>
              </Button>
            )}
          </Group>
        </Stack>
      )}
    </Modal>
  )
}

/** One file, or where there are more documents than fit, as few as hold them. */
function filesOf(resource: string, ids: readonly string[]) {
  const files = Math.ceil(ids.length / mostInFile)
  return Array.from({ length: files }, (_, at) => ({
    file: files === 1 ? `${resource}.pdf` : `${resource} ${at + 1}.pdf`,
    part: ids.slice(at * mostInFile, (at + 1) * mostInFile),
  }))
}
