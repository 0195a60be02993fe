import type { Context } from '../kernel/context.ts'
import { type Problem, conflict, notFound } from '../kernel/problem.ts'
import { type Row, sql, statement } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { kinds } from '../kinds.ts'
import {
  Language,
  type PrintedKind,
  type Word,
  findHouse,
  groupedAccount,
  printLanguage,
} from '../printing/index.ts'
import type { Values } from './placeholders.ts'
import type { Purpose } from './purposes.ts'

const columns = {
  id: 'uuid',
  kind: 'text',
  number: 'text?',
  state: 'text',
  date: 'date',
  partyId: 'uuid?',
  currency: 'text?',
  digits: 'int',
  amount: 'numeric?',
  dueDate: 'date?',
  settled: 'numeric?',
  open: 'numeric?',
  /** Of a payment: in or out. */
  direction: 'text?',
} as const
export type MailedDocument = Row<typeof columns>

const selectDocuments = statement(
  'select_documents_of_mail',
  columns,
  (p: { companyId: string; ids: readonly string[] }) => sql`
    select d.id, d.kind, d.number, d.state, d.date, d.party_id, d.currency, coalesce(c.minor_digits, 2)::int as digits, d.amount,
      case when i.kind in ('invoice', 'bill') then i.due_date end as due_date, i.settled, i.gross - i.settled as open, y.direction
    from documents d
      left join invoices i on i.company_id = d.company_id and i.id = d.id
      left join payments y on y.company_id = d.company_id and y.id = d.id
      left join currencies c on c.company_id = d.company_id and c.code = d.currency
    where d.company_id = ${p.companyId} and d.id = any(${p.ids}::uuid[])`,
)

/**
 * A document that may be sent.
 * @throws 404; 409 for one that is nobody's business yet, or no more, or that has nobody to go to.
 */
export async function findDocument(
  tx: Transaction,
  ctx: Context,
  kind: PrintedKind,
  id: string,
): Promise<MailedDocument & { partyId: string }> {
  const [found] = await findDocuments(tx, ctx, kind, [id])
  if (found === undefined) throw notFound(titleOf(kind))
  const refusal = whyNotSent(kind, found)
  if (refusal !== null) throw refusal
  return { ...found, partyId: found.partyId! }
}

/** Those of this kind that there are, whether they may be sent or not. */
export async function findDocuments(
  tx: Transaction,
  ctx: Context,
  kind: PrintedKind,
  ids: readonly string[],
): Promise<MailedDocument[]> {
  const rows = await tx.all(selectDocuments, { companyId: ctx.company.id, ids })
  return rows.filter((row) => row.kind === kind)
}

/** Why a document is sent to nobody; null: it may be sent. */
export function whyNotSent(
  kind: PrintedKind,
  { partyId, state }: Pick<MailedDocument, 'partyId' | 'state'>,
): Problem | null {
  const title = titleOf(kind)
  // A draft order is sent as a quotation.
  const offer = kind === 'sales-order' && state === 'draft'
  if (!offer && ['draft', 'cancelled', 'reversed'].includes(state))
    return conflict(
      'not-to-be-sent',
      `This ${title} is ${state}; only what counts is sent${state === 'draft' ? '. Confirm or post it first.' : '.'}`,
    )
  return partyId === null
    ? conflict('nobody-to-send-to', `This ${title} belongs to no customer or vendor.`)
    : null
}

const titleOf = (kind: PrintedKind): string => (kind === 'payment' ? kind : kinds[kind].title)

export function purposeOf(document: MailedDocument): Purpose {
  return document.kind === 'sales-order' && document.state === 'draft'
    ? 'quotation'
    : (document.kind as PrintedKind)
}

/** What a template may say of the company and the customer. */
export async function commonValues(tx: Transaction, ctx: Context, customer: string): Promise<Values> {
  const house = await findHouse(tx, ctx)
  const account = house.account === null ? '' : groupedAccount(house.account)
  return { customer, company: house.name, account }
}

/** What a template may say of one document, in words and figures of the language. */
export function valuesOf(ctx: Context, document: MailedDocument, tag: string): Values {
  const language = new Language(printLanguage(tag))
  const { currency, digits, dueDate } = document
  const money = (value: MailedDocument['amount']): string =>
    value === null || currency === null ? '' : language.money(value, currency, digits)
  const late = dueDate === null ? 0 : daysBetween(dueDate, ctx.today)
  return {
    document: language.word(titleWord(document)),
    number: document.number ?? '',
    date: language.date(document.date),
    dueDate: dueDate === null ? '' : language.date(dueDate),
    daysOverdue: late > 0 ? String(late) : '',
    total: money(document.amount),
    paid: money(document.settled),
    remaining: money(document.open ?? document.amount),
    // Of reminders only.
    invoices: '',
  }
}

function titleWord(document: MailedDocument): Word {
  // As it is printed: a receipt of what came in, an advice of what goes out.
  if (document.kind === 'payment') return document.direction === 'in' ? 'payment-in' : 'payment-out'
  return purposeOf(document) as Word
}

/** Whole days from one calendar date to another. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)
}
