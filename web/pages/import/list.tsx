import { Trans, useLingui } from '@lingui/react/macro'
import { Alert, Button, Card, FileButton, Group, Select, Stack, Text } from '@mantine/core'
import { IconUpload } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { type DragEvent, useState } from 'react'
import { dataKey, newKey, upload } from '../../api/index.ts'
import { PageTitle, useBreadcrumbs } from '../../page/index.ts'
import { PageLink, inCompany } from '../../patterns/index.ts'
import { PlainTable, Section } from '../../patterns/record/index.ts'
import { useFormat } from '../../ui/format.ts'
import classes from './import.module.css'
import { type ImportOut, importsQuery, kindsQuery } from './queries.ts'
import { Counts, StateWords } from './state.tsx'
import { kindOfImport } from './words.ts'

/** A file is sent here; below are those of the last two weeks. */
export default function Imports() {
  const { t } = useLingui()
  useBreadcrumbs([{ label: t`Settings`, href: '/settings' }, { label: t`Import` }])
  return (
    <Stack gap="lg">
      <PageTitle title={t`Import`} />
      <Send />
      <Former />
    </Stack>
  )
}

const mebibyte = 1024 * 1024
const most = 50

function Send() {
  const { t, i18n } = useLingui()
  const client = useQueryClient()
  const navigate = useNavigate()
  const asked = (useSearch({ strict: false }) as { what?: string }).what
  const { data, error } = useQuery(kindsQuery())
  const kinds = data?.items ?? []
  const [chosen, choose] = useState<string | null>(null)
  const [over, setOver] = useState(false)
  const what = chosen ?? (kinds.some((kind) => kind.what === asked) ? asked! : (kinds[0]?.what ?? null))
  const send = useMutation({
    mutationFn: ({ file, key }: { readonly file: File; readonly key: string }) => {
      if (file.size > most * mebibyte)
        throw new Error(t`${file.name} is larger than ${most} MiB. Cut it in two.`)
      return upload<ImportOut>('POST', '/imports', file, { query: { what, name: file.name }, key })
    },
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: dataKey('imports') })
      await navigate({ to: inCompany(`/import/${id}`) })
    },
  })
  const take = (file: File | null | undefined) => {
    if (file != null && what !== null) send.mutate({ file, key: newKey() })
  }
  const problem = error ?? send.error
  return (
    <Card
      withBorder
      padding="lg"
      className={classes.drop}
      data-over={over || undefined}
      onDragOver={(event: DragEvent) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event: DragEvent) => {
        event.preventDefault()
        setOver(false)
        take(event.dataTransfer.files[0])
      }}
    >
      <Stack gap="sm">
        <Text size="sm">
          <Trans>
            A CSV or XLSX file of another program, or one that was exported here. Nothing is imported before
            you have seen how it is read.
          </Trans>
        </Text>
        <Group align="end" gap="sm">
          <Select
            label={t`What is in the file`}
            data={kinds.map((kind) => {
              const word = kindOfImport[kind.what]
              return { value: kind.what, label: word === undefined ? kind.title : i18n._(word) }
            })}
            value={what}
            onChange={choose}
            allowDeselect={false}
            className={classes.kind}
          />
          <FileButton onChange={take} accept=".csv,.txt,.tsv,.xlsx,text/csv">
            {(props) => (
              <Button
                {...props}
                loading={send.isPending}
                disabled={what === null}
                leftSection={<IconUpload size={16} aria-hidden />}
              >
                <Trans>Choose a file</Trans>
              </Button>
            )}
          </FileButton>
        </Group>
        <Text size="sm" c="dimmed">
          <Trans>Or drop it here. It may have {most} MiB.</Trans>
        </Text>
        {problem !== null && (
          <Alert color="red" role="alert">
            {problem.message}
          </Alert>
        )}
      </Stack>
    </Card>
  )
}

function Former() {
  const { t, i18n } = useLingui()
  const format = useFormat()
  const { data } = useQuery(importsQuery())
  return (
    <Section title={<Trans>Files of the last two weeks</Trans>}>
      <PlainTable
        label={t`Files of the last two weeks`}
        rows={data?.items ?? []}
        keyOf={(row) => row.id}
        none={<Trans>None yet.</Trans>}
        columns={[
          { label: t`File`, render: (row) => <PageLink href={`/import/${row.id}`}>{row.name}</PageLink> },
          {
            label: t`Contents`,
            render: ({ what }) => {
              const word = kindOfImport[what]
              return word === undefined ? what : i18n._(word)
            },
          },
          { label: t`Status`, render: (row) => <StateWords row={row} /> },
          { label: t`Rows`, render: (row) => (row.state === 'ready' ? null : <Counts row={row} />) },
          { label: t`Sent`, render: (row) => format.moment(row.createdAt) },
          { label: t`By`, render: (row) => row.createdBy },
        ]}
      />
    </Section>
  )
}
