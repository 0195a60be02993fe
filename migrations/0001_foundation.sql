-- Roles, companies, what every document shares: number series, events (audit and outbox), idempotency.
--
-- The application connects as zapas_app, which row-level security binds and which may not change ledgers.
-- A customer's login runs as zapas_portal, which sees one party's documents only (S39).

do $$
begin
  -- Roles belong to the whole server; two databases of one server share them.
  if not exists (select from pg_roles where rolname = 'zapas_app') then
    create role zapas_app nologin;
  end if;
  if not exists (select from pg_roles where rolname = 'zapas_portal') then
    create role zapas_portal nologin;
  end if;
exception when duplicate_object or unique_violation then null; -- another database of this server was faster
end $$;

do $$
begin
  execute format('grant zapas_app, zapas_portal to %I', current_user);
exception when others then
  if not pg_has_role(current_user, 'zapas_app', 'member') then raise; end if;
end $$;

create extension if not exists pg_trgm;

create function current_company() returns uuid language sql stable parallel safe
  return nullif(current_setting('zapas.company', true), '')::uuid;

create function current_party() returns uuid language sql stable parallel safe
  return nullif(current_setting('zapas.party', true), '')::uuid;

-- Every table of a company gets the same second line of defence. `ledger`: rows are only ever added.
create procedure secure(name regclass, ledger boolean default false) language plpgsql as $$
begin
  execute format('alter table %s enable row level security', name);
  execute format(
    'create policy company on %s to zapas_app using (company_id = current_company()) with check (company_id = current_company())', name);
  execute format('grant select, insert %s on %s to zapas_app', case when ledger then '' else ', update, delete' end, name);
end $$;

grant usage on schema public to zapas_app, zapas_portal;

create table companies (
  company_id uuid primary key,
  slug text not null unique check (slug ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  name text not null check (length(name) between 1 and 200),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  time_zone text not null,
  country text check (country ~ '^[A-Z]{2}$'),
  language text not null default 'en',
  tax_number text,
  address jsonb not null default '{}',
  demo boolean not null default false,
  -- how totals are computed on new documents (R3); a document keeps the mode it was made with
  tax_rounding text not null default 'document' check (tax_rounding in ('document', 'line')),
  prices_include_tax boolean not null default false,
  back_orders boolean not null default false,
  sales_tolerance_percent numeric not null default 0 check (sales_tolerance_percent between 0 and 1000),
  purchase_tolerance_percent numeric not null default 0 check (purchase_tolerance_percent between 0 and 1000),
  overpayment text not null default 'refuse' check (overpayment in ('refuse', 'credit')),
  reservation_minutes integer not null default 1440 check (reservation_minutes > 0),
  payment_term_days integer not null default 30 check (payment_term_days between 0 and 3650),
  match_price_tolerance_percent numeric not null default 0 check (match_price_tolerance_percent >= 0),
  match_quantity_tolerance_percent numeric not null default 0 check (match_quantity_tolerance_percent >= 0),
  version integer not null default 1,
  created_at timestamptz not null
);
alter table companies enable row level security;
create policy company on companies to zapas_app using (company_id = current_company()) with check (company_id = current_company());
grant select, insert, update on companies to zapas_app;

create table currencies (
  company_id uuid not null references companies,
  code text not null check (code ~ '^[A-Z]{3}$'),
  name text not null,
  minor_digits smallint not null check (minor_digits between 0 and 4),
  -- smallest coin for cash payments; null: cash is not rounded
  cash_rounding numeric check (cash_rounding > 0),
  active boolean not null default true,
  primary key (company_id, code)
);
call secure('currencies');

create table number_series (
  company_id uuid not null references companies,
  kind text not null,
  -- {YYYY}, {YY}, {MM} of the document date and one run of # for the counter
  pattern text not null check (pattern ~ '^[^#]*\{#{1,12}\}[^#]*$'),
  primary key (company_id, kind)
);
call secure('number_series');

create table number_counters (
  company_id uuid not null,
  kind text not null,
  -- the pattern with its dates filled in: a new year starts a new counter
  series text not null,
  next_number bigint not null check (next_number > 0),
  primary key (company_id, kind, series),
  foreign key (company_id, kind) references number_series
);
call secure('number_counters');

-- The next number of a series, for a document of this date. The counter row stays locked until the
-- transaction ends and is rolled back with it: no gap, no repeat (R15).
create function take_number(company uuid, document_kind text, document_date date) returns text language plpgsql as $$
declare
  filled text;
  taken bigint;
  digits integer;
begin
  select replace(replace(replace(pattern, '{YYYY}', to_char(document_date, 'YYYY')), '{YY}', to_char(document_date, 'YY')), '{MM}', to_char(document_date, 'MM'))
    into strict filled from number_series where company_id = company and kind = document_kind;
  insert into number_counters as c (company_id, kind, series, next_number) values (company, document_kind, filled, 2)
    on conflict (company_id, kind, series) do update set next_number = c.next_number + 1
    returning next_number - 1 into taken;
  digits := length(substring(filled from '\{(#+)\}'));
  return regexp_replace(filled, '\{#+\}', lpad(taken::text, greatest(digits, length(taken::text)), '0'));
end $$;

-- Who did what, when, before and after: the audit trail and the outbox are one append-only table, written
-- in the transaction of the change.
create table events (
  company_id uuid not null,
  id uuid not null,
  at timestamptz not null,
  actor_type text not null check (actor_type in ('user', 'key', 'system')),
  actor_id text not null,
  actor_name text not null,
  type text not null,
  object_kind text not null,
  object_id uuid not null,
  before jsonb,
  after jsonb,
  reason text,
  request_id text,
  primary key (company_id, id)
);
create index events_of_object on events (company_id, object_id, id);
call secure('events', ledger => true);

-- The first answer of a write, kept in the transaction of that write: a repeat is answered from here.
create table idempotency_keys (
  company_id uuid not null,
  key text not null check (length(key) between 1 and 200),
  -- a key belongs to whoever sent it; another person's equal key is another key
  actor_id text not null,
  request text not null,
  status integer,
  response text,
  etag text,
  created_at timestamptz not null,
  primary key (company_id, actor_id, key)
);
create index idempotency_keys_by_age on idempotency_keys (created_at);
call secure('idempotency_keys');

-- Of the whole installation, not of a company.
create table installation (
  name text primary key,
  value text not null
);
grant select, insert, update on installation to zapas_app;
