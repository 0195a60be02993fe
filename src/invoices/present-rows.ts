import type { Context } from '../kernel/context.ts'
import { sql, statement } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { type InvoiceKind, describeInvoice, permissionFor } from '../kinds.ts'
import { findDifferencesOfBills, matchStatus } from './match-bill.ts'
import { presentInvoiceHead } from './present-invoice.ts'
import type { InvoiceRow } from './records.ts'
import type { InvoiceListItem } from './schemas.ts'

interface Page {
  readonly companyId: string
  readonly ids: readonly string[]
}

const selectCorrected = statement(
  'select_numbers_of_corrected_invoices',
  { id: 'uuid', number: 'text?' },
  (p: Page) => sql`
    select i.id, i.number from invoices i where i.company_id = ${p.companyId} and i.id = any(${p.ids}::uuid[])`,
)

/** Of each document the newest mail that was not called off: ids of mails are in the order in which they were made. */
const selectMails = statement(
  'select_newest_mails_of_invoices',
  { id: 'uuid', state: 'text', at: 'timestamptz' },
  (p: Page) => sql`
    select asked.id, m.state, m.at from unnest(${p.ids}::uuid[]) as asked(id) cross join lateral (
      select m.state, coalesce(m.bounced_at, m.sent_at, m.last_at, m.created_at) as at
      from mail_documents d join mails m on m.company_id = d.company_id and m.id = d.mail_id
      where d.company_id = ${p.companyId} and d.document_id = asked.id and m.state <> 'cancelled'
      order by d.mail_id desc limit 1) m`,
)

/** Invoices, bills and credits as a list answers them: what other documents tell is asked for the whole page at once. */
export async function presentRows(
  tx: Transaction,
  ctx: Context,
  kind: InvoiceKind,
  rows: readonly InvoiceRow[],
): Promise<InvoiceListItem[]> {
  if (rows.length === 0) return []
  const companyId = ctx.company.id
  const ids = rows.map(({ id }) => id)
  const { corrects } = describeInvoice(kind)
  const may = (permission: string): boolean => ctx.permissions.has(permission)
  const [corrected, mails, differences] = await Promise.all([
    corrects !== null && may(permissionFor(corrects, 'read'))
      ? tx.all(selectCorrected, {
          companyId,
          ids: rows.flatMap(({ correctsId }) => (correctsId === null ? [] : [correctsId])),
        })
      : [],
    may('mails:read') ? tx.all(selectMails, { companyId, ids }) : [],
    kind === 'bill' ? findDifferencesOfBills(tx, ctx, ids) : null,
  ])
  const numberOf = new Map(corrected.map(({ id, number }) => [id, number]))
  const mailOf = new Map(mails.map(({ id, state, at }) => [id, { state, at }]))
  return rows.map((row) => ({
    ...presentInvoiceHead(ctx, row),
    reason: row.reason,
    correctsNumber: row.correctsId === null ? null : (numberOf.get(row.correctsId) ?? null),
    match:
      differences === null || row.state === 'cancelled'
        ? null
        : matchStatus(differences.get(row.id)!, row.matchDecision),
    mail: (mailOf.get(row.id) as InvoiceListItem['mail'] | undefined) ?? null,
  }))
}
