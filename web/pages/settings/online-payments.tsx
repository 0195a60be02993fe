import { Trans, useLingui } from '@lingui/react/macro'
import { Alert, Button, CopyButton, Group, PasswordInput, Skeleton, Stack, Switch, Text } from '@mantine/core'
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { Static } from 'typebox'
import type { PaymentSettingsOut } from '../../../src/online-payments/settings.ts'
import { ApiProblem, type Json, api, dataKey, newKey } from '../../api/index.ts'
import { ErrorSummary, SaveFailure } from '../../forms/index.ts'
import { usePageActions } from '../../page/index.ts'
import { usePermissions } from '../../session/index.ts'
import { notify } from '../../ui/notify.tsx'
import { SettingsPage } from './layout.tsx'

type Settings = Json<Static<typeof PaymentSettingsOut>>

const settingsQuery = () =>
  queryOptions({
    queryKey: dataKey('settings', 'online-payments'),
    queryFn: ({ signal }) => api.get<Settings>('/online-payment-settings', {}, { signal }),
  })

export default function OnlinePayments() {
  const { t } = useLingui()
  const { data, error } = useQuery(settingsQuery())
  if (data !== undefined) return <Form key={data.version} settings={data} />
  return (
    <SettingsPage title={t`Online payment`}>
      {error === null ? (
        <Skeleton height={240} />
      ) : (
        <Alert color="red" role="alert">
          {error.message}
        </Alert>
      )}
    </SettingsPage>
  )
}

interface Changes {
  readonly testEnabled?: boolean
  readonly stripeEnabled?: boolean
  readonly stripeKey?: string
  readonly stripeWebhookSecret?: string
}

function Form({ settings }: { readonly settings: Settings }) {
  const { t } = useLingui()
  const client = useQueryClient()
  const allowed = usePermissions().may('company:write')
  const [changes, setChanges] = useState<Changes>({})
  const [key, setKey] = useState(newKey)
  const [attempt, setAttempt] = useState(0)
  const unsaved = Object.keys(changes).length > 0
  const change = (more: Changes) => setChanges((all) => ({ ...all, ...more }))
  const save = useMutation({
    mutationFn: () =>
      api.patch<Settings>('/online-payment-settings', changes, { key, ifMatch: settings.version }),
    onSuccess: (saved) => {
      client.setQueryData(settingsQuery().queryKey, saved)
      notify.done(t`Saved.`)
    },
    onError: (failure) => {
      setAttempt((n) => n + 1)
      if (failure instanceof ApiProblem) setKey(newKey())
    },
  })
  const faults =
    save.error instanceof ApiProblem
      ? save.error.errors.map(({ pointer, message }) => ({ field: pointer.slice(1), message }))
      : []
  const faultOf = (field: string) => faults.find((fault) => fault.field === field)?.message
  const run = () => {
    if (unsaved && !save.isPending) save.mutate()
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    run()
  }
  usePageActions([{ id: 'save', label: t`Save`, run, shortcut: 'save' }])
  const kept = (ending: string | null) => (ending === null ? t`none kept` : t`kept, ends in ${ending}`)
  return (
    <SettingsPage title={t`Online payment`} unsaved={unsaved}>
      <form onSubmit={submit} noValidate>
        <Stack maw={560}>
          <ErrorSummary faults={faults} attempt={attempt} />
          {faults.length === 0 && <SaveFailure error={save.error} onRetry={run} />}
          <Switch
            label={t`Customers can pay by Stripe`}
            description={t`Cards, BLIK, Przelewy24, SEPA: whatever is switched on in your Stripe account. Holds from now on.`}
            checked={changes.stripeEnabled ?? settings.stripeEnabled}
            disabled={!allowed}
            onChange={(event) => change({ stripeEnabled: event.currentTarget.checked })}
          />
          <PasswordInput
            id="stripeKey"
            label={t`Secret key of Stripe`}
            description={kept(settings.stripeKey)}
            placeholder="sk_live_…"
            autoComplete="off"
            value={changes.stripeKey ?? ''}
            error={faultOf('stripeKey')}
            disabled={!allowed}
            onChange={(event) => change({ stripeKey: event.currentTarget.value.trim() })}
          />
          <PasswordInput
            id="stripeWebhookSecret"
            label={t`Signing secret of the webhook`}
            description={kept(settings.stripeWebhookSecret)}
            placeholder="whsec_…"
            autoComplete="off"
            value={changes.stripeWebhookSecret ?? ''}
            error={faultOf('stripeWebhookSecret')}
            disabled={!allowed}
            onChange={(event) => change({ stripeWebhookSecret: event.currentTarget.value.trim() })}
          />
          <div>
            <Text size="sm" fw={500}>
              <Trans>Address of the webhook, to enter at Stripe</Trans>
            </Text>
            <Group gap="xs">
              <code style={{ overflowWrap: 'anywhere' }}>{settings.webhookUrl}</code>
              <CopyButton value={settings.webhookUrl}>
                {({ copied, copy }) => (
                  <Button variant="default" size="compact-sm" onClick={copy}>
                    {copied ? <Trans>Copied</Trans> : <Trans>Copy</Trans>}
                  </Button>
                )}
              </CopyButton>
            </Group>
            <Text size="sm" c="dimmed">
              <Trans>
                Events: checkout.session.completed, checkout.session.async_payment_succeeded,
                checkout.session.async_payment_failed, checkout.session.expired, charge.refunded,
                refund.created, refund.updated, refund.failed.
              </Trans>
            </Text>
          </div>
          <Switch
            label={t`Offer test payments`}
            description={t`For trying out: an invoice is paid and no money moves. Switch it off before customers get links.`}
            checked={changes.testEnabled ?? settings.testEnabled}
            disabled={!allowed}
            onChange={(event) => change({ testEnabled: event.currentTarget.checked })}
          />
          {allowed && (
            <Group>
              <Button type="submit" loading={save.isPending}>
                <Trans>Save</Trans>
              </Button>
              {unsaved && (
                <Button variant="default" onClick={() => setChanges({})}>
                  <Trans>Discard</Trans>
                </Button>
              )}
            </Group>
          )}
        </Stack>
      </form>
    </SettingsPage>
  )
}
