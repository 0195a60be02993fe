-- Who is told of what happens: addresses of other programs, by the Standard Webhooks convention.
create table webhooks (
  company_id uuid not null references companies,
  id uuid not null,
  name text not null check (length(name) between 1 and 100),
  url text not null check (length(url) between 1 and 2000),
  -- types of events, such as 'invoice.posted', 'invoice.*' or '*'
  events text[] not null check (cardinality(events) between 1 and 100),
  -- kept as it is: what is sent is signed with it
  secret text not null,
  former_secret text,
  former_secret_until timestamptz,
  internal_allowed boolean not null default false,
  active boolean not null default true,
  -- why nothing is sent any more, where Zapas itself stopped
  paused_reason text,
  version integer not null default 1,
  created_at timestamptz not null,
  primary key (company_id, id),
  check ((former_secret is null) = (former_secret_until is null))
);
call secure('webhooks');

-- Events that nobody has looked at yet. A row of the queue is seen when its event is: events of one document
-- are committed one after the other, so that an event in the queue has all earlier ones of its document
-- beside it or behind it.
create table event_queue (
  company_id uuid not null,
  event_id uuid not null,
  primary key (company_id, event_id),
  foreign key (company_id, event_id) references events
);
call secure('event_queue');

create function queue_events() returns trigger language plpgsql as $$
begin
  insert into event_queue (company_id, event_id)
  select n.company_id, n.id from new_events n
  where exists (select from webhooks w where w.company_id = n.company_id and w.active);
  return null;
end $$;
create trigger queue_events after insert on events referencing new table as new_events
  for each statement execute function queue_events();

create table webhook_deliveries (
  company_id uuid not null,
  id uuid not null,
  webhook_id uuid not null,
  event_id uuid not null,
  object_id uuid not null,
  state text not null default 'waiting' check (state in ('waiting', 'delivered', 'failed')),
  attempts integer not null default 0,
  -- when it is sent next; while it is being sent, when another process may send it should this one die
  next_at timestamptz,
  replay boolean not null default false,
  last_at timestamptz,
  last_status integer,
  last_error text,
  last_answer text,
  created_at timestamptz not null,
  primary key (company_id, id),
  foreign key (company_id, webhook_id) references webhooks on delete cascade,
  foreign key (company_id, event_id) references events,
  check ((state = 'waiting') = (next_at is not null))
);
call secure('webhook_deliveries');
create unique index webhook_deliveries_once on webhook_deliveries (company_id, webhook_id, event_id) where not replay;
create index webhook_deliveries_due on webhook_deliveries (company_id, next_at) where state = 'waiting';
create index webhook_deliveries_in_order on webhook_deliveries (company_id, webhook_id, object_id, event_id) where state = 'waiting';
create index webhook_deliveries_of_webhook on webhook_deliveries (company_id, webhook_id, id);
create index webhook_deliveries_of_event on webhook_deliveries (company_id, event_id);

-- The companies that have something to send. The sender looks at all of them at once, and at nothing else.
create function companies_with_webhook_work(moment timestamptz) returns setof uuid
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select company_id from event_queue
  union
  select d.company_id from webhook_deliveries d
    join webhooks w on w.company_id = d.company_id and w.id = d.webhook_id and w.active
  where d.state = 'waiting' and d.next_at <= moment
$$;
revoke all on function companies_with_webhook_work from public;
grant execute on function companies_with_webhook_work to zapas_app;
