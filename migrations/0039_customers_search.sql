-- A customer's login finds its documents by the count in their numbers: numbers_ending() reads how far each series has come.
grant select (company_id, series, next_number) on number_counters to zapas_portal;
create policy portal on number_counters for select to zapas_portal using (company_id = current_company());
-- Whether a lot on its delivery is a serial number, the product says.
grant select (tracking) on products to zapas_portal;
