import type { Rule } from './invariants.ts'

export const moneyRules: readonly Rule[] = [
  [
    'order lines count what posted invoices and credits say',
    `select l.id, l.kind, l.invoiced, i.invoiced, l.credited, i.credited, l.invoiced_amount, i.amount from order_lines l
     left join lateral (select
         coalesce(sum(x.base_quantity) filter (where i.kind in ('invoice', 'bill')), 0) as invoiced,
         coalesce(sum(x.base_quantity) filter (where i.kind in ('credit-note', 'vendor-credit')), 0) as credited,
         coalesce(sum(case when i.kind in ('invoice', 'bill') then x.amount else -x.amount end), 0) as amount
       from invoice_lines x join invoices i on i.company_id = x.company_id and i.id = x.invoice_id and i.state = 'posted'
       where x.company_id = l.company_id and x.order_line_id = l.id and x.type = 'item') i on true
     where l.company_id = $1 and (l.invoiced <> i.invoiced or l.credited <> i.credited or l.invoiced_amount <> i.amount)`,
  ],
  [
    'a line that is invoiced in full at its own price comes to its own amount',
    `select l.id, l.amount, l.invoiced_amount from order_lines l
     where l.company_id = $1 and l.invoiced - l.credited = l.base_quantity and l.invoiced_amount <> l.amount
       and not exists (select from invoice_lines x join invoices i on i.company_id = x.company_id and i.id = x.invoice_id and i.state = 'posted'
         where x.company_id = l.company_id and x.order_line_id = l.id
           and (x.unit_price <> l.unit_price or x.discount_percent <> l.discount_percent or x.type <> 'item'))`,
  ],
  [
    'invoice lines count what was credited and deducted',
    `select l.id, l.type, l.credited, c.credited, l.credited_amount, c.amount, l.credited_tax, c.tax, l.deducted_amount, d.deducted
     from invoice_lines l
     left join lateral (select coalesce(sum(x.base_quantity), 0) as credited, coalesce(sum(x.amount), 0) as amount, coalesce(sum(x.tax), 0) as tax
       from invoice_lines x join invoices i on i.company_id = x.company_id and i.id = x.invoice_id and i.state = 'posted'
       where x.company_id = l.company_id and x.corrects_line_id = l.id) c on true
     left join lateral (select coalesce(sum(case when i.kind in ('invoice', 'bill') then -x.amount else x.amount end), 0) as deducted
       from invoice_lines x join invoices i on i.company_id = x.company_id and i.id = x.invoice_id and i.state = 'posted'
       where x.company_id = l.company_id and x.source_line_id = l.id and x.type = 'deduction') d on true
     where l.company_id = $1 and (l.credited <> c.credited or l.credited_amount <> c.amount or l.credited_tax <> c.tax or l.deducted_amount <> d.deducted)`,
  ],
  [
    'shipment lines count what posted invoices billed of them, less what was credited',
    `select l.id, s.kind, l.invoiced, i.invoiced, c.credited from shipment_lines l
     join shipments s on s.company_id = l.company_id and s.id = l.shipment_id and s.kind in ('delivery-note', 'sales-return', 'purchase-return')
     left join lateral (select coalesce(sum(x.base_quantity), 0) as invoiced from invoice_lines x
       join invoices i on i.company_id = x.company_id and i.id = x.invoice_id and i.state = 'posted'
       where x.company_id = l.company_id and x.shipment_line_id = l.id) i on true
     left join lateral (select coalesce(sum(x.base_quantity), 0) as credited from invoice_lines x
       join invoices i on i.company_id = x.company_id and i.id = x.invoice_id and i.state = 'posted'
       join invoice_lines k on k.company_id = x.company_id and k.id = x.corrects_line_id and k.shipment_line_id = l.id
       where x.company_id = l.company_id and x.type = 'item') c on true
     where l.company_id = $1 and l.invoiced <> i.invoiced - c.credited`,
  ],
  [
    'receipts of an order line are billed as far as it is, and no further than they came',
    `select l.id, l.invoiced - l.credited as billed, r.received, r.invoiced from order_lines l
     join lateral (select sum(x.base_quantity + x.rejected_base_quantity) as received, sum(x.invoiced) as invoiced
       from shipment_lines x join shipments s on s.company_id = x.company_id and s.id = x.shipment_id
         and s.kind = 'receipt-note' and s.state = 'posted'
       where x.company_id = l.company_id and x.order_line_id = l.id) r on r.received is not null
     where l.company_id = $1 and r.invoiced <> least(l.invoiced - l.credited, r.received)`,
  ],
  [
    'no more of a receipt is billed than came, and what is not billed has no value by a bill',
    `select l.id, l.base_quantity, l.rejected_base_quantity, l.invoiced, l.invoiced_value from shipment_lines l
     join shipments s on s.company_id = l.company_id and s.id = l.shipment_id and s.kind = 'receipt-note'
     where l.company_id = $1 and (l.invoiced > l.base_quantity + l.rejected_base_quantity
       or l.invoiced_value < 0 or (l.invoiced = 0 and l.invoiced_value <> 0))`,
  ],
  [
    // Prices of orders in other currencies are rounded on both sides.
    'goods of an order that are received and billed in full are worth what their bills say',
    `select l.id, r.value, b.billed from order_lines l
     join orders o on o.company_id = l.company_id and o.id = l.order_id and o.kind = 'purchase-order'
     join lateral (select sum(m.value + coalesce((select sum(c.value_change) from stock_value_corrections c where c.company_id = m.company_id
           and c.move_id = m.id and c.direction = 'in' and c.cause <> 'negative-stock'), 0)) as value, sum(m.quantity) as quantity
       from shipment_lines x join shipments s on s.company_id = x.company_id and s.id = x.shipment_id and s.kind = 'receipt-note' and s.state = 'posted'
       join stock_moves m on m.company_id = x.company_id and m.shipment_line_id = x.id and m.reverses_id is null
         and not exists (select from stock_moves u where u.company_id = m.company_id and u.reverses_id = m.id)
       where x.company_id = l.company_id and x.order_line_id = l.id) r on true
     join lateral (select sum(x.net * o.exchange_rate) as billed, count(*) as bills from invoice_lines x
       join invoices i on i.company_id = x.company_id and i.id = x.invoice_id and i.state = 'posted' and i.kind = 'bill'
       where x.company_id = l.company_id and x.order_line_id = l.id and x.type = 'item') b on true
     where l.company_id = $1 and l.stocked and l.credited = 0 and l.invoiced > 0 and l.invoiced = l.shipped and r.quantity = l.shipped
       and abs(r.value - b.billed) > 0.01 * (b.bills + 1)`,
  ],
  [
    'an invoice is the sum of its lines, and its tax the sum of its taxes',
    `select i.id, i.kind, i.net, l.net, i.tax, l.tax, t.tax as of_taxes from invoices i
     left join lateral (select sum(net) as net, sum(tax) as tax from invoice_lines l where l.company_id = i.company_id and l.invoice_id = i.id) l on true
     left join lateral (select coalesce(sum((x ->> 'tax')::numeric), 0) as tax from jsonb_array_elements(i.taxes) x) t on true
     where i.company_id = $1 and (i.net <> l.net or i.tax <> l.tax or i.tax <> t.tax)`,
  ],
  [
    'an order is the sum of its lines',
    `select o.id, o.net, l.net, o.tax, l.tax from orders o
     left join lateral (select sum(net) as net, sum(tax) as tax from order_lines l where l.company_id = o.company_id and l.order_id = o.id) l on true
     where o.company_id = $1 and (o.net <> l.net or o.tax <> l.tax)`,
  ],
  [
    'the credits of an invoice come to no more than the invoice, and to exactly it when all is credited',
    `select i.id, i.net, c.net as credited_net, i.tax, c.tax as credited_tax, i.gross, c.gross as credited from invoices i
     join lateral (select sum(c.net) as net, sum(c.tax) as tax, sum(c.gross) as gross from invoices c
       where c.company_id = i.company_id and c.corrects_id = i.id and c.state = 'posted') c on c.gross is not null
     where i.company_id = $1 and (c.net > i.net or c.tax > i.tax or c.gross > i.gross
       or (c.gross <> i.gross and not exists (select from invoice_lines l
         where l.company_id = i.company_id and l.invoice_id = i.id and l.credited_amount <> l.amount)))`,
  ],
  [
    // What other credits settled of it was paid too: by money that stands on another invoice.
    'no more is refunded of an invoice than was paid on it',
    `select i.id, i.settled, c.own, c.refunded from invoices i
     join lateral (select sum(c.refunded) as refunded, coalesce(sum((select sum(s.claim_amount) from settlements s
         where s.company_id = c.company_id and s.by_credit_id = c.id and s.claim_invoice_id = i.id)), 0) as own
       from invoices c where c.company_id = i.company_id and c.corrects_id = i.id and c.state = 'posted') c on c.refunded is not null
     where i.company_id = $1 and c.refunded > i.settled - c.own`,
  ],
  [
    'a credit has nothing left while its invoice is open',
    `select i.id, i.number, i.gross, i.settled, c.number as credit, c.gross as credited, c.settled as used from invoices i
     join invoices c on c.company_id = i.company_id and c.corrects_id = i.id and c.state = 'posted' and c.settled < c.gross
     where i.company_id = $1 and i.settled < i.gross`,
  ],
  [
    'settled, credited and refunded are the sums of the settlements',
    `select i.id, i.kind, i.state, i.gross, i.settled, s.settled, i.credited, s.credited, i.refunded, s.refunded from invoices i
     left join lateral (select
         coalesce(sum(case when s.claim_invoice_id = i.id then s.claim_amount else s.by_amount end), 0) as settled,
         coalesce(sum(s.claim_amount) filter (where s.claim_invoice_id = i.id and s.by_credit_id is not null), 0) as credited,
         coalesce(sum(s.by_amount) filter (where s.by_credit_id = i.id and s.claim_payment_id is not null), 0) as refunded
       from settlements s where s.company_id = i.company_id and (s.claim_invoice_id = i.id or s.by_credit_id = i.id)) s on true
     where i.company_id = $1 and (i.settled <> s.settled or i.credited <> s.credited or i.refunded <> s.refunded
       or i.settled > greatest(i.gross, 0) or i.settled < 0 or (i.state <> 'posted' and i.settled <> 0))`,
  ],
  [
    'what a payment has settled is the sum of its settlements, within its amount; a cancelled one has settled nothing',
    `select y.id, y.state, y.amount, y.settled, s.settled from payments y
     left join lateral (select coalesce(sum(case when s.claim_payment_id = y.id then s.claim_amount else s.by_amount end), 0) as settled
       from settlements s where s.company_id = y.company_id and (s.claim_payment_id = y.id or s.by_payment_id = y.id)) s on true
     where y.company_id = $1 and (y.settled <> s.settled or y.settled < 0 or y.settled > y.amount - y.rounding
       or (y.state <> 'posted' and y.settled <> 0))`,
  ],
  [
    'a refund is settled in full',
    `select y.id, y.amount, y.settled from payments y
     where y.company_id = $1 and y.state = 'posted' and (y.side = 'customer') = (y.direction = 'out') and y.settled <> y.amount - y.rounding`,
  ],
  [
    'both ends of a settlement are posted and of one party',
    `select s.id, claim.state, by.state, claim.party_id, by.party_id from settlements s
     join documents claim on claim.company_id = s.company_id and claim.id = coalesce(s.claim_invoice_id, s.claim_payment_id)
     join documents by on by.company_id = s.company_id and by.id = coalesce(s.by_credit_id, s.by_payment_id)
     where s.company_id = $1 and (claim.party_id <> by.party_id or (s.reverses_id is null
       and not exists (select from settlements u where u.company_id = s.company_id and u.reverses_id = s.id)
       and (claim.state <> 'posted' or by.state <> 'posted')))`,
  ],
  [
    'a settlement that is undone is undone exactly',
    `select u.id from settlements u join settlements s on s.company_id = u.company_id and s.id = u.reverses_id
     where u.company_id = $1 and (u.claim_amount <> -s.claim_amount or u.by_amount <> -s.by_amount or u.exchange_difference <> -s.exchange_difference)`,
  ],
  [
    'numbers of posted documents have no gap and no repeat',
    `select kind, series, count, first, last from (
       select d.kind, substring(d.number from '^(.*-)[0-9]+$') as series, count(distinct d.number) as count, count(*) as documents,
         min(substring(d.number from '([0-9]+)$')::int) as first, max(substring(d.number from '([0-9]+)$')::int) as last
       from documents d where d.company_id = $1 and d.number is not null group by 1, 2) x
     where first <> 1 or last <> count or documents <> count`,
  ],
  [
    'money has no more decimals than its currency',
    `select i.id, i.currency, i.gross from invoices i where i.company_id = $1
       and (i.gross <> round(i.gross, i.minor_digits) or i.tax <> round(i.tax, i.minor_digits) or i.settled <> round(i.settled, i.minor_digits))
     union all
     select y.id, y.currency, y.amount from payments y join currencies c on c.company_id = y.company_id and c.code = y.currency
     where y.company_id = $1 and (y.amount <> round(y.amount, c.minor_digits) or y.settled <> round(y.settled, c.minor_digits))`,
  ],
]
