import { Trans, useLingui } from '@lingui/react/macro'
import { Alert, Button, Group, Radio, Stack, Text } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { api, dataKey, newKey, refreshData } from '../../api/index.ts'
import { PageTitle, startJob, useBreadcrumbs } from '../../page/index.ts'
import { PageLink, inCompany } from '../../patterns/index.ts'
import { RecordLoading, Section } from '../../patterns/record/index.ts'
import { Columns } from './columns.tsx'
import { FormatFields } from './format-fields.tsx'
import { type ImportOut, importKey, importQuery, isBusy, kindsQuery } from './queries.ts'
import { Result } from './result.tsx'
import { Sample } from './sample.tsx'
import { kindOfImport, listOfImport } from './words.ts'

/** How a file is read, what would come of it, and what came of it. */
export default function ImportPage() {
  const { t } = useLingui()
  const { id } = useParams({ strict: false }) as { id: string }
  const { data, error, refetch } = useQuery(importQuery(id))
  useBreadcrumbs([
    { label: t`Settings`, href: '/settings' },
    { label: t`Import`, href: '/import' },
    { label: data?.name ?? '' },
  ])
  if (data === undefined)
    return <RecordLoading title={t`Import`} error={error} retry={() => void refetch()} />
  return <Shown row={data} />
}

export interface Changes {
  readonly format?: Partial<Omit<ImportOut['format'], 'kind'>>
  readonly mapping?: Readonly<Record<string, string>>
  readonly atFault?: ImportOut['atFault']
}

function Shown({ row }: { readonly row: ImportOut }) {
  const { i18n } = useLingui()
  const client = useQueryClient()
  const kinds = useQuery(kindsQuery())
  const kind = kinds.data?.items.find(({ what }) => what === row.what)
  const change = useMutation({
    mutationFn: (changes: Changes) =>
      api.patch<ImportOut>(`/imports/${row.id}`, changes, { ifMatch: row.version, key: newKey() }),
    onSuccess: (changed) => client.setQueryData(importKey(row.id), changed),
  })
  const busy = isBusy(row)
  const open = !busy && row.state !== 'done'
  const word = kindOfImport[row.what]
  return (
    <Stack gap="lg">
      <PageTitle title={row.name} />
      <Text size="sm">
        {word === undefined ? row.what : i18n._(word)}
        {row.preset !== null && ` · ${row.preset}`}
      </Text>
      {row.otherwise !== null && open && (
        <Alert color="yellow">
          <Trans>
            The columns look like {row.otherwise.preset}. If that is what it is, send the file again and
            choose it there.
          </Trans>
        </Alert>
      )}
      {change.error !== null && (
        <Alert color="red" role="alert">
          {change.error.message}
        </Alert>
      )}
      <Result row={row} />
      {open && kind !== undefined && (
        <>
          <Section title={<Trans>How the file is written</Trans>}>
            <FormatFields row={row} onChange={change.mutate} />
          </Section>
          <Section title={<Trans>Columns</Trans>}>
            <Columns row={row} kind={kind} onChange={(mapping) => change.mutate({ mapping })} />
          </Section>
          <Section title={<Trans>The first rows, as they are read</Trans>}>
            <Sample row={row} kind={kind} />
          </Section>
          <Start row={row} onChange={change.mutate} changing={change.isPending} />
        </>
      )}
      <Foot row={row} busy={busy} />
    </Stack>
  )
}

interface StartProps {
  readonly row: ImportOut
  readonly onChange: (changes: Changes) => void
  readonly changing: boolean
}

function Start({ row, onChange, changing }: StartProps) {
  const { t } = useLingui()
  const client = useQueryClient()
  const [key, setKey] = useState(newKey)
  const start = useMutation({
    mutationFn: (action: 'check' | 'run') =>
      api.post<ImportOut>(`/imports/${row.id}/${action}`, undefined, {
        ifMatch: row.version,
        key: `${key}${action}`,
      }),
    onSuccess: (started, action) => {
      setKey(newKey())
      client.setQueryData(importKey(row.id), started)
      const { name } = row
      startJob({
        title: action === 'check' ? t`Trying ${name}` : t`Importing ${name}`,
        rows: [
          {
            id: row.id,
            label: name,
            run: () => untilEnded(row.id, { show: t`Show`, stopped: t`It was stopped.` }),
          },
        ],
        reasonOf: (error) => (error instanceof Error ? error.message : String(error)),
        after: async () => {
          await client.invalidateQueries({ queryKey: importKey(row.id) })
          if (action === 'run') await refreshData(client)
        },
      })
    },
  })
  const blocked = row.missing.length > 0 || changing
  return (
    <Stack gap="md">
      <Radio.Group
        label={t`If rows have errors`}
        value={row.atFault}
        onChange={(atFault) => onChange({ atFault: atFault as ImportOut['atFault'] })}
      >
        <Stack gap="xs" mt="xs">
          <Radio value="nothing" label={t`import nothing`} />
          <Radio value="skip" label={t`import all the others; rejected rows become a file`} />
        </Stack>
      </Radio.Group>
      {start.error !== null && (
        <Alert color="red" role="alert">
          {start.error.message}
        </Alert>
      )}
      <Group>
        <Button
          variant="default"
          disabled={blocked}
          loading={start.isPending && start.variables === 'check'}
          onClick={() => start.mutate('check')}
        >
          <Trans>Try without changing anything</Trans>
        </Button>
        <Button
          disabled={blocked}
          loading={start.isPending && start.variables === 'run'}
          onClick={() => start.mutate('run')}
        >
          <Trans>Import</Trans>
        </Button>
      </Group>
    </Stack>
  )
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Waits for the server: the import goes on whether or not anybody looks. */
async function untilEnded(id: string, words: { readonly show: string; readonly stopped: string }) {
  for (;;) {
    await pause(1000)
    const row = await api.get<ImportOut>(`/imports/${id}`)
    if (isBusy(row)) continue
    if (row.state === 'failed') throw new Error(row.message ?? '')
    if (row.state === 'stopped') throw new Error(words.stopped)
    return { label: words.show, href: inCompany(`/import/${id}`) }
  }
}

function Foot({ row, busy }: { readonly row: ImportOut; readonly busy: boolean }) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const remove = useMutation({
    mutationFn: () => api.delete(`/imports/${row.id}`, { ifMatch: row.version }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: dataKey('imports', 'list') })
      await navigate({ to: inCompany('/import') })
    },
  })
  const list = listOfImport[row.what]
  return (
    <Group justify="space-between">
      <Group gap="md">
        <PageLink href="/import">
          <Trans>Import another file</Trans>
        </PageLink>
        {row.state === 'done' && list !== undefined && (
          <PageLink href={list}>
            <Trans>Look at what was imported</Trans>
          </PageLink>
        )}
      </Group>
      {!busy && (
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconTrash size={16} aria-hidden />}
          loading={remove.isPending}
          onClick={() => remove.mutate()}
        >
          <Trans>Delete the file</Trans>
        </Button>
      )}
      {remove.error !== null && (
        <Alert color="red" role="alert">
          {remove.error.message}
        </Alert>
      )}
    </Group>
  )
}
