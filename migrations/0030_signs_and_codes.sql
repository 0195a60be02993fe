-- What a printed copy lacks; codes of products that tariffs, statistics and invoices know.

-- signs that no font has: the file has a replacement for them
alter table printed_documents add column replaced_signs text[] not null default '{}';

alter table products
  -- Combined Nomenclature of the European Union: 6 digits of the Harmonized System, 2 of the Union, 2 of TARIC
  add column cn_code text check (cn_code ~ '^[0-9]{4}([0-9]{2}){0,3}$'),
  -- Polish classification of goods and services, such as 26.20.11.0
  add column pkwiu_code text check (pkwiu_code ~ '^[0-9]{2}([.][0-9]{1,2}){0,2}([.][0-9])?$'),
  -- group of goods and services in the Polish VAT register
  add column gtu_code text check (gtu_code ~ '^GTU_(0[1-9]|1[0-3])$');

-- A customer's login and a link print a document with its codes, and see nothing else of a product.
grant select (company_id, id, barcode, cn_code, pkwiu_code, gtu_code) on products to zapas_portal;
create policy portal on products for select to zapas_portal using (company_id = current_company());
grant select (company_id, product_id, unit, barcode) on product_units to zapas_portal;
create policy portal on product_units for select to zapas_portal using (company_id = current_company());

-- A refund that was made at the provider names a credit note or goes against the payment itself.
alter table online_refunds alter column credit_id drop not null;
