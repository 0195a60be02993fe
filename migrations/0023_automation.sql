-- PostgreSQL has this from version 18 on.
do $$
begin
  if to_regprocedure('uuidv7()') is null then
    create function uuidv7() returns uuid language sql volatile as
      'select (lpad(to_hex((extract(epoch from clock_timestamp()) * 1000)::bigint), 12, ''0'') || ''7''
        || substr(replace(gen_random_uuid()::text, ''-'', ''''), 14))::uuid';
  end if;
end $$;

-- Rules: when something happens (or at a look every hour or day), if a condition holds, something is done.
create table rules (
  company_id uuid not null references companies,
  id uuid not null,
  name text not null check (length(name) between 1 and 100),
  -- the recipe that keeps this rule, and which of its rules this is; null: made by a person
  recipe text,
  recipe_part text,
  parameters jsonb,
  active boolean not null,
  -- types of events, such as 'invoice.posted', 'invoice.*' or '*'; empty where a look starts the rule
  events text[] not null check (cardinality(events) <= 50),
  look text,
  look_every text check (look_every in ('hour', 'day')),
  looked_at timestamptz,
  -- in CEL; empty: always
  condition text not null check (length(condition) <= 2000),
  -- the same as rows of a form, where it was made by one
  condition_rows jsonb,
  actions jsonb not null,
  -- what the rule may do
  role text not null,
  version integer not null default 1,
  created_at timestamptz not null,
  primary key (company_id, id),
  check ((look is null) = (look_every is null)),
  check ((look is null) = (cardinality(events) > 0)),
  check ((recipe is null) = (recipe_part is null))
);
call secure('rules');
create unique index rules_of_recipe on rules (company_id, recipe, recipe_part) where recipe is not null;

-- One rule and one occasion (an event, or a document found at a look): never two runs of the same.
create table rule_runs (
  company_id uuid not null,
  id uuid not null,
  rule_id uuid not null,
  occasion text not null,
  event_id uuid,
  object_kind text not null,
  object_id uuid not null,
  -- of one document the lowest comes first
  position uuid not null,
  -- the rules whose doing led here, the first in front
  chain uuid[] not null default '{}',
  state text not null default 'waiting' check (state in ('waiting', 'done', 'skipped', 'failed')),
  reason text,
  results jsonb not null default '[]',
  attempts integer not null default 0,
  next_at timestamptz,
  created_at timestamptz not null,
  ended_at timestamptz,
  primary key (company_id, id),
  foreign key (company_id, rule_id) references rules on delete cascade,
  foreign key (company_id, event_id) references events,
  check ((state = 'waiting') = (next_at is not null)),
  check ((state = 'waiting') = (ended_at is null))
);
call secure('rule_runs');
create unique index rule_runs_once on rule_runs (company_id, rule_id, occasion);
create index rule_runs_due on rule_runs (company_id, next_at) where state = 'waiting';
create index rule_runs_in_order on rule_runs (company_id, object_id, position, rule_id) where state = 'waiting';
create index rule_runs_of_rule on rule_runs (company_id, rule_id, created_at, id);
create index rule_runs_by_time on rule_runs (company_id, created_at, id);
create index rule_runs_of_object on rule_runs (company_id, object_id);
create index rule_runs_of_event on rule_runs (company_id, event_id);

-- What a person is told, under the bell of the header.
create table notices (
  company_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  rule_id uuid,
  text text not null check (length(text) between 1 and 500),
  object_kind text not null,
  object_id uuid not null,
  created_at timestamptz not null,
  read_at timestamptz,
  primary key (company_id, id),
  foreign key (company_id, user_id) references memberships on delete cascade,
  foreign key (company_id, rule_id) references rules on delete set null (rule_id)
);
call secure('notices');
create index notices_of_user on notices (company_id, user_id, id);
-- What is not read yet is not told again.
create unique index notices_once on notices (company_id, user_id, rule_id, object_id, text) where read_at is null;
create index notices_of_rule on notices (company_id, rule_id);

-- The queue serves webhooks and rules; whoever causes an event, a customer by his link too, need not see them.
create or replace function queue_events() returns trigger language plpgsql
security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  insert into event_queue (company_id, event_id)
  select n.company_id, n.id from new_events n
  where exists (select from webhooks w where w.company_id = n.company_id and w.active)
    or exists (select from rules r where r.company_id = n.company_id and r.active and r.look is null);
  return null;
end $$;

-- The companies whose rules have something to do.
create function companies_with_rule_work(moment timestamptz) returns setof uuid
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select company_id from event_queue
  union
  select company_id from rule_runs where state = 'waiting' and next_at <= moment
$$;
revoke all on function companies_with_rule_work from public;
grant execute on function companies_with_rule_work to zapas_app;

-- The companies that have rules which look by the clock.
create function companies_with_looking_rules() returns setof uuid
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select distinct company_id from rules where active and look is not null
$$;
revoke all on function companies_with_looking_rules from public;
grant execute on function companies_with_looking_rules to zapas_app;
