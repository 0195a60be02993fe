import { sql } from '../kernel/sql.ts'
import { describeInvoice, invoiceKinds } from '../kinds.ts'
import { type Check, check, orZero } from './check.ts'

/** Totals of invoices from their lines; what is settled, from the money ledger; numbers without gaps. */

const nameOfInvoice = sql`coalesce(i.number, i.kind || ' ' || i.id)`

const invoices = check('invoices', {
  before: ({ companyId }) => sql`
    with line as (
      select invoice_id, sum(net) as net, sum(tax) as tax from invoice_lines where company_id = ${companyId} group by invoice_id
    ), side as (
      select claim_invoice_id as id, claim_amount as settled, case when by_credit_id is null then 0 else claim_amount end as credited, 0 as refunded
      from settlements where company_id = ${companyId} and claim_invoice_id is not null
      union all
      select by_credit_id, by_amount, 0, case when claim_payment_id is null then 0 else by_amount end
      from settlements where company_id = ${companyId} and by_credit_id is not null
    ), ledger as (
      select id, sum(settled) as settled, sum(credited) as credited, sum(refunded) as refunded from side group by id
    )`,
  from: ({ companyId }) => sql`
    from invoices i
    join companies k on k.company_id = i.company_id and i.company_id = ${companyId}
    join currencies c on c.company_id = k.company_id and c.code = k.currency
    left join line l on l.invoice_id = i.id
    left join ledger g on g.id = i.id`,
  key: nameOfInvoice,
  figures: [
    { what: 'invoice net', stored: sql`i.net`, computed: orZero('l.net') },
    { what: 'invoice tax', stored: sql`i.tax`, computed: orZero('l.tax') },
    { what: 'invoice gross', stored: sql`i.gross`, computed: sql`coalesce(l.net, 0) + coalesce(l.tax, 0)` },
    {
      what: 'invoice gross in company currency',
      stored: sql`i.base_gross`,
      computed: sql`round(i.gross * i.exchange_rate, c.minor_digits)`,
    },
    { what: 'invoice settled', stored: sql`i.settled`, computed: orZero('g.settled') },
    { what: 'invoice credited', stored: sql`i.credited`, computed: orZero('g.credited') },
    { what: 'invoice refunded', stored: sql`i.refunded`, computed: orZero('g.refunded') },
  ],
})

const invoiceTaxes = check('invoice_taxes', {
  from: ({ companyId }) => sql`
    from (select * from invoices where company_id = ${companyId}) i cross join lateral (
      select coalesce(sum((t ->> 'tax')::numeric), 0) as tax from jsonb_array_elements(i.taxes) t
    ) x`,
  key: nameOfInvoice,
  figures: [{ what: 'invoice taxes', stored: sql`x.tax`, computed: sql`i.tax` }],
})

const invoiceLines = check('invoice_lines', {
  before: ({ companyId }) => sql`
    with correction as (
      select l.corrects_line_id, sum(l.base_quantity) as quantity, sum(l.amount) as amount, sum(l.tax) as tax
      from invoice_lines l join invoices i on i.company_id = l.company_id and i.id = l.invoice_id
      where l.company_id = ${companyId} and i.state = 'posted' and l.corrects_line_id is not null
      group by l.corrects_line_id
    ), deduction as (
      select l.source_line_id, sum(case when i.kind in ('invoice', 'bill') then -l.amount else l.amount end) as amount
      from invoice_lines l join invoices i on i.company_id = l.company_id and i.id = l.invoice_id
      where l.company_id = ${companyId} and i.state = 'posted' and l.type = 'deduction' and l.source_line_id is not null
      group by l.source_line_id
    )`,
  from: ({ companyId }) => sql`
    from invoice_lines l join invoices i on i.company_id = l.company_id and i.id = l.invoice_id and l.company_id = ${companyId}
    left join correction c on c.corrects_line_id = l.id
    left join deduction d on d.source_line_id = l.id`,
  key: sql`${nameOfInvoice} || ' line ' || l.position`,
  figures: [
    { what: 'invoice line credited', stored: sql`l.credited`, computed: orZero('c.quantity') },
    { what: 'invoice line credited amount', stored: sql`l.credited_amount`, computed: orZero('c.amount') },
    { what: 'invoice line credited tax', stored: sql`l.credited_tax`, computed: orZero('c.tax') },
    { what: 'invoice line deducted', stored: sql`l.deducted_amount`, computed: orZero('d.amount') },
    {
      what: 'invoice line amount',
      stored: sql`l.amount`,
      computed: sql`case when i.prices_include_tax then l.net + l.tax else l.net end`,
    },
  ],
})

const credits = check('credits', {
  before: ({ companyId }) => sql`
    with credit as (
      select corrects_id, sum(net) as net, sum(tax) as tax, sum(gross) as gross from invoices
      where company_id = ${companyId} and state = 'posted' and corrects_id is not null group by corrects_id
    )`,
  from: ({ companyId }) =>
    sql`from credit c join invoices i on i.company_id = ${companyId} and i.id = c.corrects_id`,
  key: nameOfInvoice,
  figures: [
    {
      what: 'net that credits take',
      stored: sql`c.net`,
      computed: sql`least(c.net, greatest(i.net, 0))`,
    },
    {
      what: 'tax that credits take',
      stored: sql`c.tax`,
      computed: sql`least(c.tax, greatest(i.tax, 0))`,
    },
    {
      what: 'gross that credits take',
      stored: sql`c.gross`,
      computed: sql`least(c.gross, greatest(i.gross, 0))`,
    },
  ],
})

const payments = check('payments', {
  before: ({ companyId }) => sql`
    with ledger as (
      select id, sum(amount) as amount from (
        select claim_payment_id as id, claim_amount as amount from settlements
        where company_id = ${companyId} and claim_payment_id is not null
        union all
        select by_payment_id, by_amount from settlements where company_id = ${companyId} and by_payment_id is not null
      ) side group by id
    )`,
  from: ({ companyId }) =>
    sql`from (select * from payments where company_id = ${companyId}) y left join ledger g on g.id = y.id`,
  key: sql`coalesce(y.number, 'payment ' || y.id)`,
  figures: [{ what: 'payment settled', stored: sql`y.settled`, computed: orZero('g.amount') }],
})

const gapless = invoiceKinds.filter((kind) => describeInvoice(kind).gapless)

// R15. A number that the owner skipped by setting the next one stands in the history and is no gap.
const numbers = check('numbers', {
  before: ({ companyId }) => sql`
    with series as (
      select kind, series, next_number, split_part(series, '{', 1) as head, split_part(series, '}', 2) as tail
      from number_counters
      where company_id = ${companyId} and kind = any(${gapless}::text[])
    ), used as (
      select s.kind, s.series, substring(i.number from length(s.head) + 1 for length(i.number) - length(s.head) - length(s.tail)) as counter
      from series s join invoices i on i.company_id = ${companyId} and i.kind = s.kind
        and starts_with(i.number, s.head) and right(i.number, length(s.tail)) = s.tail
    ), taken as (
      select kind, series, counter::bigint as counter from used where counter ~ '^[0-9]{1,15}$'
    ), bounds as (
      select s.kind, s.series, s.next_number, min(t.counter) as first, max(t.counter) as last
      from series s left join taken t on t.kind = s.kind and t.series = s.series
      group by s.kind, s.series, s.next_number
    ), skipped as (
      select e.after ->> 'kind' as kind, (e.before ->> 'nextNumber')::bigint as first, (e.after ->> 'nextNumber')::bigint as last
      from events e where e.company_id = ${companyId} and e.object_id = ${companyId} and e.type = 'number-series.changed'
    ), missing as (
      select b.kind, b.series, n from bounds b cross join lateral generate_series(b.first, b.next_number - 1) n
      where not exists (select from taken t where t.kind = b.kind and t.series = b.series and t.counter = n)
        and not exists (select from skipped k where k.kind = b.kind and n >= k.first and n < k.last)
    )`,
  from: () => sql`
    from (
      select kind, series, n as number, null::bigint as stored, n as computed from missing
      union all
      select kind, series, last, next_number, last + 1 from bounds where last >= next_number
    ) x`,
  key: sql`x.kind || ' ' || x.series || ' number ' || x.number`,
  figures: [{ what: 'number series', stored: sql`x.stored`, computed: sql`x.computed` }],
})

export const moneyChecks: readonly Check[] = [
  invoices,
  invoiceTaxes,
  invoiceLines,
  credits,
  payments,
  numbers,
]
