-- A demo company can be deleted with everything in it, ledgers as well, which nobody may do to a real one.

-- Whether a company is a demo is decided when it is made: otherwise a real one could be declared a demo
-- and deleted.
create function keep_demo() returns trigger language plpgsql as $$
begin
  raise exception 'whether a company is a demo is decided when it is made' using errcode = 'restrict_violation';
end $$;
create trigger companies_keep_demo before update of demo on companies
  for each row when (old.demo is distinct from new.demo) execute function keep_demo();

-- Deletes the company of this transaction. Runs as the owner of the tables, for the application may not
-- delete from ledgers. All tables in one statement: what refers to what is checked when all of it is gone,
-- so that no order has to be kept here and a table that comes later needs no change.
-- Answers how many rows were deleted.
create function delete_demo_company(company uuid) returns bigint language plpgsql
security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  parts text;
  counts text;
  deleted bigint;
begin
  perform from companies where company_id = company and company_id = current_company() and demo for update;
  if not found then
    raise exception 'only a demo company can be deleted' using errcode = 'restrict_violation';
  end if;
  select string_agg(format('d%s as (delete from %s where company_id = $1 returning 1)', c.oid, c.oid::regclass), ', '),
    string_agg(format('(select count(*) from d%s)', c.oid), ' + ')
  into strict parts, counts
  from pg_class c join pg_attribute a on a.attrelid = c.oid
  where c.relkind in ('r', 'p') and not c.relispartition and c.relnamespace = 'public'::regnamespace
    and a.attname = 'company_id' and a.atttypid = 'uuid'::regtype and not a.attisdropped;
  execute format('with %s select %s', parts, counts) into deleted using company;
  return deleted;
end $$;
revoke execute on function delete_demo_company from public;
grant execute on function delete_demo_company to zapas_app;
