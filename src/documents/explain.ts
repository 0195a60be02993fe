import { Type } from 'typebox'
import { DateText, DecimalOut, Id, nullable, object } from '../http/schemas.ts'
import type { Context } from '../kernel/context.ts'
import { type Decimal, sum } from '../kernel/decimal.ts'
import { notFound, ruleBroken } from '../kernel/problem.ts'
import { sql, statement } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { type AnyKind, titles } from '../kinds.ts'
import { currentValue, notArrival } from '../stock/index.ts'

/** What can be asked about a document, and the rule behind each figure. */
const rules = {
  fulfilment:
    'Line by line: full when nothing of any goods line is open, partial when something has moved; services do not wait for goods (R12).',
  invoicing:
    'Line by line: full when nothing is left to invoice, partial when something is invoiced and not credited (R12).',
  returned:
    'Line by line: full when all goods that were delivered or received have come or gone back, partial when some have (R12).',
  paymentStatus:
    'Paid (a credit: redeemed) when nothing is open, else overdue after the due date, else partial when something is settled (R12).',
  open: 'The total, less what payments and credits have settled.',
  paid: 'The payments that were allocated to this document.',
  value: 'What the goods of this document were worth when they moved, with the corrections of later bills.',
} as const
type Field = keyof typeof rules

export const ExplainQuery = Type.Object({
  field: Type.Unsafe<Field>(Type.String({ enum: Object.keys(rules) })),
})

export const ExplanationOut = object({
  field: Type.String(),
  value: nullable(DecimalOut),
  status: nullable(Type.String()),
  rule: Type.String(),
  rows: Type.Array(
    object({
      label: Type.String(),
      amount: nullable(DecimalOut),
      ordered: nullable(DecimalOut),
      done: nullable(DecimalOut),
      left: nullable(DecimalOut),
      kind: nullable(Type.String()),
      id: nullable(Id),
      number: nullable(Type.String()),
      date: nullable(DateText),
    }),
  ),
})

interface ById {
  companyId: string
  id: string
}

const findDocument = statement(
  'explained_document',
  {
    kind: 'text',
    number: 'text?',
    fulfilment: 'text?',
    invoicing: 'text?',
    returned: 'text?',
    paymentStatus: 'text?',
    gross: 'numeric?',
    settled: 'numeric?',
    date: 'date',
  },
  (p: ById & { today: string }) => sql`
    select kind, number, fulfilment, invoicing, returned, null as payment_status, null::numeric as gross, null::numeric as settled, date
      from orders where company_id = ${p.companyId} and id = ${p.id}
    union all select kind, number, null, null, null, null, null, null, date from shipments where company_id = ${p.companyId} and id = ${p.id}
    union all select kind, number, null, null, null, invoice_payment_status(kind, state, gross, settled, due_date, ${p.today}::date), gross, settled, date
      from invoices where company_id = ${p.companyId} and id = ${p.id}`,
)

const orderLines = statement(
  'explained_order_lines',
  {
    label: 'text',
    ordered: 'numeric',
    shipped: 'numeric',
    moved: 'numeric',
    returned: 'numeric',
    open: 'numeric',
    invoiced: 'numeric',
    due: 'numeric',
    stocked: 'bool',
  },
  (p: ById) => sql`
    select coalesce(l.sku || ' ', '') || l.description as label, l.base_quantity - l.cancelled as ordered, l.shipped - l.returned_replace as shipped,
      l.shipped as moved, l.returned + l.returned_replace as returned, l.open_quantity as open, l.invoiced - l.credited as invoiced, l.due_quantity as due, l.stocked
    from order_lines l where l.company_id = ${p.companyId} and l.order_id = ${p.id} order by l.position`,
)

const settlements = statement(
  'explained_settlements',
  { amount: 'numeric', kind: 'text', id: 'uuid', number: 'text?', date: 'date', payment: 'bool' },
  (p: ById) => sql`
    select case when s.claim_invoice_id = ${p.id} then s.claim_amount else s.by_amount end as amount, d.kind, d.id, d.number, s.date, d.kind = 'payment' as payment
    from settlements s join lateral (select d.kind, d.id, d.number from documents d
      where d.company_id = s.company_id and d.id = any(array(select case
        when s.claim_invoice_id = ${p.id} then coalesce(s.by_credit_id, s.by_payment_id) else coalesce(s.claim_invoice_id, s.claim_payment_id) end))
      limit 1) d on true
    where s.company_id = ${p.companyId} and (s.claim_invoice_id = ${p.id} or s.by_credit_id = ${p.id})
    order by s.id`,
)

const moves = statement(
  'explained_moves',
  { label: 'text', amount: 'numeric', date: 'date' },
  (p: ById) => sql`
    select p.sku || ' ' || m.quantity || ' ' || p.unit || case when m.reverses_id is null then '' else ' (undone)' end as label,
      case when s.kind = 'stock-adjustment' then case when m.to_seq is null then -1 else 1 end
        else case when m.reverses_id is null then 1 else -1 end end * ${currentValue()} as amount, m.date
    from stock_moves m join shipments s on s.company_id = m.company_id and s.id = m.shipment_id
    join products p on p.company_id = m.company_id and p.id = m.product_id
    where m.company_id = ${p.companyId} and m.shipment_id = ${p.id} and ${notArrival} order by m.id`,
)

interface ExplainedRow {
  label: string
  amount: Decimal | null
  ordered: Decimal | null
  done: Decimal | null
  left: Decimal | null
  kind: string | null
  id: string | null
  number: string | null
  date: string | null
}
const blank = {
  amount: null,
  ordered: null,
  done: null,
  left: null,
  kind: null,
  id: null,
  number: null,
  date: null,
}

/** Explains a status or an amount of a document by the rows that make it and the rule that was applied. */
export async function explainDocument(tx: Transaction, ctx: Context, id: string, field: Field) {
  const p = { companyId: ctx.company.id, id }
  const [document, lines, money, goods] = await Promise.all([
    tx.maybe(findDocument, { ...p, today: ctx.today }),
    tx.all(orderLines, p),
    tx.all(settlements, p),
    ctx.partyId === null ? tx.all(moves, p) : [],
  ])
  if (!document || !ctx.permissions.has(`${document.kind}:read`)) throw notFound('document')
  const answer = (value: Decimal | null, status: string | null, rows: ExplainedRow[]) => ({
    field,
    value,
    status,
    rule: rules[field],
    rows,
  })
  if (field === 'fulfilment' && document.fulfilment !== null) {
    const goodsLines = lines.filter((l) => l.stocked)
    return answer(
      null,
      document.fulfilment,
      goodsLines.map((l) => ({
        ...blank,
        label: l.label,
        ordered: l.ordered,
        done: l.shipped,
        left: l.open,
      })),
    )
  }
  if (field === 'invoicing' && document.invoicing !== null) {
    return answer(
      null,
      document.invoicing,
      lines.map((l) => ({ ...blank, label: l.label, ordered: l.ordered, done: l.invoiced, left: l.due })),
    )
  }
  if (field === 'returned' && document.returned !== null) {
    return answer(
      null,
      document.returned,
      lines
        .filter((l) => l.stocked)
        .map((l) => ({
          ...blank,
          label: l.label,
          ordered: l.ordered,
          done: l.returned,
          left: l.moved.minus(l.returned),
        })),
    )
  }
  const isPayment = field === 'paymentStatus' && document.paymentStatus !== null
  if ((field === 'open' || isPayment) && document.gross !== null) {
    const total = {
      ...blank,
      label: 'Total',
      amount: document.gross,
      kind: document.kind,
      id,
      number: document.number,
      date: document.date,
    }
    const rows = [
      total,
      ...money.map((m) => ({
        ...blank,
        label: titles[m.kind as AnyKind].title,
        ...m,
        amount: m.amount.neg(),
      })),
    ]
    const status = isPayment ? document.paymentStatus : null
    return answer(sum(rows.map((r) => r.amount)), status, rows.map(withoutPayment))
  }
  if (field === 'paid' && document.gross !== null) {
    const rows = money.filter((m) => m.payment).map((m) => ({ ...blank, label: 'payment', ...m }))
    return answer(sum(rows.map((r) => r.amount)), null, rows.map(withoutPayment))
  }
  if (field === 'value' && goods.length > 0) {
    return answer(
      sum(goods.map((m) => m.amount)),
      null,
      goods.map((m) => ({ ...blank, ...m })),
    )
  }
  throw ruleBroken(
    'no-such-figure',
    'field',
    `A ${titles[document.kind as AnyKind].title} has no figure '${field}'.`,
  )
}

function withoutPayment(row: ExplainedRow & { payment?: boolean }): ExplainedRow {
  const { payment: _, ...rest } = row
  return rest
}
