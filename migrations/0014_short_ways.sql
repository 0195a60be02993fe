-- Shorter ways for what every action does.

-- Of what family both ends of a link are, as constants, so that a question about an order looks only where
-- orders stand.
create or replace view document_links with (security_invoker = true) as
  select company_id, reservation_id as from_id, id as to_id, 'ordered as' as relation,
    'reservation' as from_family, 'order' as to_family from orders where reservation_id is not null
  union all
  select company_id, order_id, id, case kind when 'delivery-note' then 'delivered by' else 'received by' end, 'order', 'shipment' from shipments
    where order_id is not null and source_shipment_id is null
  union all
  select company_id, source_shipment_id, id, 'returned by', 'shipment', 'shipment' from shipments where source_shipment_id is not null
  union all
  select company_id, order_id, id, case kind when 'invoice' then 'invoiced by' else 'billed by' end, 'order', 'invoice' from invoices
    where order_id is not null and corrects_id is null and source_shipment_id is null
  union all
  select company_id, source_shipment_id, id, case kind when 'invoice' then 'invoiced by' when 'bill' then 'billed by' else 'credited by' end, 'shipment', 'invoice' from invoices
    where source_shipment_id is not null
  union all
  select company_id, corrects_id, id, 'credited by', 'invoice', 'invoice' from invoices where corrects_id is not null
  union all
  -- one branch for each pair of ends, so that every search for an end walks that end's own index
  select company_id, claim_invoice_id, by_payment_id, 'paid by', 'invoice', 'payment' from settlements where claim_invoice_id is not null and by_payment_id is not null
  union all
  select company_id, claim_invoice_id, by_credit_id, 'settled by', 'invoice', 'invoice' from settlements where claim_invoice_id is not null and by_credit_id is not null
  union all
  select company_id, claim_payment_id, by_credit_id, 'refunds', 'payment', 'invoice' from settlements where claim_payment_id is not null and by_credit_id is not null
  union all
  select company_id, claim_payment_id, by_payment_id, 'refunds', 'payment', 'payment' from settlements where claim_payment_id is not null and by_payment_id is not null;

-- Of a product that thousands hold, only the holds that have ended and the demands that wait are looked at.
drop index stock_demands_expiring_of_level;
create index stock_demands_expiring_of_level on stock_demands (company_id, product_id, warehouse_id, expires_at) where expires_at is not null;
create index stock_demands_waiting_of_level on stock_demands (company_id, product_id, warehouse_id) where reserved < wanted;

-- Rows that are changed a few times soon after they are made: with room on their page for the next version,
-- the indexes need not be touched.
alter table orders set (fillfactor = 60);
alter table order_lines set (fillfactor = 60);
alter table shipments set (fillfactor = 70);
alter table shipment_lines set (fillfactor = 80);
alter table invoices set (fillfactor = 60);
alter table payments set (fillfactor = 60);
alter table stock_levels set (fillfactor = 70);
alter table stock_balances set (fillfactor = 70);
alter table number_counters set (fillfactor = 20);
