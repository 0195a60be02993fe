import { Trans, useLingui } from '@lingui/react/macro'
import { Checkbox, MultiSelect, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useCallback, useState } from 'react'
import { type OneOf, api, documentQuery } from '../../api/index.ts'
import type { Fault } from '../../forms/index.ts'
import { inCompany } from '../../patterns/index.ts'
import { FieldGroup, RecordFormPage, useRecordForm } from '../../patterns/record/index.ts'
import { type EventGroup, useEventWords, withOthers } from '../rules/event-words.ts'
import { SecretDialog } from '../settings/secret.tsx'

type Webhook = OneOf<'webhooks'>
interface WebhookValues {
  readonly name: string
  readonly url: string
  readonly events: readonly string[]
  readonly internalAllowed: boolean
}

const valuesOf = (webhook: Webhook | null): WebhookValues => ({
  name: webhook?.name ?? '',
  url: webhook?.url ?? '',
  events: webhook?.events ?? [],
  internalAllowed: webhook?.internalAllowed ?? false,
})

/** Whoever writes the receiver looks for the type itself. */
const withTypes = (groups: readonly EventGroup[]): readonly EventGroup[] =>
  groups.map(({ group, items }) => ({
    group,
    items: items.map(({ value, label }) => ({ value, label: `${label} (${value})` })),
  }))

/** The form of a webhook, new or known. A new one shows its secret, this once. */
export function WebhookForm({ webhook }: { readonly webhook: Webhook | null }) {
  const { t } = useLingui()
  const client = useQueryClient()
  const navigate = useNavigate()
  const { eventOptions } = useEventWords()
  const [made, setMade] = useState<{ readonly id: string; readonly secret: string } | null>(null)
  const leave = (id: string) => void navigate({ to: inCompany(`/webhooks/${id}`) })
  const check = useCallback(
    (values: WebhookValues): readonly Fault[] => {
      const faults: Fault[] = []
      if (values.name.trim() === '') faults.push({ field: 'name', message: t`Enter the name` })
      if (!/^https?:\/\/./.test(values.url.trim()))
        faults.push({
          field: 'url',
          message: t`Enter the whole address, such as https://shop.example.com/zapas`,
        })
      if (values.events.length === 0) faults.push({ field: 'events', message: t`Choose at least one event` })
      return faults
    },
    [t],
  )
  const form = useRecordForm<WebhookValues>({
    resource: 'webhooks',
    id: webhook?.id ?? null,
    version: webhook?.version ?? null,
    initial: valuesOf(webhook),
    check,
    save: (values, options) => {
      const body = { ...values, url: values.url.trim(), events: [...values.events] }
      return webhook === null
        ? api.post('/webhooks', body, options)
        : api.patch(`/webhooks/${webhook.id}`, body, options)
    },
    reload: async () => {
      const theirs = await client.fetchQuery({ ...documentQuery('webhooks', webhook!.id), staleTime: 0 })
      return { values: valuesOf(theirs), version: theirs.version }
    },
    done: (saved) => {
      const { id, secret } = saved as Webhook & { secret?: string }
      if (secret === undefined) leave(id)
      else setMade({ id, secret })
    },
  })
  return (
    <>
      <RecordFormPage
        form={form}
        title={webhook === null ? t`New webhook` : t`Edit ${webhook.name}`}
        crumbs={[
          { label: t`Webhooks`, href: '/webhooks' },
          ...(webhook === null ? [] : [{ label: webhook.name, href: `/webhooks/${webhook.id}` }]),
        ]}
        back={webhook === null ? '/webhooks' : `/webhooks/${webhook.id}`}
        names={{ name: t`Name`, url: t`Address`, events: t`Events`, internalAllowed: t`Internal address` }}
      >
        <FieldGroup
          title={t`Who is told, and of what`}
          hint={<Trans>Events from now on are sent, signed, and repeated for three days if need be.</Trans>}
        >
          <TextInput {...form.text('name')} label={t`Name`} maxLength={100} data-autofocus />
          <TextInput {...form.text('url')} label={t`Address`} type="url" maxLength={2000} />
          <MultiSelect
            label={t`Events`}
            data={withOthers(withTypes(eventOptions), form.values.events)}
            value={[...form.values.events]}
            onChange={(events) => form.set({ events })}
            error={form.text('events').error}
            searchable
            clearable
            maxDropdownHeight={320}
          />
          <Checkbox
            {...form.tick('internalAllowed')}
            label={t`The address may lie in the own network and use http`}
          />
        </FieldGroup>
      </RecordFormPage>
      {made !== null && (
        <SecretDialog
          title={t`The secret of this webhook`}
          secret={made.secret}
          onClose={() => leave(made.id)}
        >
          <Trans>The receiver verifies with it that a message comes from here. It is shown this once.</Trans>
        </SecretDialog>
      )}
    </>
  )
}
