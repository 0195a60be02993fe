import { Trans, useLingui } from '@lingui/react/macro'
import { Alert, Button, Group, Skeleton, Stack, Text, TextInput, Textarea } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import {
  ApiProblem,
  type MailTemplate,
  type TriedMail,
  api,
  isProblem,
  mailTemplateQuery,
  newKey,
  refreshData,
} from '../../api/index.ts'
import { SaveFailure, UnsavedWork } from '../../forms/index.ts'
import { NotFoundPage, useBreadcrumbs, usePageActions } from '../../page/index.ts'
import { MailPreview, inCompany, useReason } from '../../patterns/index.ts'
import { usePermissions } from '../../session/index.ts'
import { notify } from '../../ui/notify.tsx'
import { SettingsPage } from './layout.tsx'
import { useMailWords } from './mail-words.ts'
import classes from './settings.module.css'

/** One template of mails: its words, and below them what they say of a real document. */
export default function MailTemplatePage() {
  const { purpose = '', language = '' } = useParams({ strict: false })
  const { t } = useLingui()
  const { data, error } = useQuery(mailTemplateQuery(purpose, language))
  if (isProblem(error, 404) || isProblem(error, 400)) return <NotFoundPage />
  if (data !== undefined) return <Editor key={`${purpose} ${language} ${data.version}`} template={data} />
  return (
    <SettingsPage title={t`Template of mails`}>
      {error === null ? (
        <Skeleton height={300} />
      ) : (
        <Alert color="red" role="alert">
          {error.message}
        </Alert>
      )}
    </SettingsPage>
  )
}

interface MailText {
  readonly subject: string
  readonly body: string
}

function Editor({ template }: { readonly template: MailTemplate }) {
  const { t } = useLingui()
  const words = useMailWords()
  const mayWrite = usePermissions().may('company:write')
  const { purpose, language } = template
  const [text, setText] = useState<MailText>({ subject: template.subject, body: template.body })
  const unsaved = text.subject !== template.subject || text.body !== template.body
  const { save, busy, error } = useSave(template, text)
  const title = `${words.purpose(purpose)} · ${words.language(language)}`
  useBreadcrumbs([
    { label: t`Settings`, href: '/settings' },
    { label: t`Mail`, href: '/settings/mail' },
    { label: title },
  ])
  const run = () => {
    if (unsaved && !busy) void save('save')
  }
  usePageActions(mayWrite ? [{ id: 'save', label: t`Save`, run, shortcut: 'save' }] : [])
  const fault = (field: string): string | undefined =>
    error instanceof ApiProblem
      ? error.errors.find(({ pointer }) => pointer === `/${field}`)?.message
      : undefined
  return (
    <SettingsPage title={title} unsaved={unsaved}>
      <UnsavedWork unsaved={unsaved} save={() => save('save')} discard={() => setText(template)} />
      <Stack maw={720}>
        {fault('subject') === undefined && fault('body') === undefined && (
          <SaveFailure error={error} onRetry={run} />
        )}
        <TextInput
          label={t`Subject`}
          value={text.subject}
          onChange={(event) => setText({ ...text, subject: event.currentTarget.value })}
          error={fault('subject')}
          disabled={!mayWrite}
          maxLength={300}
        />
        <Textarea
          label={t`Text`}
          description={t`In double braces: document, number, date, dueDate, daysOverdue, total, paid, remaining, invoices, customer, company, account, link. A line whose values are all empty is left out.`}
          value={text.body}
          onChange={(event) => setText({ ...text, body: event.currentTarget.value })}
          error={fault('body')}
          disabled={!mayWrite}
          autosize
          minRows={10}
          maxLength={20_000}
        />
        {mayWrite && (
          <Group>
            <Button
              onClick={run}
              loading={busy}
              aria-disabled={!unsaved}
              data-disabled={!unsaved || undefined}
            >
              <Trans>Save</Trans>
            </Button>
            {unsaved && (
              <Button variant="default" onClick={() => setText(template)}>
                <Trans>Discard</Trans>
              </Button>
            )}
            {template.changed && (
              <Button variant="default" disabled={busy} onClick={() => void save('reset')}>
                <Trans>Back to the one of Zapas</Trans>
              </Button>
            )}
          </Group>
        )}
        {mayWrite && <Tried template={template} text={text} />}
        {mayWrite && <OtherLanguage purpose={purpose} />}
      </Stack>
    </SettingsPage>
  )
}

/** What it would say of the latest document of its kind. */
function Tried({ template, text }: { readonly template: MailTemplate; readonly text: MailText }) {
  const reason = useReason()
  const path = `/mail-templates/${template.purpose}/${template.language}/try`
  const typed = JSON.stringify({ subject: text.subject, body: text.body })
  const [asked] = useDebouncedValue(typed, 400)
  const { data, error, isFetching } = useQuery({
    queryKey: ['preview', path, asked],
    queryFn: ({ signal }) => api.post<TriedMail>(path, JSON.parse(asked) as MailText, { signal }),
    retry: false,
    staleTime: 0,
    gcTime: 0,
    placeholderData: keepPreviousData,
  })
  return (
    <section>
      <h2 className={classes.group}>
        <Trans>As it would be sent for the latest document</Trans>
      </h2>
      {error !== null && (
        <Text size="sm" role="status">
          {reason(error.message)}
        </Text>
      )}
      {data !== undefined && (
        <MailPreview subject={data.subject} text={data.text} stale={isFetching || asked !== typed} />
      )}
    </section>
  )
}

function OtherLanguage({ purpose }: { readonly purpose: string }) {
  const { t } = useLingui()
  const navigate = useNavigate()
  const [language, setLanguage] = useState('')
  const known = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(language)
  return (
    <Group align="end" gap="sm">
      <TextInput
        label={t`Template in another language`}
        description={t`Its code, such as de or cs`}
        value={language}
        onChange={(event) => setLanguage(event.currentTarget.value.trim())}
        maxLength={35}
      />
      <Button
        variant="default"
        aria-disabled={!known}
        data-disabled={!known || undefined}
        onClick={() => known && void navigate({ to: inCompany(`/settings/mail/${purpose}/${language}`) })}
      >
        <Trans>Open</Trans>
      </Button>
    </Group>
  )
}

function useSave(template: MailTemplate, text: MailText) {
  const { t } = useLingui()
  const client = useQueryClient()
  const [key, setKey] = useState(newKey)
  const path = `/mail-templates/${template.purpose}/${template.language}`
  const { mutateAsync, isPending, error } = useMutation({
    mutationFn: (what: 'save' | 'reset') => {
      const options = { key, ifMatch: template.version }
      return what === 'save'
        ? api.patch(path, { subject: text.subject, body: text.body }, options)
        : api.post(`${path}/reset`, undefined, options)
    },
    onSuccess: async () => {
      notify.done(t`Saved.`)
      await refreshData(client)
    },
    onError: (failure) => {
      if (failure instanceof ApiProblem) setKey(newKey())
    },
  })
  const save = (what: 'save' | 'reset'): Promise<boolean> =>
    mutateAsync(what).then(
      () => true,
      () => false,
    )
  return { save, busy: isPending, error }
}
