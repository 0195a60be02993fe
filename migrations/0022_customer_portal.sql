-- Links that show a customer his documents without a sign-in, what he answers by them, and payments by a provider.

create function current_link() returns uuid language sql stable parallel safe
  return nullif(current_setting('zapas.link', true), '')::uuid;

-- What a link to one document covers: that document, and the invoice that it corrects. Null: everything of the party.
create function current_documents() returns uuid[] language sql stable parallel safe
  return nullif(current_setting('zapas.documents', true), '')::uuid[];

create table portal_links (
  company_id uuid not null references companies,
  id uuid not null,
  party_id uuid not null,
  -- both null: a link to everything of the party
  document_kind text check (document_kind in ('sales-order', 'delivery-note', 'sales-return', 'invoice', 'credit-note')),
  document_id uuid,
  -- SHA-256 of the token, which is kept nowhere
  token_hash text not null check (token_hash ~ '^[0-9a-f]{64}$'),
  expires_at timestamptz not null,
  revoked_at timestamptz,
  revoked_by text,
  created_at timestamptz not null,
  created_by text not null,
  primary key (company_id, id),
  foreign key (company_id, party_id) references parties,
  check ((document_kind is null) = (document_id is null)),
  check ((revoked_at is null) = (revoked_by is null))
);
create unique index portal_links_token on portal_links (company_id, token_hash);
create index portal_links_by_token on portal_links (token_hash);
create index portal_links_of_document on portal_links (company_id, document_id, id) where document_id is not null;
create index portal_links_of_party on portal_links (company_id, party_id, id);
call secure('portal_links');

-- Finds the link of a token among all companies; nothing of one that is over.
create function portal_link_by_hash(hash text, moment timestamptz)
returns table (company_id uuid, id uuid, party_id uuid, party_name text, document_kind text, document_id uuid, corrects_id uuid, expires_at timestamptz)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select l.company_id, l.id, l.party_id, p.name, l.document_kind, l.document_id,
    (select i.corrects_id from invoices i where i.company_id = l.company_id and i.id = l.document_id), l.expires_at
  from portal_links l join parties p on p.company_id = l.company_id and p.id = l.party_id
  where l.token_hash = hash and l.revoked_at is null and l.expires_at > moment
$$;
revoke all on function portal_link_by_hash from public;
grant execute on function portal_link_by_hash to zapas_app;

-- Who used a link, when and for what: one row for an hour of the same.
create table portal_uses (
  company_id uuid not null,
  link_id uuid not null,
  hour timestamptz not null,
  action text not null check (length(action) between 1 and 40),
  -- shortened: 192.0.2.0, 2001:db8::
  address text not null check (length(address) <= 50),
  agent text not null check (length(agent) <= 200),
  first_at timestamptz not null,
  last_at timestamptz not null,
  times integer not null default 1,
  primary key (company_id, link_id, hour, action, address, agent),
  foreign key (company_id, link_id) references portal_links
);
call secure('portal_uses');

-- What the customer accepted, by a fingerprint of what it said: an order that was changed since is another one.
create table portal_acceptances (
  company_id uuid not null,
  order_id uuid not null,
  content_sha256 text not null,
  link_id uuid not null,
  name text not null check (length(name) between 1 and 200),
  address text not null,
  amount numeric not null,
  currency text not null,
  at timestamptz not null,
  primary key (company_id, order_id, content_sha256),
  foreign key (company_id, order_id) references orders on delete cascade,
  foreign key (company_id, link_id) references portal_links
);
call secure('portal_acceptances');

create table portal_disputes (
  company_id uuid not null,
  id uuid not null,
  link_id uuid not null,
  party_id uuid not null,
  document_kind text not null,
  document_id uuid not null,
  -- null: the document as a whole
  line_id uuid,
  line_text text check (length(line_text) <= 2000),
  text text not null check (length(text) between 1 and 2000),
  name text check (length(name) <= 200),
  at timestamptz not null,
  resolved_at timestamptz,
  resolved_by text,
  resolution text check (length(resolution) <= 2000),
  version integer not null default 1,
  primary key (company_id, id),
  foreign key (company_id, link_id) references portal_links,
  foreign key (company_id, party_id) references parties,
  check ((resolved_at is null) = (resolved_by is null))
);
create index portal_disputes_of_document on portal_disputes (company_id, document_id, id);
create index portal_disputes_open on portal_disputes (company_id, id) where resolved_at is null;
call secure('portal_disputes');

create table online_payment_settings (
  company_id uuid primary key references companies,
  test_enabled boolean not null default false,
  stripe_enabled boolean not null default false,
  -- encrypted with the secret of the installation
  stripe_key text,
  stripe_webhook_secret text,
  version integer not null default 1,
  check (not stripe_enabled or stripe_key is not null)
);
call secure('online_payment_settings');
grant select (company_id, test_enabled, stripe_enabled) on online_payment_settings to zapas_portal;
create policy portal on online_payment_settings for select to zapas_portal using (company_id = current_company());

-- What a customer set out to pay. A state only moves forward; the payment that it became is made once.
create table online_payments (
  company_id uuid not null,
  id uuid not null,
  provider text not null check (provider in ('stripe', 'test')),
  link_id uuid not null,
  -- the same request again is the same payment
  request_key text not null check (length(request_key) between 1 and 200),
  party_id uuid not null,
  currency text not null,
  amount numeric not null check (amount > 0),
  -- [{invoiceId, amount}]
  documents jsonb not null,
  state text not null default 'starting' check (state in ('starting', 'open', 'processing', 'paid', 'failed', 'expired')),
  -- what the provider calls it: the checkout, and the payment that came of it
  provider_id text,
  provider_payment text,
  address text,
  payment_id uuid,
  -- why it could not be started, or booked
  error text check (length(error) <= 1000),
  created_at timestamptz not null,
  -- when the provider was last asked
  checked_at timestamptz not null,
  primary key (company_id, id),
  foreign key (company_id, link_id) references portal_links,
  foreign key (company_id, party_id) references parties,
  foreign key (company_id, currency) references currencies,
  foreign key (company_id, payment_id) references payments,
  check (state in ('starting', 'failed', 'expired') or provider_id is not null),
  check (payment_id is null or state = 'paid')
);
create unique index online_payments_once on online_payments (company_id, link_id, request_key);
create unique index online_payments_of_provider on online_payments (company_id, provider, provider_id);
create unique index online_payments_booked on online_payments (company_id, payment_id);
create index online_payments_under_way on online_payments (company_id, checked_at)
  where state in ('starting', 'open', 'processing') or (state = 'paid' and payment_id is null);
call secure('online_payments');

-- What a provider told, once each.
create table online_payment_events (
  company_id uuid not null references companies,
  provider text not null,
  event_id text not null check (length(event_id) between 1 and 255),
  type text not null,
  at timestamptz not null,
  primary key (company_id, provider, event_id)
);
call secure('online_payment_events');

create table online_refunds (
  company_id uuid not null,
  id uuid not null,
  credit_id uuid not null,
  online_payment_id uuid not null,
  amount numeric not null check (amount > 0),
  state text not null default 'starting' check (state in ('starting', 'done', 'failed')),
  provider_refund text,
  payment_id uuid,
  error text check (length(error) <= 1000),
  created_at timestamptz not null,
  created_by text not null,
  primary key (company_id, id),
  foreign key (company_id, credit_id) references invoices,
  foreign key (company_id, online_payment_id) references online_payments,
  foreign key (company_id, payment_id) references payments,
  check ((payment_id is not null) or state <> 'done')
);
create index online_refunds_of_payment on online_refunds (company_id, online_payment_id);
-- One at a time of a credit: what is left of it is known again when that one is booked.
create unique index online_refunds_one on online_refunds (company_id, credit_id) where state = 'starting';
create unique index online_refunds_of_provider on online_refunds (company_id, provider_refund);
call secure('online_refunds');

-- The companies whose payments the provider has to be asked about.
create function companies_with_online_payments(before timestamptz) returns setof uuid
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select company_id from online_payments
    where (state in ('starting', 'open', 'processing') or (state = 'paid' and payment_id is null)) and checked_at < before
  union
  select company_id from online_refunds where state = 'starting' and created_at < before
$$;
revoke all on function companies_with_online_payments from public;
grant execute on function companies_with_online_payments to zapas_app;

-- A link sees what it covers of its party's documents, and a quotation that it was made for.
create policy portal_scope on orders as restrictive to zapas_portal using (current_documents() is null or id = any(current_documents()));
create policy portal_scope on shipments as restrictive to zapas_portal using (current_documents() is null or id = any(current_documents()));
create policy portal_scope on invoices as restrictive to zapas_portal using (current_documents() is null or id = any(current_documents()));
create policy portal_scope on payments as restrictive to zapas_portal using (current_documents() is null);
create policy portal_quotation on orders for select to zapas_portal using (company_id = current_company() and party_id = current_party()
  and kind = 'sales-order' and state = 'draft' and id = any(current_documents()));

-- What may be written by a link, and nothing else.
grant select, insert on portal_acceptances, portal_disputes, online_payments to zapas_portal;
create policy portal on portal_acceptances to zapas_portal using (company_id = current_company()
    and exists (select from orders o where o.company_id = portal_acceptances.company_id and o.id = order_id))
  with check (company_id = current_company() and link_id = current_link()
    and exists (select from orders o where o.company_id = portal_acceptances.company_id and o.id = order_id));
create policy portal on portal_disputes to zapas_portal using (company_id = current_company() and party_id = current_party()
    and (current_documents() is null or document_id = any(current_documents())))
  with check (company_id = current_company() and party_id = current_party() and link_id = current_link()
    and (current_documents() is null or document_id = any(current_documents())));
create policy portal on online_payments to zapas_portal using (company_id = current_company() and link_id = current_link())
  with check (company_id = current_company() and link_id = current_link() and party_id = current_party());
grant insert on events to zapas_portal;
create policy portal_tells on events for insert to zapas_portal with check (company_id = current_company()
  and current_link() is not null and actor_type = 'key' and actor_id = current_link()::text);
grant select, insert, update on idempotency_keys to zapas_portal;
create policy portal on idempotency_keys to zapas_portal using (company_id = current_company() and actor_id = current_link()::text)
  with check (company_id = current_company() and actor_id = current_link()::text);

-- An event is queued whoever caused it: a customer may not read webhooks.
alter function queue_events() security definer set search_path = pg_catalog, public, pg_temp;
