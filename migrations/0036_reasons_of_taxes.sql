-- A customer's login and a link print a document with the reason why a tax is none, and see nothing else of it.
grant select (company_id, id, exemption_reason) on taxes to zapas_portal;
create policy portal on taxes for select to zapas_portal using (company_id = current_company());
