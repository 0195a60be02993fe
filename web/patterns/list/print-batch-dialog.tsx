import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Alert, Button, Group, Modal, Progress, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, callFile, dataKey, newKey } from '../../api/index.ts'
import { saveBlob } from '../../ui/save-blob.ts'
import { usePhone } from '../use-screen.ts'
import classes from './list.module.css'

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
  readonly pages: number | null
}

/** Many documents to one PDF: the server prints in the background and tells how far it is. */
export default function PrintBatchDialog({ resource, ids, onClose }: Props) {
  const { t } = useLingui()
  const phone = usePhone()
  const [key] = useState(newKey)
  const [failure, setFailure] = useState<string | null>(null)
  const started = useQuery<Batch>({
    queryKey: dataKey('print-batch', resource, key),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
    queryFn: () => api.post<Batch>(`/${resource}/print-batches`, { ids }, { key }),
  })
  const id = started.data?.id
  const watched = useQuery<Batch>({
    queryKey: dataKey('print-batch', resource, 'state', id),
    enabled: id !== undefined,
    refetchInterval: ({ state }) => (ended(state.data) ? false : 700),
    queryFn: ({ signal }) => api.get<Batch>(`/${resource}/print-batches/${id}`, {}, { signal }),
  })
  const batch = watched.data ?? started.data
  const problem = failure ?? started.error?.message ?? watched.error?.message ?? null
  const save = async () => {
    try {
      const file = await callFile(`/${resource}/print-batches/${id}/pdf`)
      saveBlob(file, `${resource}.pdf`)
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error))
    }
  }
  const { printed = 0, total = ids.length, failures = [] } = batch ?? {}
  const pages = batch?.pages ?? 0
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      fullScreen={phone}
      title={t`Print to one PDF (${total})`}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      <Stack>
        <Progress.Root size="sm">
          <Progress.Section value={(printed / total) * 100} aria-label={t`Progress`} />
        </Progress.Root>
        <Text size="sm" role="status">
          {batch?.state === 'done' ? (
            <Plural value={pages} one="Done: # page" other="Done: # pages" />
          ) : batch?.state === 'failed' ? (
            <Trans>None could be printed.</Trans>
          ) : (
            <Trans>
              {printed} of {total} printed. You can go on working; the file waits here.
            </Trans>
          )}
        </Text>
        {problem !== null && (
          <Alert color="red" role="alert">
            {problem}
          </Alert>
        )}
        {failures.length > 0 && (
          <ul className={classes.results}>
            {failures.map((each) => (
              <li key={each.id} className={classes.result}>
                <span>
                  {each.number ?? each.id}
                  <div className={classes.why}>{each.message}</div>
                </span>
              </li>
            ))}
          </ul>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            <Trans>Close</Trans>
          </Button>
          <Button disabled={batch?.state !== 'done'} onClick={() => void save()} data-autofocus>
            <Trans>Save the file</Trans>
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

function ended(batch: Batch | undefined): boolean {
  return batch?.state === 'done' || batch?.state === 'failed'
}
