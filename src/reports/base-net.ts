import { type Sql, sql } from '../kernel/sql.ts'

/**
 * The net of each invoice line in company currency. Rounded as a running sum, so that the lines of a document
 * add up to what the whole document is worth, to the cent, however they are grouped afterwards.
 * @param kinds SQL list of kinds; the second of them is subtracted.
 */
export function baseNetOfLines(p: {
  readonly companyId: string
  readonly from: string
  readonly to: string
  readonly digits: number
  readonly kind: 'invoice' | 'bill'
}): Sql {
  const credit = p.kind === 'invoice' ? 'credit-note' : 'vendor-credit'
  return sql`
    select i.party_id, i.date, l.product_id, s.sign * l.base_quantity * case when l.type = 'item' then 1 else 0 end as quantity,
      s.sign * (round(sum(l.net) over upto * i.exchange_rate, ${p.digits}::int) - round((sum(l.net) over upto - l.net) * i.exchange_rate, ${p.digits}::int)) as net
    from invoices i
    join invoice_lines l on l.company_id = i.company_id and l.invoice_id = i.id
    cross join lateral (select case when i.kind = ${p.kind}::text then 1 else -1 end as sign) s
    where i.company_id = ${p.companyId}::uuid and i.kind in (${p.kind}::text, ${credit}::text) and i.state = 'posted'
      and i.date between ${p.from}::date and ${p.to}::date
    window upto as (partition by i.id order by l.position, l.id)`
}
