import type { Context } from '../../kernel/context.ts'
import { sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'

/** So many files go with one mail. */
const most = 20

const selectSentWith = statement(
  'select_files_sent_with_document',
  { name: 'text', type: 'text', content: 'text?' },
  (p: { companyId: string; documentId: string; content: boolean }) => sql`
    select name, type, case when ${p.content} then encode(content, 'base64') end as content from attachments
    where company_id = ${p.companyId} and send_with_document and (order_id = ${p.documentId}::uuid
      or shipment_id = ${p.documentId}::uuid or invoice_id = ${p.documentId}::uuid or payment_id = ${p.documentId}::uuid)
    order by id limit ${most}`,
)

/** The files of a document that are ticked to be sent with it; without their content they are only named. */
export async function filesSentWith(
  tx: Transaction,
  ctx: Context,
  documentId: string,
  content: boolean,
): Promise<{ name: string; type: string; content: Uint8Array }[]> {
  const rows = await tx.all(selectSentWith, { companyId: ctx.company.id, documentId, content })
  return rows.map((row) => ({ ...row, content: Buffer.from(row.content ?? '', 'base64') }))
}
