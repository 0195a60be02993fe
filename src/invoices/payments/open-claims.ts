import type { Context } from '../../kernel/context.ts'
import { type Decimal, max, zero } from '../../kernel/decimal.ts'
import { sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { lockInvoices } from '../records.ts'

/** What a customer may pay of invoices that he sees. */
export const selectPayable = statement(
  'select_payable_invoices',
  { id: 'uuid', number: 'text', currency: 'text', minorDigits: 'int', open: 'numeric' },
  (p: { companyId: string; ids: readonly string[] }) => sql`
    select i.id, coalesce(i.number, '') as number, i.currency, i.minor_digits::int, greatest(i.gross - i.settled, 0) as open from invoices i
    where i.company_id = ${p.companyId} and i.id = any(${p.ids}::uuid[]) and i.kind = 'invoice' and i.state = 'posted' order by i.id`,
)

/** Locks invoices and tells what a payment could settle of each, in its currency: of one that was cancelled, nothing. */
export async function allocatable(
  tx: Transaction,
  ctx: Context,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Decimal>> {
  const invoices = await tx.all(lockInvoices, { companyId: ctx.company.id, ids })
  return new Map(
    invoices.map((each) => [
      each.id,
      each.state === 'posted' ? max(each.gross.minus(each.settled), zero) : zero,
    ]),
  )
}
