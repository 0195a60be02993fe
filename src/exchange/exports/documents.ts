import { inUnit } from '../../catalogue/index.ts'
import { describeOrder, type OrderKind } from '../../kinds.ts'
import { type Row, json, sql, statement } from '../../kernel/sql.ts'
import type { ExportRow, Exporter } from './exporter.ts'

const pageSize = 200

const orderColumns = {
  id: 'uuid',
  number: 'text',
  party: 'text',
  orderDate: 'date',
  expectedDate: 'date?',
  warehouse: 'text',
  currency: 'text',
  exchangeRate: 'text',
  pricesIncludeTax: 'bool',
  discountPercent: 'text',
  discountAmount: 'text',
  notes: 'text?',
} as const

const findOrdersPage = statement(
  'find_open_orders_of_export',
  orderColumns,
  (p: { companyId: string; kind: string; after: string | null; limit: number }) => sql`
    select o.id, coalesce(o.number, '') as number, coalesce(r.code, r.name) as party, o.date as order_date, o.expected_date,
      w.code as warehouse, o.currency, o.exchange_rate::text, o.prices_include_tax, o.discount_percent::text,
      o.discount_amount::text, o.notes
    from orders o
    join parties r on r.company_id = o.company_id and r.id = o.party_id
    join warehouses w on w.company_id = o.company_id and w.id = o.warehouse_id
    where o.company_id = ${p.companyId} and o.kind = ${p.kind} and o.state = 'confirmed'
      and (${p.after}::uuid is null or o.id > ${p.after}::uuid)
    order by o.id limit ${p.limit}`,
)

const findLines = statement(
  'find_open_order_lines_of_export',
  {
    orderId: 'uuid',
    product: 'text?',
    description: 'text',
    open: 'numeric',
    unit: 'text',
    numerator: 'bigint',
    denominator: 'bigint',
    unitPrice: 'text',
    discountPercent: 'text',
    taxes: json<{ name: string }[]>(),
  },
  (p: { companyId: string; ids: readonly string[] }) => sql`
    select l.order_id, l.sku as product, l.description, case when l.stocked then l.open_quantity else l.due_quantity end as open,
      l.unit, l.numerator, l.denominator, l.unit_price::text, l.discount_percent::text, l.taxes
    from order_lines l
    where l.company_id = ${p.companyId} and l.order_id = any(${p.ids}::uuid[])
      and case when l.stocked then l.open_quantity else l.due_quantity end > 0
    order by l.order_id, l.position`,
)

/** What is still to be delivered, received or, of services, invoiced: a row for each line. */
function openOrders(kind: OrderKind): Exporter {
  return {
    what: describeOrder(kind).path,
    async *pages(tx, ctx) {
      const companyId = ctx.company.id
      for (let after: string | null = null; ;) {
        const orders: Row<typeof orderColumns>[] = await tx.all(findOrdersPage, {
          companyId,
          kind,
          after,
          limit: pageSize,
        })
        const lines = await tx.all(findLines, { companyId, ids: orders.map(({ id }) => id) })
        const heads = new Map(orders.map(({ id, ...head }) => [id, head]))
        yield lines.map((line): ExportRow => {
          const head = heads.get(line.orderId)!
          return {
            ...head,
            status: 'confirmed',
            exchangeRate: head.currency === ctx.company.currency ? null : head.exchangeRate,
            product: line.product,
            description: line.description,
            quantity: inUnit(line.open, line).toFixed(),
            unit: line.unit,
            unitPrice: line.unitPrice,
            lineDiscountPercent: line.discountPercent,
            taxes: line.taxes.map(({ name }) => name).join('; '),
          }
        })
        if (orders.length < pageSize) return
        after = orders.at(-1)!.id
      }
    },
  }
}

const invoiceColumns = {
  id: 'uuid',
  number: 'text',
  party: 'text',
  date: 'date',
  dueDate: 'date',
  currency: 'text',
  exchangeRate: 'text',
  openAmount: 'text',
  notes: 'text?',
} as const

const findInvoicesPage = statement(
  'find_open_invoices_of_export',
  invoiceColumns,
  (p: { companyId: string; kind: string; after: string | null; limit: number }) => sql`
    select i.id, coalesce(i.number, '') as number, coalesce(r.code, r.name) as party, i.date, i.due_date, i.currency,
      i.exchange_rate::text, (i.gross - i.settled)::text as open_amount, i.notes
    from invoices i join parties r on r.company_id = i.company_id and r.id = i.party_id
    where i.company_id = ${p.companyId} and i.kind = ${p.kind} and i.state = 'posted' and i.settled < i.gross
      and (${p.after}::uuid is null or i.id > ${p.after}::uuid)
    order by i.id limit ${p.limit}`,
)

/** What is still to be paid of each document. */
function open(kind: 'invoice' | 'bill', what: string): Exporter {
  return {
    what,
    async *pages(tx, ctx) {
      for (let after: string | null = null; ;) {
        const page: Row<typeof invoiceColumns>[] = await tx.all(findInvoicesPage, {
          companyId: ctx.company.id,
          kind,
          after,
          limit: pageSize,
        })
        yield page.map(({ id: _, ...row }): ExportRow => ({
          ...row,
          exchangeRate: row.currency === ctx.company.currency ? null : row.exchangeRate,
          status: 'posted',
        }))
        if (page.length < pageSize) return
        after = page.at(-1)!.id
      }
    },
  }
}

export const salesOrders = openOrders('sales-order')
export const purchaseOrders = openOrders('purchase-order')
export const openInvoices = open('invoice', 'open-invoices')
export const openBills = open('bill', 'open-bills')
