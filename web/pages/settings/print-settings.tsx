import { Trans, useLingui } from '@lingui/react/macro'
import {
  Alert,
  Button,
  Group,
  NativeSelect,
  Skeleton,
  Stack,
  Switch,
  TextInput,
  Textarea,
} from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { ApiProblem, api, newKey } from '../../api/index.ts'
import { ErrorSummary, SaveFailure, UnsavedWork } from '../../forms/index.ts'
import { usePageActions } from '../../page/index.ts'
import { usePermissions } from '../../session/index.ts'
import { notify } from '../../ui/notify.tsx'
import { SettingsPage } from './layout.tsx'
import { LogoField } from './logo-field.tsx'
import { type PrintSettings, printSettingsQuery } from './print-settings-query.ts'

/** What printed documents say of the company, beside its name and address. */
export default function PrintSettingsPage() {
  const { t } = useLingui()
  const { data, error, refetch } = useQuery(printSettingsQuery())
  if (data === undefined)
    return (
      <SettingsPage title={t`Printing`}>
        {error === null ? (
          <Skeleton height={320} />
        ) : (
          <Alert color="red" role="alert">
            {error.message}{' '}
            <Button size="compact-sm" variant="default" onClick={() => void refetch()}>
              <Trans>Try again</Trans>
            </Button>
          </Alert>
        )}
      </SettingsPage>
    )
  return <Form key={data.version} settings={data} />
}

type Texts = 'bank' | 'account' | 'bic' | 'register' | 'note'

function Form({ settings }: { readonly settings: PrintSettings }) {
  const { t } = useLingui()
  const allowed = usePermissions().may('company:write')
  const client = useQueryClient()
  const [changes, setChanges] = useState<Partial<PrintSettings>>({})
  const [key, setKey] = useState(newKey)
  const [attempt, setAttempt] = useState(0)
  const now = { ...settings, ...changes }
  const unsaved = Object.entries(changes).some(
    ([name, value]) => (settings[name as Texts] ?? '') !== (value ?? ''),
  )
  const save = useMutation({
    mutationFn: () =>
      api.patch<PrintSettings>('/print-settings', changes, { key, ifMatch: settings.version }),
    onSuccess: (saved) => {
      client.setQueryData(printSettingsQuery().queryKey, saved)
      notify.done(t`Saved. It holds for what is printed from now on.`)
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
  const run = () => {
    if (unsaved && !save.isPending) save.mutate()
  }
  usePageActions(allowed ? [{ id: 'save', label: t`Save`, run, shortcut: 'save' }] : [])
  const text = (name: Texts) => ({
    id: name,
    disabled: !allowed,
    value: now[name] ?? '',
    error: faults.find(({ field }) => field === name)?.message,
    onChange: (event: { readonly currentTarget: { readonly value: string } }) => {
      const { value } = event.currentTarget
      setChanges((all) => ({ ...all, [name]: value === '' ? null : value }))
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    run()
  }
  return (
    <SettingsPage title={t`Printing`} unsaved={unsaved}>
      <UnsavedWork
        unsaved={unsaved}
        save={() =>
          save.mutateAsync().then(
            () => true,
            () => false,
          )
        }
        discard={() => setChanges({})}
      />
      <Stack maw={560}>
        <LogoField settings={settings} allowed={allowed} />
        <form onSubmit={submit} noValidate>
          <Stack>
            <ErrorSummary faults={faults} attempt={attempt} />
            {faults.length === 0 && <SaveFailure error={save.error} onRetry={run} />}
            <NativeSelect
              label={t`Paper`}
              disabled={!allowed}
              value={now.paper}
              onChange={(event) => {
                const { value } = event.currentTarget
                setChanges((all) => ({ ...all, paper: value as PrintSettings['paper'] }))
              }}
              data={[
                { value: 'a4', label: t`A4 (210 × 297 mm)` },
                { value: 'us-letter', label: t`Letter (8.5 × 11 in)` },
              ]}
            />
            <Switch
              label={t`Totals of invoices also in words`}
              description={t`In English and Polish, below the totals.`}
              disabled={!allowed}
              checked={now.amountInWords}
              onChange={(event) => {
                const { checked } = event.currentTarget
                setChanges((all) => ({ ...all, amountInWords: checked }))
              }}
            />
            <TextInput {...text('bank')} label={t`Bank (optional)`} maxLength={200} />
            <TextInput
              {...text('account')}
              label={t`Account (optional)`}
              description={t`IBAN or national number. Invoices ask to pay to it, with a code to scan.`}
              maxLength={50}
            />
            <TextInput {...text('bic')} label={t`BIC (optional)`} maxLength={20} maw={240} />
            <Textarea
              {...text('register')}
              label={t`Footer (optional)`}
              description={t`At the foot of every page: register, court, share capital.`}
              maxLength={500}
              autosize
              minRows={2}
            />
            <Textarea
              {...text('note')}
              label={t`Note on invoices (optional)`}
              description={t`Below the payment.`}
              maxLength={2000}
              autosize
              minRows={2}
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
      </Stack>
    </SettingsPage>
  )
}
