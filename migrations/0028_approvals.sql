-- A rule that asks for approval is no reaction to an event: it stands before it. Whom it asks is its first action's role.
alter table rules add column approver text generated always as (
  case when actions -> 0 ->> 'do' = 'ask-for-approval' then actions -> 0 ->> 'role' end) stored;
create index rules_before_documents on rules (company_id) where approver is not null and active;

-- That somebody of a role approves of one version of a draft, as one rule wants it. What is approved is the content
-- of that version: once the document has another, the approval counts for nothing (the code compares the two).
create table approvals (
  company_id uuid not null,
  id uuid not null,
  rule_id uuid,
  -- as the rule was called
  rule text not null,
  role text not null,
  document_kind text not null,
  document_id uuid not null,
  document_version integer not null,
  state text not null default 'asked' check (state in ('asked', 'given', 'refused', 'withdrawn')),
  -- persons by their id; null: an API key or the system
  asked_by text,
  asked_by_name text not null,
  asked_at timestamptz not null,
  comment text check (length(comment) <= 500),
  decided_by text,
  decided_by_name text,
  decided_at timestamptz,
  answer text check (length(answer) <= 500),
  primary key (company_id, id),
  foreign key (company_id) references companies,
  foreign key (company_id, rule_id) references rules on delete set null (rule_id),
  check ((state in ('given', 'refused')) = (decided_at is not null)),
  check ((decided_at is null) = (decided_by_name is null))
);
call secure('approvals');
-- One open question, or one answer that counts, for each rule and version.
create unique index approvals_once on approvals (company_id, document_id, document_version, rule_id, role)
  where state in ('asked', 'given');
create index approvals_waiting on approvals (company_id, id) where state = 'asked';
create index approvals_of_document on approvals (company_id, document_id, id);
create index approvals_of_rule on approvals (company_id, rule_id);

-- What has to be known of a draft before it is approved, of any family.
create view drafts with (security_invoker = true) as
  select company_id, id, kind, version, party_id, gross as amount, currency from orders where state = 'draft'
  union all
  select company_id, id, kind, version, party_id, null, null from shipments where state = 'draft'
  union all
  select company_id, id, kind, version, party_id, gross, currency from invoices where state = 'draft';
grant select on drafts to zapas_app;

-- Rules that stand before events are not queued for them.
create or replace function queue_events() returns trigger language plpgsql
security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  insert into event_queue (company_id, event_id)
  select n.company_id, n.id from new_events n
  where exists (select from webhooks w where w.company_id = n.company_id and w.active)
    or exists (select from rules r
      where r.company_id = n.company_id and r.active and r.look is null and r.approver is null);
  return null;
end $$;
