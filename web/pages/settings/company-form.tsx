import type { MessageDescriptor } from '@lingui/core'
import { Trans, useLingui } from '@lingui/react/macro'
import { Alert, Button, Group, NativeSelect, Skeleton, Stack, Switch, TextInput } from '@mantine/core'
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { ApiProblem, type Company, api, dataKey, meQuery, newKey } from '../../api/index.ts'
import { ErrorSummary, SaveFailure, UnsavedWork } from '../../forms/index.ts'
import { usePageActions } from '../../page/index.ts'
import { usePermissions } from '../../session/index.ts'
import { DecimalInput } from '../../ui/inputs/index.ts'
import { notify } from '../../ui/notify.tsx'
import { SettingsPage } from './layout.tsx'

export const companyQuery = () =>
  queryOptions({
    queryKey: dataKey('settings', 'company'),
    queryFn: ({ signal }) => api.get<Company>('/company', {}, { signal }),
  })

type Value = string | boolean
interface Base {
  /** Name in the API; `address.city` for a field within. */
  readonly name: string
  readonly label: MessageDescriptor
  /** What changes, and from when. */
  readonly note?: MessageDescriptor
  readonly optional?: boolean
}
export type Setting =
  | (Base & { readonly type: 'text' | 'flag'; readonly maxLength?: number })
  | (Base & { readonly type: 'whole' | 'decimal'; readonly unit: string })
  | (Base & {
      readonly type: 'choice'
      readonly choices: readonly { readonly value: string; readonly label: MessageDescriptor | string }[]
    })

interface Props {
  readonly title: string
  readonly settings: readonly Setting[]
}

/** Some settings of the company, saved together; somebody else's change in between is not overwritten. */
export function CompanyForm({ title, settings }: Props) {
  const { data, error, refetch } = useQuery(companyQuery())
  if (data === undefined) {
    return (
      <SettingsPage title={title}>
        {error === null ? (
          <Skeleton height={240} />
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
  return <Form key={data.version} title={title} settings={settings} company={data} />
}

function Form({ title, settings, company }: Props & { readonly company: Company }) {
  const { t, i18n } = useLingui()
  const { may } = usePermissions()
  const client = useQueryClient()
  const [changes, setChanges] = useState<Readonly<Record<string, Value>>>({})
  const [attempt, setAttempt] = useState(0)
  const [key, setKey] = useState(newKey)
  const names = Object.keys(changes).filter((name) => changes[name] !== valueOf(company, name))
  const unsaved = names.length > 0
  const save = useMutation({
    mutationFn: () =>
      api.patch<Company>('/company', bodyOf(company, settings, changes, names), {
        key,
        ifMatch: company.version,
      }),
    onSuccess: async (saved) => {
      client.setQueryData(companyQuery().queryKey, saved)
      notify.done(t`Saved.`)
      await client.invalidateQueries({ queryKey: meQuery().queryKey })
    },
    onError: (failure) => {
      setAttempt((n) => n + 1)
      if (failure instanceof ApiProblem) setKey(newKey())
    },
  })
  const faults =
    save.error instanceof ApiProblem
      ? save.error.errors.map(({ pointer, message }) => {
          const field = pointer.slice(1).replaceAll('/', '.')
          const setting = settings.find(({ name }) => name === field)
          return { field, message: setting === undefined ? message : `${i18n._(setting.label)}: ${message}` }
        })
      : []
  const run = () => {
    if (unsaved && !save.isPending) save.mutate()
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    run()
  }
  usePageActions([{ id: 'save', label: t`Save`, run, shortcut: 'save' }])
  const allowed = may('company:write')
  return (
    <SettingsPage title={title} unsaved={unsaved}>
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
      <form onSubmit={submit} noValidate>
        <Stack maw={560}>
          <ErrorSummary faults={faults} attempt={attempt} />
          {faults.length === 0 && <SaveFailure error={save.error} onRetry={run} />}
          {settings.map((setting) => (
            <Field
              key={setting.name}
              setting={setting}
              value={changes[setting.name] ?? valueOf(company, setting.name)}
              disabled={!allowed}
              error={faults.find(({ field }) => field === setting.name)?.message}
              onChange={(value) => setChanges((all) => ({ ...all, [setting.name]: value }))}
            />
          ))}
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

interface FieldProps {
  readonly setting: Setting
  readonly value: Value
  readonly disabled: boolean
  readonly error: string | undefined
  readonly onChange: (value: Value) => void
}

function Field({ setting, value, disabled, error, onChange }: FieldProps) {
  const { t, i18n } = useLingui()
  const label = i18n._(setting.label)
  const common = {
    id: setting.name,
    label: setting.optional === true ? t`${label} (optional)` : label,
    description: setting.note === undefined ? undefined : i18n._(setting.note),
    error,
    disabled,
  }
  switch (setting.type) {
    case 'flag':
      return (
        <Switch
          {...common}
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      )
    case 'choice':
      return (
        <NativeSelect
          {...common}
          value={String(value)}
          onChange={(event) => onChange(event.currentTarget.value)}
          data={setting.choices.map((choice) => ({
            value: choice.value,
            label: typeof choice.label === 'string' ? choice.label : i18n._(choice.label),
          }))}
        />
      )
    case 'whole':
    case 'decimal':
      return (
        <DecimalInput
          {...common}
          value={String(value)}
          onChange={onChange}
          unit={setting.unit}
          maxDecimals={setting.type === 'whole' ? 0 : 6}
          maw={240}
        />
      )
    case 'text':
      return (
        <TextInput
          {...common}
          value={String(value)}
          {...(setting.maxLength !== undefined && { maxLength: setting.maxLength })}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )
  }
}

function valueOf(company: Company, name: string): Value {
  const [first = '', second] = name.split('.')
  const own = company as unknown as Readonly<Record<string, unknown>>
  const value =
    second === undefined ? own[first] : (own[first] as Record<string, unknown> | undefined)?.[second]
  if (typeof value === 'boolean' || typeof value === 'string') return value
  return typeof value === 'number' ? String(value) : ''
}

function bodyOf(
  company: Company,
  settings: readonly Setting[],
  changes: Readonly<Record<string, Value>>,
  names: readonly string[],
): object {
  const body: Record<string, unknown> = {}
  for (const name of names) {
    const setting = settings.find((each) => each.name === name)
    const typed = changes[name]
    const text = typeof typed === 'string' ? typed.trim() : typed
    const value = setting?.type === 'whole' && /^\d+$/.test(String(text)) ? Number(text) : text
    const [first = '', second] = name.split('.')
    if (second === undefined) body[first] = value === '' && setting?.optional === true ? null : value
    else {
      // An address is sent whole; a field that is left empty is not in it.
      const whole = { ...(body[first] ?? company.address), [second]: value } as Record<string, unknown>
      body[first] = Object.fromEntries(Object.entries(whole).filter(([, each]) => each !== ''))
    }
  }
  return body
}
