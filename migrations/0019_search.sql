-- What a million documents made slow: search by number and reference, and the open ones among the paid.

-- The documents of a table whose number begins so or is one of these, whose reference holds the pattern, or that are
-- of one of these parties; `most` of each at the most. Behind the policy for the same reason as search_ids: LIKE may look only at rows
-- that row-level security has passed already, so that no index could serve it.
create function document_ids(name regclass, company uuid, kinds text[], beginning text, numbers text[], reference text, parties uuid[], most integer)
returns uuid[] language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  of_company text := 'company_id = $1';
  found uuid[];
begin
  if company is distinct from current_company() then return '{}'; end if;
  -- The kind stands in the index before the number.
  if kinds is not null then of_company := of_company || ' and kind = any($3)'; end if;
  execute format(
    'select coalesce(array_agg(id), ''{}'') from (
       (select id from %1$s where %2$s and number like %3$L limit $2)
       union (select id from %1$s where %2$s and number = any($4) limit $2)
       union (select id from %1$s where company_id = $1 and reference is not null and lower(reference) like %4$L limit $2)
       union (select id from %1$s where company_id = $1 and party_id = any($5) limit $2)) m',
    name, of_company, beginning, reference) into found using company, most, kinds, numbers, parties;
  return found;
end $$;
revoke execute on function document_ids from public;
grant execute on function document_ids to zapas_app;

-- Few documents have a reference of the other side; those that have none cost nothing here.
create index orders_reference on orders using gin (lower(reference) gin_trgm_ops) where reference is not null;
create index shipments_reference on shipments using gin (lower(reference) gin_trgm_ops) where reference is not null;
create index invoices_reference on invoices using gin (lower(reference) gin_trgm_ops) where reference is not null;
create index payments_reference on payments using gin (lower(reference) gin_trgm_ops) where reference is not null;
create index stock_reservations_reference on stock_reservations using gin (lower(reference) gin_trgm_ops) where reference is not null;

-- Every number that the company's series can have given and that ends in these digits: '42' is SO-2026-0042,
-- INV-2026-0042 and so on. Numbers are counted, so nobody needs an index of their ends.
create function numbers_ending(company uuid, digits text) returns setof text language sql stable as $$
  select regexp_replace(c.series, '\{#+\}', lpad(n.n::text, greatest(length(substring(c.series from '\{(#+)\}')), length(n.n::text)), '0'))
  from number_counters c cross join (select digits::bigint as n) n
  where c.company_id = company and n.n > 0 and n.n < c.next_number
$$;

-- The open ones as lists show them, the newest first.
create index invoices_open_list on invoices (company_id, kind, id) where state = 'posted' and settled < gross;
