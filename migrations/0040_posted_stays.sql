-- What an invoice or a payment says once it is posted, the application cannot change: it is corrected by another document.
-- The owner of the tables can; by it a demo company is deleted.

create function refuse_change_of_posted() returns trigger language plpgsql as $$
begin
  raise exception 'a row of % is posted: it is not changed or deleted', tg_table_name using errcode = 'insufficient_privilege';
end $$;

-- The state stands at the invoice. Looked up as the owner, whichever company the transaction names by then.
create function refuse_change_of_posted_line() returns trigger language plpgsql
security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform from invoices
    where (company_id, id) in ((old.company_id, old.invoice_id), (new.company_id, new.invoice_id)) and state <> 'draft';
  if found then
    raise exception 'a row of % is posted: it is not changed or deleted', tg_table_name using errcode = 'insufficient_privilege';
  end if;
  return coalesce(new, old);
end $$;

-- Refuses updates that name any column but these, which go on counting; such an update costs nothing. To be called again
-- by whoever adds a column.
create procedure keep_posted(name regclass, counters text[], refusal text, posted text) language plpgsql as $$
declare
  columns text;
begin
  select string_agg(quote_ident(attname), ', ') into strict columns from pg_attribute
    where attrelid = name and attnum > 0 and not attisdropped and attname <> all(counters);
  execute format('create or replace trigger keep_posted before update of %s on %s for each row when (%s) execute function %s()',
    columns, name, posted, refusal);
  execute format('create or replace trigger keep_posted_row before delete on %s for each row when (%s) execute function %s()',
    name, posted, refusal);
end $$;

call keep_posted('invoices', '{settled, credited, refunded, version}', 'refuse_change_of_posted',
  $$old.state <> 'draft' and current_user = 'zapas_app'$$);
-- A payment that was posted can be cancelled.
call keep_posted('payments', '{settled, version, state}', 'refuse_change_of_posted',
  $$old.state <> 'draft' and current_user = 'zapas_app'$$);
create trigger keep_posted_state before update of state on payments for each row
  when (old.state <> 'draft' and not (old.state = 'posted' and new.state = 'cancelled') and current_user = 'zapas_app')
  execute function refuse_change_of_posted();
call keep_posted('invoice_lines', '{credited, credited_amount, credited_tax, deducted_amount}', 'refuse_change_of_posted_line',
  $$current_user = 'zapas_app'$$);

-- All lines of one statement are looked at in one go: they are written with every invoice.
create function refuse_line_of_posted() returns trigger language plpgsql
security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform from invoices where (company_id, id) in (select company_id, invoice_id from added) and state <> 'draft';
  if found then
    raise exception 'an invoice is posted: no line is added to it' using errcode = 'insufficient_privilege';
  end if;
  return null;
end $$;
create trigger keep_posted_lines after insert on invoice_lines referencing new table as added for each statement
  when (current_user = 'zapas_app') execute function refuse_line_of_posted();
