import { Trans, useLingui } from '@lingui/react/macro'
import { Alert, Button, Card, Code, Group, Modal, Stack, Text, TextInput, Title } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { type CompanyName, api, newKey } from '../../api/index.ts'
import { useMe } from '../../session/index.ts'
import { SettingsPage } from './layout.tsx'
import classes from './settings.module.css'

/** The demo company, and how the data is kept safe. */
export default function Data() {
  const { t } = useLingui()
  const { companies, company } = useMe()
  const demo = companies.find((company) => company.demo && company.role === 'owner')
  return (
    <SettingsPage title={t`Data`}>
      <Card withBorder component="section" aria-labelledby="demo" padding="lg">
        <Title order={2} size="h4" id="demo" mb="xs">
          <Trans>Demo company</Trans>
        </Title>
        {demo === undefined ? <Load /> : <Delete demo={demo} />}
      </Card>
      <Card withBorder component="section" aria-labelledby="export" padding="lg">
        <Title order={2} size="h4" id="export" mb="xs">
          <Trans>Export</Trans>
        </Title>
        <Text size="sm" mb="sm">
          <Trans>
            Every list saves what it shows as CSV or XLSX (Export, above its rows). All that another Zapas can
            import is written at once, a file of each kind, by whoever runs the server:
          </Trans>
        </Text>
        <Code
          block
          className={classes.command}
        >{`zapas export /safe/${company.slug} --company ${company.slug}`}</Code>
      </Card>
      <Card withBorder component="section" aria-labelledby="backup" padding="lg">
        <Title order={2} size="h4" id="backup" mb="xs">
          <Trans>Backup</Trans>
        </Title>
        <Text size="sm" mb="sm">
          <Trans>
            Whoever runs the server makes backups of the whole installation, and restores them, on its command
            line:
          </Trans>
        </Text>
        <Code block className={classes.command}>
          {'zapas backup /safe/monday.tar.zst --verify\nzapas restore /safe/monday.tar.zst'}
        </Code>
      </Card>
    </SettingsPage>
  )
}

function Load() {
  const client = useQueryClient()
  const navigate = useNavigate()
  const [key] = useState(newKey)
  const load = useMutation({
    mutationFn: () => api.post<CompanyName>('/setup/demo', undefined, { key }),
    onSuccess: async ({ slug }) => {
      client.clear()
      await navigate({ to: '/c/$slug', params: { slug } })
    },
  })
  return (
    <Stack gap="sm">
      <Text size="sm">
        <Trans>
          Crimson, a company of its own with products, orders, stock and invoices, to try everything on.
        </Trans>
      </Text>
      {load.error !== null && (
        <Alert color="red" role="alert">
          {load.error.message}
        </Alert>
      )}
      <Button
        variant="default"
        loading={load.isPending}
        onClick={() => load.mutate()}
        style={{ alignSelf: 'start' }}
      >
        <Trans>Load the demo company</Trans>
      </Button>
    </Stack>
  )
}

function Delete({ demo }: { readonly demo: CompanyName }) {
  const { t } = useLingui()
  const { companies, company } = useMe()
  const [asking, setAsking] = useState(false)
  const [typed, setTyped] = useState('')
  const other = companies.find(({ slug }) => slug !== demo.slug)
  const remove = useMutation({
    // Asked from another company where there is one: its audit then tells of it.
    mutationFn: () =>
      api.delete(`/companies/${demo.slug}`, {
        company: company.slug === demo.slug ? (other?.slug ?? demo.slug) : company.slug,
      }),
    // Everything that is in memory may be of the company that is gone.
    onSuccess: () => location.assign(other === undefined ? '/' : `/c/${other.slug}`),
  })
  return (
    <Stack gap="sm">
      <Text size="sm">
        <Trans>
          {demo.name} can be deleted at any time, with everything in it. Your own companies are not touched.
        </Trans>
      </Text>
      <Button variant="default" onClick={() => setAsking(true)} style={{ alignSelf: 'start' }}>
        <Trans>Delete {demo.name} …</Trans>
      </Button>
      {asking && (
        <Modal
          opened
          onClose={() => setAsking(false)}
          title={t`Delete ${demo.name}?`}
          closeButtonProps={{ 'aria-label': t`Close` }}
        >
          <Stack gap="sm">
            <Text size="sm">
              <Trans>Its documents, stock and people's access to it go for good.</Trans>
            </Text>
            <TextInput
              label={t`Type ${demo.slug} to delete it`}
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
              data-autofocus
            />
            {remove.error !== null && (
              <Alert color="red" role="alert">
                {remove.error.message}
              </Alert>
            )}
            <Group justify="flex-end">
              <Button variant="default" onClick={() => setAsking(false)}>
                <Trans>Keep it</Trans>
              </Button>
              <Button
                color="red.9"
                loading={remove.isPending}
                aria-disabled={typed.trim() !== demo.slug || undefined}
                onClick={() => {
                  if (typed.trim() === demo.slug) remove.mutate()
                }}
              >
                <Trans>Delete {demo.name}</Trans>
              </Button>
            </Group>
          </Stack>
        </Modal>
      )}
    </Stack>
  )
}
