import { recordEvents } from '../journal/events.ts'
import { refuseStale } from '../kernel/guards.ts'
import type { Context } from '../kernel/context.ts'
import { notFound, ruleBroken } from '../kernel/problem.ts'
import { insertInto, sql, statement } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { type MailText, builtIn, builtInLanguages } from './built-in.ts'
import { placeholders, unknownPlaceholders } from './placeholders.ts'
import { type Purpose, purposes } from './purposes.ts'

/** Templates of a company: every version is kept, the highest counts, one without text is a reset. */

/** The version of a template that nobody changed: the built-in one. */
const untouched = 1

const columns = {
  purpose: 'text',
  language: 'text',
  version: 'int',
  subject: 'text?',
  body: 'text?',
  createdBy: 'text',
  createdAt: 'timestamptz',
} as const

const selectCurrent = statement(
  'select_current_mail_templates',
  columns,
  (p: { companyId: string }) => sql`
    select distinct on (purpose, language) purpose, language, version, subject, body, created_by, created_at
    from mail_template_versions where company_id = ${p.companyId} order by purpose, language, version desc`,
)
const selectVersions = statement(
  'select_mail_template_versions',
  columns,
  (p: { companyId: string; purpose: string; language: string }) => sql`
    select purpose, language, version, subject, body, created_by, created_at from mail_template_versions
    where company_id = ${p.companyId} and purpose = ${p.purpose} and language = ${p.language}
    order by version desc limit 200`,
)
const insertVersion = insertInto('mail_template_versions', [
  'companyId',
  'purpose',
  'language',
  'version',
  'subject',
  'body',
  'createdBy',
  'createdAt',
])
/** Versions are numbered without a gap: two people who save at once do so one after the other. */
const lockTemplate = statement(
  'lock_mail_template',
  { locked: 'text' },
  (p: { companyId: string; purpose: string; language: string }) => sql`
    select pg_advisory_xact_lock(hashtextextended('mail template' || ${p.companyId} || ${p.purpose} || ${p.language}, 0))::text
      as locked`,
)

/** What people edited, and every purpose in the languages that Zapas brings. */
export async function listMailTemplates(tx: Transaction, ctx: Context) {
  const rows = await tx.all(selectCurrent, { companyId: ctx.company.id })
  const languages = [...new Set([...builtInLanguages, ...rows.map((row) => row.language)])]
  return purposes.flatMap((purpose) =>
    languages.flatMap((language) => {
      const row = rows.find((each) => each.purpose === purpose && each.language === language)
      const brought = builtInLanguages.some((each) => each === language)
      if (!brought && (row === undefined || row.subject === null)) return []
      return [headOf(purpose, language, row)]
    }),
  )
}

type VersionRow = Pick<
  Awaited<ReturnType<typeof listVersions>>[number],
  'version' | 'subject' | 'body' | 'createdBy' | 'createdAt'
>

function headOf(purpose: Purpose, language: string, row: VersionRow | undefined) {
  return {
    purpose,
    language,
    version: row?.version ?? untouched,
    changed: row !== undefined && row.subject !== null,
    changedBy: row?.createdBy ?? null,
    changedAt: row?.createdAt ?? null,
  }
}

function listVersions(tx: Transaction, ctx: Context, purpose: Purpose, language: string) {
  return tx.all(selectVersions, { companyId: ctx.company.id, purpose, language })
}

/** With its text, the built-in one, and all versions, the newest first. */
export async function presentMailTemplate(tx: Transaction, ctx: Context, purpose: Purpose, language: string) {
  const rows = await listVersions(tx, ctx, purpose, language)
  const brought = builtIn(purpose, language)
  return {
    ...headOf(purpose, language, rows[0]),
    subject: rows[0]?.subject ?? brought.subject,
    body: rows[0]?.body ?? brought.body,
    builtIn: brought,
    versions: rows.map(({ version, subject, body, createdBy, createdAt }) => ({
      version,
      subject,
      body,
      createdBy,
      createdAt,
    })),
  }
}

/**
 * The text of a purpose in the first language that has one: of the languages asked for, those that the
 * company wrote itself or Zapas brings; else English.
 */
export async function currentText(
  tx: Transaction,
  ctx: Context,
  purpose: Purpose,
  languages: readonly (string | null | undefined)[],
): Promise<MailText & { language: string }> {
  const rows = await tx.all(selectCurrent, { companyId: ctx.company.id })
  for (const asked of languages) {
    if (!asked) continue
    for (const language of [asked, asked.split('-')[0]!]) {
      const row = rows.find((each) => each.purpose === purpose && each.language === language)
      if (row !== undefined && row.subject !== null && row.body !== null)
        return { language, subject: row.subject, body: row.body }
      if (builtInLanguages.some((each) => each === language))
        return { language, ...builtIn(purpose, language) }
    }
  }
  const own = rows.find((each) => each.purpose === purpose && each.language === 'en')
  const { subject, body } = builtIn(purpose, 'en')
  return { language: 'en', subject: own?.subject ?? subject, body: own?.body ?? body }
}

/**
 * @param text null: back to what Zapas brings, as a new version.
 * @throws 412 when the template was changed after the version that the change is based on.
 */
export async function saveMailTemplate(
  tx: Transaction,
  ctx: Context,
  purpose: Purpose,
  language: string,
  text: MailText | null,
  ifMatch: number | null,
): Promise<void> {
  const companyId = ctx.company.id
  if (text !== null) refuseUnfit(text)
  await tx.one(lockTemplate, { companyId, purpose, language })
  const [latest] = await listVersions(tx, ctx, purpose, language)
  const version = latest?.version ?? untouched
  refuseStale(version, ifMatch)
  if (
    (latest?.subject ?? null) === (text?.subject ?? null) &&
    (latest?.body ?? null) === (text?.body ?? null)
  )
    return
  tx.write(insertVersion, {
    rows: [
      {
        companyId,
        purpose,
        language,
        version: version + 1,
        subject: text?.subject ?? null,
        body: text?.body ?? null,
        createdBy: ctx.actor.name,
        createdAt: ctx.now,
      },
    ],
  })
  recordEvents(tx, ctx, [
    {
      type: text === null ? 'mail-template.reset' : 'mail-template.changed',
      objectKind: 'mail-template',
      objectId: companyId,
      before: { purpose, language, version },
      after: { purpose, language, version: version + 1 },
    },
  ])
}

/** Words of a mail with a misspelt placeholder would send the braces to customers. */
export function refuseUnfit(text: MailText): void {
  for (const field of ['subject', 'body'] as const) {
    if (text[field].trim() === '')
      throw ruleBroken('empty-text', `/${field}`, 'This must have at least one letter or digit.')
    const unknown = unknownPlaceholders(text[field])
    if (unknown.length > 0)
      throw ruleBroken(
        'unknown-placeholder',
        `/${field}`,
        `{{${unknown[0]}}} is not known. There are: ${placeholders.map((name) => `{{${name}}}`).join(', ')}.`,
      )
  }
  if (unknownPlaceholders(text.subject).length === 0 && /\{\{\s*(link|invoices)\s*\}\}/.test(text.subject))
    throw ruleBroken(
      'placeholder-in-subject',
      '/subject',
      'A subject has room for neither a link nor a list.',
    )
}

export function requirePurpose(name: string): Purpose {
  const purpose = purposes.find((each) => each === name)
  if (purpose === undefined) throw notFound('mail template')
  return purpose
}
