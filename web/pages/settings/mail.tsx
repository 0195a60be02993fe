import { Trans, useLingui } from '@lingui/react/macro'
import {
  Alert,
  Button,
  Checkbox,
  Group,
  NativeSelect,
  NumberInput,
  PasswordInput,
  Skeleton,
  Stack,
  Switch,
  TextInput,
} from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { ApiProblem, type MailSettings, api, mailSettingsQuery, newKey } from '../../api/index.ts'
import { ErrorSummary, SaveFailure, UnsavedWork } from '../../forms/index.ts'
import { usePageActions } from '../../page/index.ts'
import { usePermissions } from '../../session/index.ts'
import { notify } from '../../ui/notify.tsx'
import { SettingsPage } from './layout.tsx'
import { MailTemplates } from './mail-templates.tsx'
import { MailTest } from './mail-test.tsx'
import classes from './settings.module.css'

/** By which server mail leaves, when reminders are due, and the words of both. */
export default function MailPage() {
  const { t } = useLingui()
  const { data, error, refetch } = useQuery(mailSettingsQuery())
  if (data !== undefined) return <Form key={data.version} settings={data} />
  return (
    <SettingsPage title={t`Mail`}>
      {error === null ? (
        <Skeleton height={300} />
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
}

type Changes = Partial<Omit<MailSettings, 'version' | 'passwordSet'>> & { readonly password?: string | null }

function Form({ settings }: { readonly settings: MailSettings }) {
  const { t } = useLingui()
  const { may } = usePermissions()
  const client = useQueryClient()
  const [changes, setChanges] = useState<Changes>({})
  const [attempt, setAttempt] = useState(0)
  const [key, setKey] = useState(newKey)
  const unsaved = Object.keys(changes).length > 0
  const save = useMutation({
    mutationFn: () => api.patch<MailSettings>('/mail-settings', changes, { key, ifMatch: settings.version }),
    onSuccess: (saved) => {
      client.setQueryData(mailSettingsQuery().queryKey, saved)
      notify.done(t`Saved.`)
    },
    onError: (failure) => {
      setAttempt((n) => n + 1)
      if (failure instanceof ApiProblem) setKey(newKey())
    },
  })
  const faults =
    save.error instanceof ApiProblem
      ? save.error.errors.map(({ pointer, message }) => ({
          field: pointer.slice(1).split('/')[0]!,
          message,
        }))
      : []
  const run = () => {
    if (unsaved && !save.isPending) save.mutate()
  }
  const allowed = may('company:write')
  usePageActions(allowed ? [{ id: 'save', label: t`Save`, run, shortcut: 'save' }] : [])
  const fields: FieldsProps = {
    value: { ...settings, ...changes },
    passwordSet: settings.passwordSet,
    password: changes.password,
    set: (more) => setChanges((all) => ({ ...all, ...more })),
    fault: (field) => faults.find((each) => each.field === field)?.message,
    disabled: !allowed,
  }
  return (
    <SettingsPage title={t`Mail`} unsaved={unsaved}>
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
      <form
        noValidate
        onSubmit={(event: FormEvent) => {
          event.preventDefault()
          run()
        }}
      >
        <Stack maw={560}>
          <ErrorSummary faults={faults} attempt={attempt} />
          {faults.length === 0 && <SaveFailure error={save.error} onRetry={run} />}
          <Server {...fields} />
          <Sender {...fields} />
          <Reminders {...fields} />
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
      {allowed && settings.host !== null && !unsaved && <MailTest proposed={settings.fromAddress ?? ''} />}
      <MailTemplates />
    </SettingsPage>
  )
}

interface FieldsProps {
  readonly value: MailSettings
  readonly passwordSet: boolean
  /** Typed anew; undefined: as it is. */
  readonly password: string | null | undefined
  readonly set: (changes: Changes) => void
  readonly fault: (field: string) => string | undefined
  readonly disabled: boolean
}

const orNull = (text: string): string | null => (text === '' ? null : text)

function Server({ value, passwordSet, password, set, fault, disabled }: FieldsProps) {
  const { t } = useLingui()
  return (
    <>
      <h2 className={classes.group}>
        <Trans>Mail server</Trans>
      </h2>
      <TextInput
        id="host"
        label={t`Server`}
        description={t`Such as smtp.example.com. Empty: no mail is sent.`}
        value={value.host ?? ''}
        onChange={(event) => set({ host: orNull(event.currentTarget.value) })}
        error={fault('host')}
        disabled={disabled}
        maxLength={253}
      />
      <Group grow align="start">
        <NativeSelect
          id="security"
          label={t`Encryption`}
          value={value.security}
          onChange={(event) => {
            const security = event.currentTarget.value as MailSettings['security']
            set({ security, port: { tls: 465, starttls: 587, none: 25 }[security] })
          }}
          data={[
            { value: 'starttls', label: t`STARTTLS` },
            { value: 'tls', label: t`TLS from the start` },
            { value: 'none', label: t`None, without a password` },
          ]}
          error={fault('security')}
          disabled={disabled}
        />
        <NumberInput
          id="port"
          label={t`Port`}
          value={value.port}
          onChange={(port) => typeof port === 'number' && set({ port })}
          min={1}
          max={65535}
          allowDecimal={false}
          hideControls
          error={fault('port')}
          disabled={disabled}
        />
      </Group>
      <TextInput
        id="userName"
        label={t`User name (optional)`}
        value={value.userName ?? ''}
        onChange={(event) => set({ userName: orNull(event.currentTarget.value) })}
        error={fault('userName')}
        disabled={disabled}
        autoComplete="off"
        maxLength={254}
      />
      <PasswordInput
        id="password"
        label={t`Password (optional)`}
        description={
          passwordSet
            ? t`One is kept, encrypted. Type another to replace it.`
            : t`It is kept encrypted and never shown again.`
        }
        value={password ?? ''}
        onChange={(event) => set({ password: orNull(event.currentTarget.value) })}
        error={fault('password')}
        disabled={disabled}
        autoComplete="new-password"
        maxLength={500}
      />
      <Checkbox
        id="internalAllowed"
        label={t`The server may stand in the own network`}
        checked={value.internalAllowed}
        onChange={(event) => set({ internalAllowed: event.currentTarget.checked })}
        disabled={disabled}
      />
    </>
  )
}

function Sender({ value, set, fault, disabled }: FieldsProps) {
  const { t } = useLingui()
  const address = (field: 'fromAddress' | 'replyTo' | 'copyTo', label: string, description?: string) => (
    <TextInput
      id={field}
      label={label}
      description={description}
      type="email"
      value={value[field] ?? ''}
      onChange={(event) => set({ [field]: orNull(event.currentTarget.value) })}
      error={fault(field)}
      disabled={disabled}
      maxLength={254}
    />
  )
  return (
    <>
      <h2 className={classes.group}>
        <Trans>Sender</Trans>
      </h2>
      {address('fromAddress', t`Address that mail comes from`)}
      <TextInput
        id="fromName"
        label={t`Name that mail comes from (optional)`}
        description={t`Empty: the name of the company.`}
        value={value.fromName ?? ''}
        onChange={(event) => set({ fromName: orNull(event.currentTarget.value) })}
        error={fault('fromName')}
        disabled={disabled}
        maxLength={200}
      />
      {address('replyTo', t`Answers go to (optional)`)}
      {address('copyTo', t`Blind copy of every mail to (optional)`)}
    </>
  )
}

function Reminders({ value, set, fault, disabled }: FieldsProps) {
  const { t } = useLingui()
  const [days, setDays] = useState(value.reminderDays.join(', '))
  return (
    <>
      <h2 className={classes.group}>
        <Trans>Payment reminders</Trans>
      </h2>
      <Switch
        id="reminders"
        label={t`Send reminders by themselves`}
        description={t`From the next hour on, between 8 and 18 h. Each reminder of an invoice is sent once.`}
        checked={value.reminders}
        onChange={(event) => set({ reminders: event.currentTarget.checked })}
        disabled={disabled}
      />
      <TextInput
        id="reminderDays"
        label={t`Days overdue`}
        description={t`When the first, second and third reminder is due, such as 7, 21, 35.`}
        value={days}
        onChange={(event) => {
          const text = event.currentTarget.value
          setDays(text)
          const reminderDays = text.match(/\d+/g)?.map(Number) ?? []
          set({ reminderDays })
        }}
        error={fault('reminderDays')}
        disabled={disabled}
        inputMode="numeric"
        maxLength={30}
      />
    </>
  )
}
