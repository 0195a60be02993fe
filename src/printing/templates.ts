import { readFileSync } from 'node:fs'
import { recordEvents } from '../journal/events.ts'
import type { Context } from '../kernel/context.ts'
import { notFound, versionMismatch } from '../kernel/problem.ts'
import { insertInto, sql, statement } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { type Form, forms } from './print-model.ts'

/** Templates of a company: every version is kept, the highest counts, one without a source is a reset. */

const original = (name: string): string => readFileSync(new URL(`typst/${name}.typ`, import.meta.url), 'utf8')
const shared = original('document')
const label = original('product-label')

/** The template that Zapas brings. */
function builtIn(form: Form): string {
  return form === 'product-label' ? label : shared
}

/** The version of a template that nobody changed: the built-in one. */
const untouched = 1

const columns = {
  form: 'text',
  version: 'int',
  source: 'text?',
  createdBy: 'text',
  createdAt: 'timestamptz',
} as const

const selectCurrent = statement(
  'select_current_templates',
  columns,
  (p: { companyId: string }) => sql`
    select distinct on (form) form, version, source, created_by, created_at from template_versions
    where company_id = ${p.companyId} order by form, version desc`,
)
const selectVersions = statement(
  'select_template_versions',
  columns,
  (p: { companyId: string; form: string }) => sql`
    select form, version, source, created_by, created_at from template_versions
    where company_id = ${p.companyId} and form = ${p.form} order by version desc limit 200`,
)
const insertVersion = insertInto('template_versions', [
  'companyId',
  'form',
  'version',
  'source',
  'createdBy',
  'createdAt',
])
/** Versions are numbered without a gap: two people who save at once do so one after the other. */
const lockForm = statement(
  'lock_template',
  { locked: 'text' },
  (p: { companyId: string; form: string }) =>
    sql`select pg_advisory_xact_lock(hashtextextended('template' || ${p.companyId} || ${p.form}, 0))::text as locked`,
)

export interface TemplateHead {
  form: Form
  /** 1: the one that Zapas brings, never changed. */
  version: number
  /** It is not the one that Zapas brings. */
  changed: boolean
  changedBy: string | null
  changedAt: Date | null
}

export async function listTemplates(tx: Transaction, ctx: Context): Promise<TemplateHead[]> {
  const rows = await tx.all(selectCurrent, { companyId: ctx.company.id })
  return forms.map((form) => headOf(form, rows.find((row) => row.form === form) ?? null))
}

interface VersionRow {
  version: number
  source: string | null
  createdBy: string
  createdAt: Date
}

function headOf(form: Form, row: VersionRow | null): TemplateHead {
  return {
    form,
    version: row?.version ?? untouched,
    changed: row !== null && row.source !== null,
    changedBy: row?.createdBy ?? null,
    changedAt: row?.createdAt ?? null,
  }
}

/** With its source, the built-in one, and all versions, the newest first. */
export async function presentTemplate(tx: Transaction, ctx: Context, form: Form) {
  const rows = await tx.all(selectVersions, { companyId: ctx.company.id, form })
  return {
    ...headOf(form, rows[0] ?? null),
    source: rows[0]?.source ?? builtIn(form),
    builtIn: builtIn(form),
    versions: rows.map(({ version, source, createdBy, createdAt }) => ({
      version,
      source,
      createdBy,
      createdAt,
    })),
  }
}

/** The source that a form is printed with now. */
export async function currentSource(tx: Transaction, ctx: Context, form: Form): Promise<string> {
  const rows = await tx.all(selectCurrent, { companyId: ctx.company.id })
  return rows.find((row) => row.form === form)?.source ?? builtIn(form)
}

/**
 * @param source null: back to the template that Zapas brings, as a new version.
 * @throws 412 when the template was changed after the version that the change is based on.
 */
export async function saveTemplate(
  tx: Transaction,
  ctx: Context,
  form: Form,
  source: string | null,
  ifMatch: number | null,
): Promise<void> {
  const companyId = ctx.company.id
  await tx.one(lockForm, { companyId, form })
  const [latest] = await tx.all(selectVersions, { companyId, form })
  const version = latest?.version ?? untouched
  if (ifMatch !== null && ifMatch !== version) throw versionMismatch(version)
  if ((latest?.source ?? null) === source) return
  tx.write(insertVersion, {
    rows: [{ companyId, form, version: version + 1, source, createdBy: ctx.actor.name, createdAt: ctx.now }],
  })
  recordEvents(tx, ctx, [
    {
      type: source === null ? 'template.reset' : 'template.changed',
      objectKind: 'template',
      objectId: companyId,
      before: { form, version },
      after: { form, version: version + 1 },
    },
  ])
}

export function requireForm(name: string): Form {
  const form = forms.find((each) => each === name)
  if (form === undefined) throw notFound('template')
  return form
}
