-- All documents in one view, and what was made from what: for links, the chain, search and the audit.

create view documents with (security_invoker = true) as
  select company_id, id, kind, number, state, date, party_id, gross as amount, currency, created_at from orders
  union all
  select company_id, id, kind, number, state, date, party_id, null, null, created_at from shipments
  union all
  select company_id, id, kind, number, state, date, party_id, gross, currency, created_at from invoices
  union all
  select company_id, id, 'payment', number, state, date, party_id, amount, currency, created_at from payments
  union all
  select company_id, id, 'stock-reservation', number, state, created_at::date, party_id, null, null, created_at from stock_reservations;

create view document_links with (security_invoker = true) as
  select company_id, reservation_id as from_id, id as to_id, 'ordered as' as relation from orders where reservation_id is not null
  union all
  select company_id, order_id, id, case kind when 'delivery-note' then 'delivered by' else 'received by' end from shipments
    where order_id is not null and source_shipment_id is null
  union all
  select company_id, source_shipment_id, id, 'returned by' from shipments where source_shipment_id is not null
  union all
  select company_id, order_id, id, case kind when 'invoice' then 'invoiced by' else 'billed by' end from invoices
    where order_id is not null and corrects_id is null and source_shipment_id is null
  union all
  select company_id, source_shipment_id, id, case kind when 'invoice' then 'invoiced by' when 'bill' then 'billed by' else 'credited by' end from invoices
    where source_shipment_id is not null
  union all
  select company_id, corrects_id, id, 'credited by' from invoices where corrects_id is not null
  union all
  -- one branch for each pair of ends, so that every search for an end walks that end's own index
  select company_id, claim_invoice_id, by_payment_id, 'paid by' from settlements where claim_invoice_id is not null and by_payment_id is not null
  union all
  select company_id, claim_invoice_id, by_credit_id, 'settled by' from settlements where claim_invoice_id is not null and by_credit_id is not null
  union all
  select company_id, claim_payment_id, by_credit_id, 'refunds' from settlements where claim_payment_id is not null and by_credit_id is not null
  union all
  select company_id, claim_payment_id, by_payment_id, 'refunds' from settlements where claim_payment_id is not null and by_payment_id is not null;

grant select on documents, document_links to zapas_app, zapas_portal;

-- What the same statements touch beside the documents when a customer's login reads them.
grant select on warehouses, stock_demands, stock_moves, stock_reservations, document_links to zapas_portal;
create policy portal on warehouses to zapas_portal using (company_id = current_company());
create policy portal on stock_demands to zapas_portal using (false);
create policy portal on stock_moves to zapas_portal using (false);
create policy portal on stock_reservations to zapas_portal using (false);
