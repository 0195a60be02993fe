import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Alert, Button, Group, Progress, Stack, Text } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, callFile, newKey } from '../../api/index.ts'
import { PlainTable } from '../../patterns/record/index.ts'
import { saveBlob } from '../../ui/save-blob.ts'
import { type ImportOut, faultsQuery, importKey } from './queries.ts'
import { Counts, StateWords } from './state.tsx'
import { fieldWords } from './words.ts'

/** How far it is, and what came of it: counts, errors by row and field, the rejected rows as a file. */
export function Result({ row }: { readonly row: ImportOut }) {
  const { t } = useLingui()
  if (row.state === 'ready') return null
  if (row.state === 'failed')
    return (
      <Alert color="red" role="alert" title={<StateWords row={row} />}>
        {row.message}
      </Alert>
    )
  if (row.state === 'waiting' || row.state === 'running')
    return (
      <Stack gap="xs">
        <Progress.Root size="lg">
          <Progress.Section
            value={row.progress ?? 100}
            animated={row.progress === null}
            aria-label={t`Progress`}
          />
        </Progress.Root>
        <Text size="sm" role="status">
          <StateWords row={row} />
          {': '}
          <Plural value={row.rows} one="# row read" other="# rows read" />
        </Text>
        <Group justify="space-between">
          <Text size="sm" c="dimmed">
            <Trans>You can go on working; it goes on without this page.</Trans>
          </Text>
          <Stop row={row} />
        </Group>
      </Stack>
    )
  const warns = row.failed > 0 || row.state === 'stopped'
  return (
    <Stack gap="sm">
      <Alert
        color={row.state === 'refused' ? 'red' : warns ? 'yellow' : 'green'}
        role="status"
        title={<StateWords row={row} />}
      >
        <Counts row={row} />
        {row.state === 'stopped' && !row.dryRun && row.atFault === 'skip' && (
          <Text size="sm">
            <Trans>These stay. The rest of the file was not read; import it again to go on.</Trans>
          </Text>
        )}
      </Alert>
      {row.failed > 0 && <FaultTable row={row} />}
    </Stack>
  )
}

function Stop({ row }: { readonly row: ImportOut }) {
  const client = useQueryClient()
  const [key, setKey] = useState(newKey)
  const stop = useMutation({
    mutationFn: () => api.post<ImportOut>(`/imports/${row.id}/stop`, undefined, { key }),
    onSuccess: (stopped) => client.setQueryData(importKey(row.id), stopped),
    // It has ended meanwhile, say: the page shows what came of it.
    onError: () => client.invalidateQueries({ queryKey: importKey(row.id) }),
    onSettled: () => setKey(newKey()),
  })
  return (
    <Button variant="default" loading={stop.isPending} onClick={() => stop.mutate()}>
      <Trans>Stop</Trans>
    </Button>
  )
}

function FaultTable({ row }: { readonly row: ImportOut }) {
  const { t, i18n } = useLingui()
  const { data, error } = useQuery(faultsQuery(row.id, row.version))
  const save = useMutation({
    mutationFn: async () =>
      saveBlob(
        await callFile(`/imports/${row.id}/rejected`),
        `${row.name.replace(/\.[^.]+$/, '')} - rejected.csv`,
      ),
  })
  const problem = error ?? save.error
  return (
    <Stack gap="sm">
      {problem !== null && (
        <Alert color="red" role="alert">
          {problem.message}
        </Alert>
      )}
      <PlainTable
        label={t`Errors`}
        rows={data?.items ?? []}
        keyOf={({ line, field }, at) => `${line}-${field}-${at}`}
        columns={[
          { label: t`Line of the file`, align: 'right', render: ({ line }) => String(line) },
          {
            label: t`Field`,
            render: ({ field }) => {
              const word = field === null ? undefined : fieldWords[field]
              return word === undefined ? field : i18n._(word)
            },
          },
          { label: t`Error`, render: ({ message }) => message },
        ]}
      />
      <Group>
        <Button
          variant="default"
          loading={save.isPending}
          leftSection={<IconDownload size={16} aria-hidden />}
          onClick={() => save.mutate()}
        >
          <Trans>Save the rejected rows</Trans>
        </Button>
        {data?.more === true && (
          <Text size="sm" c="dimmed">
            <Trans>These are the first ones; the file has all of them.</Trans>
          </Text>
        )}
      </Group>
    </Stack>
  )
}
