import type { Context } from '../kernel/context.ts'
import { sql, statement } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { inTransit } from '../shipments/index.ts'

/** The state of a chain at a moment: what a preview compares before and after. */

interface Ids {
  companyId: string
  ids: readonly string[]
}

export const selectStatuses = statement(
  'snapshot_statuses',
  {
    id: 'uuid',
    kind: 'text',
    number: 'text?',
    state: 'text',
    fulfilment: 'text?',
    invoicing: 'text?',
    returned: 'text?',
    paymentStatus: 'text?',
    inTransit: 'text?',
    version: 'int',
    partyId: 'uuid?',
  },
  (p: Ids & { today: string }) => sql`
    select id, kind, number, state, fulfilment, invoicing, returned, null as payment_status, null as in_transit, version, party_id from orders
      where company_id = ${p.companyId} and id = any(${p.ids}::uuid[])
    union all
    select s.id, s.kind, s.number, s.state, null, null, null, null,
      case when s.via_transit and s.state = 'posted' then ${inTransit}::text end,
      s.version, s.party_id from shipments s
      where s.company_id = ${p.companyId} and s.id = any(${p.ids}::uuid[])
    union all
    select id, kind, number, state, null, null, null,
      invoice_payment_status(kind, state, gross, settled, due_date, ${p.today}::date), null, version, party_id from invoices
      where company_id = ${p.companyId} and id = any(${p.ids}::uuid[])
    union all
    select id, 'payment', number, state, null, null, null, null, null, version, party_id from payments
      where company_id = ${p.companyId} and id = any(${p.ids}::uuid[])
    union all
    select id, 'stock-reservation', number, state, null, null, null, null, null, version, party_id from stock_reservations
      where company_id = ${p.companyId} and id = any(${p.ids}::uuid[])`,
)

/** Products that the lines of these documents are about. */
export const selectProducts = statement(
  'snapshot_products',
  { id: 'uuid' },
  (p: Ids) => sql`
    select product_id as id from order_lines where company_id = ${p.companyId} and order_id = any(${p.ids}::uuid[]) and stocked
    union select product_id from shipment_lines where company_id = ${p.companyId} and shipment_id = any(${p.ids}::uuid[])
    union select product_id from stock_reservation_lines where company_id = ${p.companyId} and reservation_id = any(${p.ids}::uuid[])`,
)

const selectLevels = statement(
  'snapshot_levels',
  {
    productId: 'uuid',
    sku: 'text',
    warehouseId: 'uuid',
    warehouse: 'text',
    onHand: 'numeric',
    quarantined: 'numeric',
    reserved: 'numeric',
    incoming: 'numeric',
    outgoing: 'numeric',
    value: 'numeric',
  },
  (p: Ids) => sql`
    select l.product_id, p.sku, l.warehouse_id, w.name as warehouse, l.on_hand, l.quarantined, l.reserved, l.incoming, l.outgoing, l.value
    from stock_levels l join products p on p.company_id = l.company_id and p.id = l.product_id
    join warehouses w on w.company_id = l.company_id and w.id = l.warehouse_id
    where l.company_id = ${p.companyId} and l.product_id = any(${p.ids}::uuid[]) order by p.sku, w.code`,
)

/** What parties owe and are owed: open claims less open credits and payments on account. */
export const selectBalances = statement(
  'snapshot_balances',
  { partyId: 'uuid', party: 'text', currency: 'text', receivable: 'numeric', payable: 'numeric' },
  (p: Ids) => sql`
    select p.id as party_id, p.name as party, m.currency,
      coalesce(sum(m.amount) filter (where m.side = 'customer'), 0) as receivable,
      coalesce(sum(m.amount) filter (where m.side = 'vendor'), 0) as payable
    from (
      select party_id, currency, case when kind in ('invoice', 'credit-note') then 'customer' else 'vendor' end as side,
        case when kind in ('invoice', 'bill') then gross - settled else settled - gross end as amount
      from invoices where company_id = ${p.companyId} and party_id = any(${p.ids}::uuid[]) and state = 'posted' and settled <> gross
      union all
      select party_id, currency, side,
        case when (side = 'customer') = (direction = 'in') then settled - (amount - rounding) else (amount - rounding) - settled end
      from payments where company_id = ${p.companyId} and party_id = any(${p.ids}::uuid[]) and state = 'posted' and settled <> amount - rounding
    ) m join parties p on p.company_id = ${p.companyId} and p.id = m.party_id
    group by p.id, p.name, m.currency order by p.name, m.currency`,
)

export async function takeSnapshot(
  tx: Transaction,
  ctx: Context,
  of: { documents: string[]; products: string[]; parties: string[] },
) {
  const companyId = ctx.company.id
  const [statuses, levels, balances] = await Promise.all([
    tx.all(selectStatuses, { companyId, ids: of.documents, today: ctx.today }),
    tx.all(selectLevels, { companyId, ids: of.products }),
    tx.all(selectBalances, { companyId, ids: of.parties }),
  ])
  return { statuses, levels, balances }
}
export type Snapshot = Awaited<ReturnType<typeof takeSnapshot>>
