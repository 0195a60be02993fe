import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { CompareDialog, ErrorSummary, RecoveryOffer, SaveFailure, UnsavedWork } from '../../forms/index.ts'
import { PageTitle, type Crumb, useBreadcrumbs, usePageActions } from '../../page/index.ts'
import { inCompany } from '../links.tsx'
import classes from './record.module.css'
import type { RecordForm } from './use-record-form.ts'

interface Props<V extends object> {
  readonly form: RecordForm<V>
  readonly title: string
  readonly crumbs: readonly Crumb[]
  /** Where 'Back' leads, below the company. */
  readonly back: string
  /** Names of the fields, for comparing with what somebody else saved. */
  readonly names: Readonly<Partial<Record<keyof V & string, string>>>
  readonly wide?: boolean
  readonly children: ReactNode
}

/** The page of a form: title, Save and Back on top, what is wrong, the fields. */
export function RecordFormPage<V extends object>({
  form,
  title,
  crumbs,
  back,
  names,
  wide = false,
  children,
}: Props<V>) {
  const { t } = useLingui()
  const navigate = useNavigate()
  useBreadcrumbs([...crumbs, { label: title }])
  usePageActions([{ id: 'save', label: t`Save`, shortcut: 'save', run: () => void form.run() }])
  const { conflict, recovery } = form
  return (
    <form
      className={classes.page}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void form.run()
      }}
    >
      <header className={classes.header}>
        <PageTitle title={title} unsaved={form.unsaved}>
          {title}
          {form.unsaved && <span title={t`Not saved`}> •</span>}
        </PageTitle>
        <div className={classes.actions}>
          <Button variant="default" onClick={() => void navigate({ to: inCompany(back) })}>
            <Trans>Back</Trans>
          </Button>
          <Button type="submit" loading={form.busy}>
            <Trans>Save</Trans>
          </Button>
        </div>
      </header>
      <UnsavedWork unsaved={form.unsaved} save={() => form.run(true)} discard={recovery.drop} />
      <RecoveryOffer
        copy={recovery.found}
        version={form.version}
        onRestore={form.restore}
        onDiscard={recovery.drop}
      />
      <SaveFailure error={form.failure} onRetry={() => void form.run()} />
      <ErrorSummary faults={form.faults} attempt={form.attempt} />
      <div className={classes.form} data-wide={wide || undefined}>
        {children}
      </div>
      <CompareDialog
        versions={
          conflict === null
            ? null
            : {
                base: conflict.base as Readonly<Record<string, unknown>>,
                mine: form.values as V & Readonly<Record<string, unknown>>,
                theirs: conflict.theirs as Readonly<Record<string, unknown>>,
              }
        }
        fields={Object.keys(form.values)}
        nameOf={([field = '']) => names[field as keyof V & string] ?? field}
        show={showValue}
        onMerged={form.settle}
        onClose={() => form.settle(null)}
      />
    </form>
  )
}

const showValue = (_: readonly string[], value: unknown) => <Shown value={value} />

function Shown({ value }: { readonly value: unknown }) {
  if (value === true) return <Trans>Yes</Trans>
  if (value === false) return <Trans>No</Trans>
  if (value === '' || value === null) return '–'
  if (typeof value === 'string') return value
  if (Array.isArray(value)) {
    const rows = value.map((row) =>
      typeof row === 'object' && row !== null
        ? Object.values(row as Record<string, unknown>)
            .filter((each) => typeof each === 'string' && each !== '')
            .join(' · ')
        : String(row),
    )
    return rows.length === 0 ? '–' : rows.join('; ')
  }
  return JSON.stringify(value)
}

interface GroupProps {
  readonly title: string
  readonly hint?: ReactNode
  readonly children: ReactNode
}

/** Fields that belong together, under a heading. */
export function FieldGroup({ title, hint, children }: GroupProps) {
  return (
    <fieldset className={classes.group}>
      <legend>{title}</legend>
      {hint !== undefined && <p className={classes.hint}>{hint}</p>}
      <div className={classes.fields}>{children}</div>
    </fieldset>
  )
}

/** Two or three short fields beside each other; below each other on a phone. */
export function FieldRow({ children }: { readonly children: ReactNode }) {
  return <div className={classes.row}>{children}</div>
}
