-- Of a receipt line: what bills say that its `invoiced` goods cost, company currency. The rest of the line is
-- worth what it was received at until its own bill comes.
alter table shipment_lines add column invoiced_value numeric not null default 0;
