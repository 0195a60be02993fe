import { readFileSync } from 'node:fs'
import { recordEvents } from '../journal/events.ts'
import { refuseStale } from '../kernel/guards.ts'
import type { Context } from '../kernel/context.ts'
import { notFound } from '../kernel/problem.ts'
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

/** Of a template that serves every language without one of its own. */
export const anyLanguage = 'any'

const columns = {
  form: 'text',
  language: 'text',
  version: 'int',
  source: 'text?',
  createdBy: 'text',
  createdAt: 'timestamptz',
} as const

const selectCurrent = statement(
  'select_current_templates',
  columns,
  (p: { companyId: string }) => sql`
    select distinct on (form, language) form, language, version, source, created_by, created_at from template_versions
    where company_id = ${p.companyId} order by form, language, version desc`,
)
const selectVersions = statement(
  'select_template_versions',
  columns,
  (p: { companyId: string; form: string; language: string }) => sql`
    select form, language, version, source, created_by, created_at from template_versions
    where company_id = ${p.companyId} and form = ${p.form} and language = ${p.language} order by version desc limit 200`,
)
const insertVersion = insertInto('template_versions', [
  'companyId',
  'form',
  'language',
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
  /** 'any': for every language that has none of its own. */
  language: string
  /** 1: the one that Zapas brings, never changed. */
  version: number
  /** It is not the one that Zapas brings; of a language: it has one of its own. */
  changed: boolean
  changedBy: string | null
  changedAt: Date | null
}

/** Every form for all languages, and below it those languages that have, or had, a template of their own. */
export async function listTemplates(tx: Transaction, ctx: Context): Promise<TemplateHead[]> {
  const rows = await tx.all(selectCurrent, { companyId: ctx.company.id })
  return forms.flatMap((form) => {
    const own = rows.filter((row) => row.form === form)
    const general = own.find((row) => row.language === anyLanguage) ?? null
    return [
      headOf(form, anyLanguage, general),
      ...own.filter((row) => row !== general).map((row) => headOf(form, row.language, row)),
    ]
  })
}

interface VersionRow {
  version: number
  source: string | null
  createdBy: string
  createdAt: Date
}

function headOf(form: Form, language: string, row: VersionRow | null): TemplateHead {
  return {
    form,
    language,
    version: row?.version ?? untouched,
    changed: row !== null && row.source !== null,
    changedBy: row?.createdBy ?? null,
    changedAt: row?.createdAt ?? null,
  }
}

/**
 * With its source, what a reset leads back to, and all versions, the newest first. A language without a
 * template of its own begins with the one for all.
 */
export async function presentTemplate(tx: Transaction, ctx: Context, form: Form, language: string) {
  const companyId = ctx.company.id
  const [rows, current] = await Promise.all([
    tx.all(selectVersions, { companyId, form, language }),
    tx.all(selectCurrent, { companyId }),
  ])
  const general =
    language === anyLanguage ? builtIn(form) : (sourceOf(current, form, anyLanguage) ?? builtIn(form))
  return {
    ...headOf(form, language, rows[0] ?? null),
    source: rows[0]?.source ?? general,
    builtIn: general,
    versions: rows.map(({ version, source, createdBy, createdAt }) => ({
      version,
      source,
      createdBy,
      createdAt,
    })),
  }
}

function sourceOf(
  rows: readonly { form: string; language: string; source: string | null }[],
  form: Form,
  language: string,
): string | null {
  return rows.find((row) => row.form === form && row.language === language)?.source ?? null
}

/** The source that a form is printed with now: that of the language, else the one for all. */
export async function currentSource(
  tx: Transaction,
  ctx: Context,
  form: Form,
  language: string,
): Promise<string> {
  const rows = await tx.all(selectCurrent, { companyId: ctx.company.id })
  return sourceOf(rows, form, language) ?? sourceOf(rows, form, anyLanguage) ?? builtIn(form)
}

/**
 * @param source null: back to the template that Zapas brings (of a language: to the one for all), as a new version.
 * @throws 412 when the template was changed after the version that the change is based on.
 */
export async function saveTemplate(
  tx: Transaction,
  ctx: Context,
  { form, language }: { readonly form: Form; readonly language: string },
  source: string | null,
  ifMatch: number | null,
): Promise<void> {
  const companyId = ctx.company.id
  await tx.one(lockForm, { companyId, form })
  const [latest] = await tx.all(selectVersions, { companyId, form, language })
  const version = latest?.version ?? untouched
  refuseStale(version, ifMatch)
  if ((latest?.source ?? null) === source) return
  tx.write(insertVersion, {
    rows: [
      {
        companyId,
        form,
        language,
        version: version + 1,
        source,
        createdBy: ctx.actor.name,
        createdAt: ctx.now,
      },
    ],
  })
  recordEvents(tx, ctx, [
    {
      type: source === null ? 'template.reset' : 'template.changed',
      objectKind: 'template',
      objectId: companyId,
      before: { form, language, version },
      after: { form, language, version: version + 1 },
    },
  ])
}

export function requireForm(name: string): Form {
  const form = forms.find((each) => each === name)
  if (form === undefined) throw notFound('template')
  return form
}
