-- Who wants to see the documents that he or she made finds them by the person's id; `created_by` is a name, as it was.
-- Null: made by an API key or by the system, which have no lists; the indexes cost such rows nothing.
do $$
declare
  name regclass;
begin
  foreach name in array array['orders', 'shipments', 'invoices', 'payments', 'stock_reservations']::regclass[] loop
    execute format('alter table %s add column created_by_user text', name);
    execute format(
      'update %s d set created_by_user = e.actor_id from events e
        where e.company_id = d.company_id and e.object_id = d.id and e.type like ''%%.created'' and e.actor_type = ''user''', name);
  end loop;
end $$;
create index orders_mine on orders (company_id, created_by_user, kind, id) where created_by_user is not null;
create index shipments_mine on shipments (company_id, created_by_user, kind, id) where created_by_user is not null;
create index invoices_mine on invoices (company_id, created_by_user, kind, id) where created_by_user is not null;
create index payments_mine on payments (company_id, created_by_user, id) where created_by_user is not null;
create index stock_reservations_mine on stock_reservations (company_id, created_by_user, id) where created_by_user is not null;
