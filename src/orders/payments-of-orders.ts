import type { Context } from '../kernel/context.ts'
import { sql, statement } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { type OrderKind, describeOrder } from '../kinds.ts'

/** How far what an order was invoiced for is paid, in all. */
export type PaymentOfOrder = 'open' | 'partial' | 'paid' | 'overdue'

/** Whose statuses tell it: what a sales order is invoiced by, what a purchase order is billed by. */
const claims = { customer: 'invoice', vendor: 'bill' } as const

const selectPayments = statement(
  'select_payments_of_orders',
  { orderId: 'uuid', payment: 'text' },
  (p: { companyId: string; ids: readonly string[]; today: string }) => sql`
    select o.id as order_id,
      case when bool_and(claim.status = 'paid') then case o.invoicing when 'full' then 'paid' else 'partial' end
        when bool_or(claim.status = 'overdue') then 'overdue'
        when bool_or(claim.status in ('paid', 'partial')) then 'partial'
        else 'open' end as payment
    from orders o cross join lateral (
      select x.id from invoices x where x.company_id = o.company_id and x.order_id = o.id
      -- an invoice of several orders names none of them; its lines do
      union select l.invoice_id from order_lines ol
        join invoice_lines l on l.company_id = ol.company_id and l.order_line_id = ol.id
        where ol.company_id = o.company_id and ol.order_id = o.id
    ) linked cross join lateral (
      select invoice_payment_status(i.kind, i.state, i.gross, i.settled, i.due_date, ${p.today}::date) as status
      from invoices i
      where i.company_id = o.company_id and i.id = linked.id
        and i.state = 'posted' and i.kind in ('invoice', 'bill')
        and not (i.credited > 0 and i.credited >= i.gross)
    ) claim
    where o.company_id = ${p.companyId} and o.id = any(${p.ids}::uuid[])
    group by o.id, o.invoicing`,
)

/**
 * How far orders are paid, by the statuses of their posted invoices (bills), those of down payments among them: overdue
 * where one of them is; paid where all are and nothing is left to invoice; partly paid where something is; else open.
 * What a credit settles of an invoice counts as on the invoice itself. An invoice that credits took back in full does
 * not count, nor do drafts and cancelled ones.
 * @returns by id; orders without such invoices are left out, and so are all where the caller may not read invoices
 */
export async function findPaymentsOfOrders(
  tx: Transaction,
  ctx: Context,
  kind: OrderKind,
  ids: readonly string[],
): Promise<ReadonlyMap<string, PaymentOfOrder>> {
  if (ids.length === 0 || !ctx.permissions.has(`${claims[describeOrder(kind).side]}:read`)) return new Map()
  const rows = await tx.all(selectPayments, { companyId: ctx.company.id, ids, today: ctx.today })
  return new Map(rows.map(({ orderId, payment }) => [orderId, payment as PaymentOfOrder]))
}
