import type { Context } from '../kernel/context.ts'
import { type Decimal, sum } from '../kernel/decimal.ts'
import { type CalendarDate, addDays, dateIn } from '../kernel/dates.ts'
import { conflict, notFound, ruleBroken } from '../kernel/problem.ts'
import { type Row, sql, statement } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { Language, type Word, printLanguage } from '../printing/index.ts'
import { reminderOf } from './built-in.ts'
import { commonValues, daysBetween } from './find-document.ts'
import { type Values, fill, fillSubject } from './placeholders.ts'
import { type Letter, presentLetter, queueMail } from './queue-mail.ts'
import { type Addressee, findAddressees, recipientsOf } from './recipients.ts'
import type { MailPresented, ReminderAnswer, ReminderInput } from './schema.ts'
import { attachmentOf, whatHinders } from './send-document.ts'
import { type MailSettings, readMailSettings } from './settings.ts'
import { currentText } from './templates.ts'

/** Files that go with one reminder; the text names all invoices. */
const mostAttachments = 20
/** Invoices of one call. */
const most = 2000

const columns = {
  id: 'uuid',
  number: 'text',
  partyId: 'uuid',
  currency: 'text',
  digits: 'int',
  date: 'date',
  dueDate: 'date',
  gross: 'numeric',
  settled: 'numeric',
  open: 'numeric',
} as const
type Overdue = Row<typeof columns>

/** Locked, so that a payment or another reminder comes before or after, never in between. */
const lockOverdue = statement(
  'lock_overdue_invoices',
  columns,
  (p: {
    companyId: string
    today: CalendarDate
    partyIds: readonly string[] | null
    invoiceIds: readonly string[] | null
  }) => sql`
    select i.id, coalesce(i.number, '') as number, i.party_id, i.currency, i.minor_digits::int as digits, i.date, i.due_date, i.gross, i.settled,
      i.gross - i.settled as open
    from invoices i
    where i.company_id = ${p.companyId} and i.kind = 'invoice' and i.state = 'posted' and i.settled < i.gross
      and i.due_date < ${p.today}::date
      and (${p.partyIds}::uuid[] is null or i.party_id = any(${p.partyIds}::uuid[]))
      and (${p.invoiceIds}::uuid[] is null or i.id = any(${p.invoiceIds}::uuid[]))
    order by i.id limit ${most} for no key update`,
)

/** The last reminder that counts of each invoice. */
const selectReminded = statement(
  'select_reminded_invoices',
  { documentId: 'uuid', stage: 'int', at: 'timestamptz' },
  (p: { companyId: string; ids: readonly string[] }) => sql`
    select distinct on (document_id) document_id, coalesce(stage, 0)::int as stage, at from mail_documents
    where company_id = ${p.companyId} and document_id = any(${p.ids}::uuid[]) and stage is not null and not void
    order by document_id, stage desc`,
)

const selectNumbered = statement(
  'select_invoices_to_remind',
  { id: 'uuid', number: 'text?', state: 'text', dueDate: 'date', paid: 'bool' },
  (p: { companyId: string; ids: readonly string[] }) => sql`
    select id, number, state, due_date, settled >= gross as paid from invoices
    where company_id = ${p.companyId} and kind = 'invoice' and id = any(${p.ids}::uuid[])`,
)

interface Due extends Overdue {
  readonly stage: number
}

/**
 * Reminds customers of what is overdue: one mail for each customer and currency, with every invoice whose next
 * reminder is due. By hand and by the schedule it is this same function, and so the same mail.
 *
 * The first reminder is due after the first number of days (by hand as soon as an invoice is overdue), each
 * later one as many days after the one before as the settings have between them: an invoice that is very late
 * already is not sent three reminders at once. No stage is sent twice.
 */
export async function remind(
  tx: Transaction,
  ctx: Context,
  input: ReminderInput,
  { byHand, preview }: { byHand: boolean; preview: boolean },
): Promise<ReminderAnswer> {
  const companyId = ctx.company.id
  const settings = await readMailSettings(tx, companyId)
  await refuseUnfit(tx, ctx, input)
  const overdue = await tx.all(lockOverdue, {
    companyId,
    today: ctx.today,
    partyIds: input.partyIds ?? null,
    invoiceIds: input.invoiceIds ?? null,
  })
  const [reminded, parties] = await Promise.all([
    tx.all(selectReminded, { companyId, ids: overdue.map((each) => each.id) }),
    findAddressees(tx, companyId, [...new Set(overdue.map((each) => each.partyId))]),
  ])
  const skipped: ReminderAnswer['skipped'] = []
  const due: Due[] = []
  for (const invoice of overdue) {
    const found = reminded.find((each) => each.documentId === invoice.id)
    const last =
      found === undefined ? null : { stage: found.stage, on: dateIn(ctx.company.timeZone, found.at) }
    const next = nextStage(settings.reminderDays, invoice, last, ctx.today, byHand)
    if ('stage' in next) due.push({ ...invoice, stage: next.stage })
    else
      skipped.push({
        partyId: invoice.partyId,
        partyName: parties.get(invoice.partyId)!.name,
        invoiceId: invoice.id,
        number: invoice.number,
        ...next,
      })
  }
  const mails: MailPresented[] = []
  for (const group of groupsOf(due)) {
    const party = parties.get(group[0]!.partyId)!
    const purpose = reminderOf(Math.max(...group.map((each) => each.stage)))
    const to = recipientsOf(party, purpose)
    const [hindrance] = whatHinders(settings, to)
    if (hindrance !== undefined) {
      skipped.push({ partyId: party.id, partyName: party.name, invoiceId: null, number: null, ...hindrance })
      continue
    }
    const letter = await letterOf(tx, ctx, settings, party, group, to, preview)
    mails.push(preview ? presentLetter(ctx, settings, letter) : queueMail(tx, ctx, settings, letter))
  }
  if (byHand && !preview && mails.length === 0) throw nothingToSend(skipped)
  return { mails, skipped }
}

/** Which reminder an invoice gets now, or why none. Pure. */
function nextStage(
  days: readonly number[],
  invoice: { readonly dueDate: CalendarDate; readonly number: string },
  last: { readonly stage: number; readonly on: CalendarDate } | null,
  today: CalendarDate,
  byHand: boolean,
): { stage: number } | { code: string; message: string } {
  const stage = (last?.stage ?? 0) + 1
  if (stage > days.length)
    return {
      code: 'all-reminders-sent',
      message: `${invoice.number}: all ${days.length} reminders were sent, the last on ${last!.on}.`,
    }
  const earliest =
    last === null
      ? addDays(invoice.dueDate, byHand ? 1 : days[0]!)
      : addDays(last.on, days[stage - 1]! - (days[stage - 2] ?? 0))
  if (today >= earliest) return { stage }
  return {
    code: 'reminder-not-due',
    message: `${invoice.number}: reminder ${stage} is due on ${earliest}${last === null ? '' : `; reminder ${last.stage} was sent on ${last.on}`}.`,
  }
}

/** By customer and currency: sums of different currencies are none. */
function groupsOf(due: readonly Due[]): Due[][] {
  const groups = new Map<string, Due[]>()
  for (const each of due) {
    const key = `${each.partyId} ${each.currency}`
    groups.set(key, [...(groups.get(key) ?? []), each])
  }
  return [...groups.values()].map((group) =>
    group.toSorted((a, b) => (a.dueDate === b.dueDate ? 0 : a.dueDate < b.dueDate ? -1 : 1)),
  )
}

async function letterOf(
  tx: Transaction,
  ctx: Context,
  settings: MailSettings,
  party: Addressee,
  group: readonly Due[],
  to: readonly string[],
  preview: boolean,
): Promise<Letter> {
  const purpose = reminderOf(
    Math.min(Math.max(...group.map((each) => each.stage)), settings.reminderDays.length),
  )
  const [text, common] = await Promise.all([
    currentText(tx, ctx, purpose, [party.language, ctx.company.language]),
    commonValues(tx, ctx, party.name),
  ])
  const values = { ...common, ...reminderValues(group, text.language, ctx.today) }
  const attachments = []
  for (const { id } of group.slice(0, mostAttachments))
    attachments.push(await attachmentOf(tx, ctx, 'invoice', id, 'posted', undefined, preview))
  return {
    purpose,
    language: text.language,
    partyId: party.id,
    to,
    cc: [],
    subject: fillSubject(text.subject, values),
    body: fill(text.body, values),
    documents: group.map(({ id, number, stage, open }) => ({ kind: 'invoice', id, number, stage, open })),
    attachments,
  }
}

/** Sums over all invoices, and one line for each. Pure. */
export function reminderValues(
  group: readonly Omit<Overdue, 'partyId'>[],
  tag: string,
  today: CalendarDate,
): Values {
  const language = new Language(printLanguage(tag))
  const { currency, digits } = group[0]!
  const money = (value: Decimal): string => language.money(value, currency, digits)
  const say = (word: Word): string => language.word(word)
  const only = group.length === 1 ? group[0]! : null
  return {
    document: say('invoice'),
    number: group.map((each) => each.number).join(', '),
    date: only === null ? '' : language.date(only.date),
    dueDate: language.date(group[0]!.dueDate),
    daysOverdue: String(daysBetween(group[0]!.dueDate, today)),
    total: money(sum(group.map((each) => each.gross))),
    paid: money(sum(group.map((each) => each.settled))),
    remaining: money(sum(group.map((each) => each.open))),
    invoices: group
      .map((each) =>
        [
          `${say('invoice')} ${each.number}, ${language.date(each.date)}`,
          `${say('dueDate')}: ${language.date(each.dueDate)}`,
          `${say('totalGross')}: ${money(each.gross)}`,
          `${say('settled')}: ${money(each.settled)}`,
          `${say('toPay')}: ${money(each.open)}`,
        ].join(' · '),
      )
      .join('\n'),
  }
}

/** Of invoices that were asked for by name, the reason why none is sent is said at once. */
async function refuseUnfit(
  tx: Transaction,
  ctx: Context,
  { partyIds, invoiceIds }: ReminderInput,
): Promise<void> {
  if (partyIds === undefined && invoiceIds === undefined) return
  const found = await tx.all(selectNumbered, { companyId: ctx.company.id, ids: invoiceIds ?? [] })
  if (found.length < (invoiceIds?.length ?? 0)) throw notFound('invoice')
  const parties = await findAddressees(tx, ctx.company.id, partyIds ?? [])
  if (parties.size < (partyIds?.length ?? 0)) throw notFound('party')
  for (const { number, state, dueDate, paid } of found) {
    if (state !== 'posted')
      throw conflict('not-overdue', `This invoice is ${state}; only an issued invoice is overdue.`)
    if (paid) throw conflict('invoice-paid', `${number} is paid; there is nothing to remind of.`)
    if (dueDate >= ctx.today) throw conflict('not-overdue', `${number} is due on ${dueDate} and not overdue.`)
  }
}

function nothingToSend(skipped: ReminderAnswer['skipped']) {
  const [first] = skipped
  if (first === undefined)
    return conflict('nothing-overdue', 'Nothing is overdue; there is nothing to remind of.')
  const more = skipped.length > 1 ? ` And ${skipped.length - 1} more.` : ''
  if (first.code === 'no-recipient')
    return ruleBroken(first.code, '/partyIds', `${first.partyName}: ${first.message}`)
  return conflict(first.code, `${first.message}${more}`, { skipped: skipped.length })
}
