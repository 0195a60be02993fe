import { Trans, useLingui } from '@lingui/react/macro'
import { Alert, Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import {
  type ItemOf,
  type OneOf,
  api,
  documentQuery,
  listQuery,
  newKey,
  refreshData,
} from '../../api/index.ts'
import {
  FactList,
  PlainTable,
  RecordLoading,
  RecordMenu,
  RecordPage,
  Section,
} from '../../patterns/record/index.ts'
import { usePermissions } from '../../session/index.ts'
import { useFormat } from '../../ui/format.ts'
import { notify } from '../../ui/notify.tsx'
import { SecretDialog } from '../settings/secret.tsx'

/** So many deliveries are shown; all of them are in the API for thirty days. */
const shown = 50

export default function WebhookPage() {
  const { id = '' } = useParams({ strict: false })
  const { t } = useLingui()
  const { data, error, refetch } = useQuery(documentQuery('webhooks', id))
  if (data === undefined)
    return <RecordLoading title={t`Webhook`} error={error} retry={() => void refetch()} />
  return <One webhook={data} />
}

function One({ webhook }: { readonly webhook: OneOf<'webhooks'> }) {
  const { t } = useLingui()
  const format = useFormat()
  const mayWrite = usePermissions().may('webhooks:write')
  const { act, busy, secret, forget } = useActions(webhook)
  const until = webhook.formerSecretUntil
  return (
    <RecordPage
      kind={t`Webhook`}
      title={webhook.name}
      crumbs={[{ label: t`Webhooks`, href: '/webhooks' }]}
      edit={mayWrite ? `/webhooks/${webhook.id}/edit` : null}
      actions={
        mayWrite && (
          <>
            <Button variant="default" disabled={busy} onClick={() => act('switch')}>
              {webhook.active ? <Trans>Stop</Trans> : <Trans>Resume</Trans>}
            </Button>
            <Button variant="default" disabled={busy} onClick={() => act('new-secret')}>
              <Trans>New secret</Trans>
            </Button>
            <Button variant="default" disabled={busy || !webhook.active} onClick={() => act('test')}>
              <Trans>Send a test</Trans>
            </Button>
          </>
        )
      }
      menu={
        mayWrite && (
          <RecordMenu
            resource="webhooks"
            id={webhook.id}
            name={webhook.name}
            version={webhook.version}
            archived={null}
            list="/webhooks"
          />
        )
      }
    >
      {!webhook.active && (
        <Alert color="yellow" title={<Trans>Nothing is sent</Trans>}>
          {webhook.pausedReason ?? (
            <Trans>Somebody stopped it. What happens meanwhile is not kept for it.</Trans>
          )}
        </Alert>
      )}
      <FactList
        facts={[
          [t`Address`, webhook.url],
          [t`Events`, webhook.events.join(', ')],
          [t`Internal address`, webhook.internalAllowed ? t`allowed` : null],
          [t`Former secret valid until`, until === null ? null : format.moment(until)],
        ]}
      />
      <Deliveries webhookId={webhook.id} mayWrite={mayWrite} />
      {secret !== null && (
        <SecretDialog title={t`The secret of this webhook`} secret={secret} onClose={forget}>
          <Trans>
            The former secret goes on signing beside it for 24 hours. This one is shown this once.
          </Trans>
        </SecretDialog>
      )}
    </RecordPage>
  )
}

function useActions(webhook: OneOf<'webhooks'>) {
  const { t } = useLingui()
  const client = useQueryClient()
  const [secret, setSecret] = useState<string | null>(null)
  const { mutate, isPending } = useMutation({
    mutationFn: async (action: 'switch' | 'new-secret' | 'test') => {
      const path = `/webhooks/${webhook.id}`
      if (action === 'switch')
        return api.patch(path, { active: !webhook.active }, { key: newKey(), ifMatch: webhook.version })
      return api.post(`${path}/${action}`, undefined, { key: newKey() })
    },
    onSuccess: async (answer, action) => {
      if (action === 'new-secret') setSecret((answer as { secret: string }).secret)
      if (action === 'test') notify.done(t`The test is on its way; it appears below.`)
      await refreshData(client)
    },
    onError: (error) => notify.error(error.message),
  })
  return { act: mutate, busy: isPending, secret, forget: () => setSecret(null) }
}

function Deliveries({ webhookId, mayWrite }: { readonly webhookId: string; readonly mayWrite: boolean }) {
  const { t } = useLingui()
  const format = useFormat()
  const client = useQueryClient()
  const { data } = useQuery({
    ...listQuery('webhook-deliveries', { webhookId, limit: shown }),
    // Sent by the server in the background; who has just sent a test waits for it.
    refetchInterval: 3000,
  })
  const replay = useMutation({
    mutationFn: (id: string) => api.post(`/webhook-deliveries/${id}/replay`, undefined, { key: newKey() }),
    onSuccess: () => refreshData(client),
    onError: (error) => notify.error(error.message),
  })
  if (data === undefined) return null
  return (
    <Section title={<Trans>What was sent</Trans>}>
      <PlainTable
        label={t`What was sent`}
        rows={data.items}
        keyOf={(delivery) => delivery.id}
        none={<Trans>Nothing was sent yet.</Trans>}
        columns={[
          { label: t`Made`, render: (delivery) => format.moment(delivery.createdAt) },
          { label: t`Event`, render: (delivery) => delivery.type },
          { label: t`Status`, render: (delivery) => <State delivery={delivery} /> },
          { label: t`Attempts`, align: 'right', render: (delivery) => delivery.attempts },
          { label: t`Last answer`, render: (delivery) => delivery.lastError ?? delivery.lastStatus },
          {
            label: '',
            render: (delivery) =>
              mayWrite &&
              delivery.state !== 'waiting' && (
                <Button
                  size="compact-sm"
                  variant="subtle"
                  disabled={replay.isPending}
                  aria-label={t`Send ${delivery.type} again`}
                  onClick={() => replay.mutate(delivery.id)}
                >
                  <Trans>Send again</Trans>
                </Button>
              ),
          },
        ]}
      />
    </Section>
  )
}

function State({ delivery }: { readonly delivery: ItemOf<'webhook-deliveries'> }) {
  const { t } = useLingui()
  const format = useFormat()
  const { state, nextAt, attempts } = delivery
  if (state === 'delivered') return t`Arrived`
  if (state === 'failed') return t`Given up`
  if (nextAt === null || attempts === 0) return t`Waiting`
  const moment = format.moment(nextAt)
  return t`Again at ${moment}`
}
