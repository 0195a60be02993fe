-- From which day a settlement counts (src/invoices/settlements.ts): until now it was the day of the money alone, also
-- where the invoice is dated later, and one of a payment that is dated in the future, though what it pays is paid.
update settlements s set date = d.date
from (
  select s.company_id, s.id, greatest(i.date,
      least((s.posted_at at time zone c.time_zone)::date, greatest(s.date, r.date, y.date, b.date))) as date
  from settlements s
  join companies c on c.company_id = s.company_id
  left join invoices i on i.company_id = s.company_id and i.id = s.claim_invoice_id
  left join invoices r on r.company_id = s.company_id and r.id = s.by_credit_id
  left join payments y on y.company_id = s.company_id and y.id = s.claim_payment_id
  left join payments b on b.company_id = s.company_id and b.id = s.by_payment_id
) d
where s.company_id = d.company_id and s.id = d.id and s.date <> d.date;
