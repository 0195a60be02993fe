-- Documents that are made again and again: on which dates, from what, and how far that has come.
create table recurring_schedules (
  company_id uuid not null references companies,
  id uuid not null,
  name text not null check (length(name) between 1 and 100),
  kind text not null check (kind in ('invoice', 'sales-order', 'purchase-order')),
  -- the document it was made from; it may be deleted, the template stays
  source_id uuid not null,
  party_id uuid not null,
  template jsonb not null,
  every integer not null check (every between 1 and 366),
  unit text not null check (unit in ('day', 'week', 'month', 'year')),
  -- of months and years; where a month has no such day, its last one
  day integer check (day between 1 and 31),
  first_date date not null,
  last_date date,
  times integer check (times between 1 and 10000),
  make text not null check (make in ('draft', 'post', 'mail')),
  prices text not null check (prices in ('original', 'current')),
  missed text not null check (missed in ('each', 'last')),
  state text not null default 'active' check (state in ('active', 'paused', 'ended')),
  -- counted from the first date, which is 0: the date that comes next
  position integer not null default 0,
  next_date date,
  role text not null,
  created_by text not null,
  -- null: made by an API key
  created_by_user text,
  version integer not null default 1,
  created_at timestamptz not null,
  primary key (company_id, id),
  check ((unit in ('month', 'year')) = (day is not null)),
  check ((state = 'ended') = (next_date is null))
);
call secure('recurring_schedules');
create index recurring_schedules_due on recurring_schedules (company_id, next_date) where state = 'active';

-- One document for each schedule and date, whoever makes it and however often it is tried.
create table recurring_runs (
  company_id uuid not null,
  schedule_id uuid not null,
  date date not null,
  id uuid not null,
  state text not null check (state in ('waiting', 'made', 'failed', 'skipped')),
  reason text check (length(reason) <= 1000),
  document_id uuid,
  attempts integer not null default 0,
  next_at timestamptz,
  created_at timestamptz not null,
  ended_at timestamptz,
  primary key (company_id, schedule_id, date),
  foreign key (company_id, schedule_id) references recurring_schedules on delete cascade,
  check ((state = 'waiting') = (next_at is not null)),
  check ((state = 'waiting') = (ended_at is null)),
  check ((state = 'made') = (document_id is not null))
);
call secure('recurring_runs');
create unique index recurring_runs_by_id on recurring_runs (company_id, id);
create index recurring_runs_due on recurring_runs (company_id, next_at) where state = 'waiting';
create index recurring_runs_of_document on recurring_runs (company_id, document_id) where document_id is not null;

-- The companies in whose time zone a date has come, or where something is tried again.
create function companies_with_recurring_work(moment timestamptz) returns setof uuid
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select s.company_id from recurring_schedules s join companies c on c.company_id = s.company_id
  where s.state = 'active' and s.next_date <= (moment at time zone c.time_zone)::date
  union
  select company_id from recurring_runs where state = 'waiting' and next_at <= moment
$$;
revoke all on function companies_with_recurring_work from public;
grant execute on function companies_with_recurring_work to zapas_app;
