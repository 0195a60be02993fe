import { Trans, useLingui } from '@lingui/react/macro'
import { Alert, Button, NativeSelect, Skeleton } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { ApiProblem, api, isProblem, newKey, refreshData } from '../../api/index.ts'
import { SaveFailure, UnsavedWork } from '../../forms/index.ts'
import { NotFoundPage, PageTitle, useBreadcrumbs, usePageActions } from '../../page/index.ts'
import { inCompany } from '../../patterns/index.ts'
import { PdfView } from '../../patterns/pdf/index.tsx'
import { usePermissions } from '../../session/index.ts'
import { notify } from '../../ui/notify.tsx'
import { SampleField } from './sample-field.tsx'
import { SourceField } from './source-field.tsx'
import { usePreviewPdf } from './template-preview.ts'
import { TemplateVersions } from './template-versions.tsx'
import { useFormWords } from './template-words.ts'
import classes from './templates.module.css'
import { type Template, templateAddress, templateQuery } from './templates-query.ts'

const languages = ['any', 'en', 'pl', 'ar', 'he', 'zh']

/** One template: its text, and beside it what a real document looks like with it. */
export default function TemplatePage() {
  const { form = '' } = useParams({ strict: false }) as { form?: string }
  const { language = 'any' } = useSearch({ strict: false }) as { language?: string }
  const { data, error, refetch } = useQuery(templateQuery(form, language))
  const { t } = useLingui()
  if (isProblem(error, 404) || isProblem(error, 400)) return <NotFoundPage />
  if (data === undefined)
    return error === null ? (
      <div>
        <PageTitle title={t`Template`} />
        <Skeleton height={400} mt="md" />
      </div>
    ) : (
      <Alert color="red" role="alert">
        {error.message}{' '}
        <Button size="compact-sm" variant="default" onClick={() => void refetch()}>
          <Trans>Try again</Trans>
        </Button>
      </Alert>
    )
  return <Editor key={`${form} ${language} ${data.version}`} template={data} />
}

function Editor({ template }: { readonly template: Template }) {
  const { t } = useLingui()
  const words = useFormWords()
  const navigate = useNavigate()
  const { may } = usePermissions()
  const mayWrite = may('company:write')
  const [source, setSource] = useState(template.source)
  const [documentId, setDocumentId] = useState<string | null>(null)
  const [goTo, setGoTo] = useState<{ readonly line: number } | null>(null)
  const { form, language } = template
  const preview = usePreviewPdf({ form, language, documentId, source })
  const unsaved = source !== template.source
  const name = words.form(form)
  const title = `${name} · ${words.language(language)}`
  useBreadcrumbs([
    { label: t`Settings`, href: '/settings' },
    { label: t`Templates`, href: '/settings/templates' },
    { label: title },
  ])
  const { save, reset, error, busy } = useSaving(template, source)
  const { faults } = preview
  const broken = faults.length > 0
  const run = () => {
    if (unsaved && !busy && !broken) void save()
  }
  usePageActions(mayWrite ? [{ id: 'save', label: t`Save`, run, shortcut: 'save' }] : [])
  return (
    <div className={classes.page}>
      <PageTitle title={title} unsaved={unsaved} />
      <UnsavedWork unsaved={unsaved} save={() => (broken ? Promise.resolve(false) : save())} />
      <div className={classes.bar}>
        <NativeSelect
          label={t`Language`}
          value={language}
          onChange={(event) =>
            void navigate({ to: inCompany(templateAddress(form, event.currentTarget.value)) })
          }
          data={languages.map((value) => ({ value, label: words.language(value) }))}
        />
        <SampleField form={form} value={documentId} onChange={setDocumentId} />
        <span className={classes.buttons}>
          {mayWrite && template.changed && (
            <Button variant="default" disabled={busy} onClick={reset}>
              {language === 'any' ? (
                <Trans>Back to the one of Zapas</Trans>
              ) : (
                <Trans>Back to the one for all</Trans>
              )}
            </Button>
          )}
          {unsaved && (
            <Button variant="default" onClick={() => setSource(template.source)}>
              <Trans>Discard</Trans>
            </Button>
          )}
          {mayWrite && (
            <Button
              onClick={run}
              loading={busy}
              aria-disabled={!unsaved || broken}
              data-disabled={!unsaved || broken || undefined}
              aria-describedby="template-faults"
            >
              <Trans>Save</Trans>
            </Button>
          )}
        </span>
      </div>
      <SaveFailure error={error} onRetry={run} />
      <div className={classes.columns}>
        <section aria-label={t`Text of the template`}>
          <SourceField
            value={source}
            onChange={setSource}
            disabled={!mayWrite}
            faulty={new Set(faults.flatMap(({ line }) => (line === null ? [] : [line])))}
            goTo={goTo}
          />
          <div id="template-faults" aria-live="polite">
            {broken && (
              <Alert color="red" mt="xs" title={<Trans>This text cannot be printed, nor saved</Trans>}>
                <ul className={classes.faults}>
                  {faults.map(({ line, message }) => (
                    <li key={`${line} ${message}`}>
                      {line !== null && (
                        <Button
                          size="compact-sm"
                          variant="default"
                          onClick={() => setGoTo({ line })}
                        >{t`Line ${line}`}</Button>
                      )}{' '}
                      <code>{message}</code>
                    </li>
                  ))}
                </ul>
              </Alert>
            )}
          </div>
          <TemplateVersions template={template} source={source} onTake={setSource} mayWrite={mayWrite} />
        </section>
        <section aria-label={t`Preview`} aria-busy={preview.busy} className={classes.preview}>
          {preview.failure !== null && (
            <Alert color="red" role="alert" mb="xs">
              {preview.failure}
            </Alert>
          )}
          {documentId === null && preview.file === null ? (
            <p className={classes.quiet}>
              <Trans>Choose a document above to see it printed with this text.</Trans>
            </p>
          ) : (
            <PdfView file={preview.file} label={t`Preview of ${name}`} />
          )}
        </section>
      </div>
    </div>
  )
}

function useSaving(template: Template, source: string) {
  const { t } = useLingui()
  const client = useQueryClient()
  const [key, setKey] = useState(newKey)
  const { form, language, version } = template
  const options = { key, ifMatch: version }
  const { mutateAsync, error, isPending } = useMutation({
    mutationFn: (what: 'save' | 'reset') =>
      what === 'save'
        ? api.patch(`/templates/${form}?language=${language}`, { source }, options)
        : api.post(`/templates/${form}/reset?language=${language}`, undefined, options),
    onSuccess: async (_, what) => {
      notify.done(what === 'save' ? t`Saved. It holds for what is printed from now on.` : t`Reset.`)
      await refreshData(client)
    },
    onError: (failure) => {
      if (failure instanceof ApiProblem) setKey(newKey())
    },
  })
  const attempt = (what: 'save' | 'reset'): Promise<boolean> =>
    mutateAsync(what).then(
      () => true,
      () => false,
    )
  return { save: () => attempt('save'), reset: () => void attempt('reset'), error, busy: isPending }
}
