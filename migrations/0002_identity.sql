-- Who may sign in, to which companies, as what. People belong to the installation; what they may do belongs
-- to a company.

create schema auth;
grant usage on schema auth to zapas_app;

-- Tables of the sign-in library, with the names and types that it expects (test/identity/auth-schema.test.ts
-- compares them with what the installed version wants). On Citus they are reference tables.

create table auth."user" (
  id uuid primary key default gen_random_uuid(),
  name text not null,
  email text not null unique check (email = lower(email)),
  "emailVerified" boolean not null default false,
  image text,
  "createdAt" timestamptz not null default current_timestamp,
  "updatedAt" timestamptz not null default current_timestamp,
  "twoFactorEnabled" boolean default false,
  -- signed in with a password that somebody else has seen: it must be replaced first
  "mustChangePassword" boolean not null default false,
  -- the name, folded for search
  search text not null default ''
);

create table auth.session (
  id uuid primary key default gen_random_uuid(),
  "expiresAt" timestamptz not null,
  token text not null unique,
  "createdAt" timestamptz not null default current_timestamp,
  "updatedAt" timestamptz not null,
  "ipAddress" text,
  "userAgent" text,
  "userId" uuid not null references auth."user" on delete cascade
);
create index "session_userId_idx" on auth.session ("userId");

create table auth.account (
  id uuid primary key default gen_random_uuid(),
  "accountId" text not null,
  "providerId" text not null,
  "userId" uuid not null references auth."user" on delete cascade,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamptz,
  "refreshTokenExpiresAt" timestamptz,
  scope text,
  password text,
  "createdAt" timestamptz not null default current_timestamp,
  "updatedAt" timestamptz not null,
  unique ("providerId", "accountId")
);
create index "account_userId_idx" on auth.account ("userId");

create table auth.verification (
  id uuid primary key default gen_random_uuid(),
  identifier text not null,
  value text not null,
  "expiresAt" timestamptz not null,
  "createdAt" timestamptz not null default current_timestamp,
  "updatedAt" timestamptz not null default current_timestamp
);
create index verification_identifier_idx on auth.verification (identifier);

create table auth."twoFactor" (
  id uuid primary key default gen_random_uuid(),
  secret text not null,
  "backupCodes" text not null,
  "userId" uuid not null references auth."user" on delete cascade,
  verified boolean default true,
  "failedVerificationCount" integer default 0,
  "lockedUntil" timestamptz
);
create index "twoFactor_secret_idx" on auth."twoFactor" (secret);
create index "twoFactor_userId_idx" on auth."twoFactor" ("userId");

-- Failed sign-ins, counted for all processes together. A row goes when the sign-in succeeds.
create table auth.failed_sign_ins (
  -- SHA-256 of what is counted: an e-mail address, or the address it is tried from as well
  key text primary key,
  count integer not null,
  first_at timestamptz not null
);

grant select, insert, update, delete on all tables in schema auth to zapas_app;

create table memberships (
  company_id uuid not null references companies,
  user_id uuid not null references auth."user",
  role text not null check (role in ('owner', 'sales', 'purchasing', 'warehouse', 'accounting', 'viewer', 'customer')),
  -- a customer's login: the one party whose documents it sees (S39)
  party_id uuid,
  -- single permissions beyond the role, and those of the role that this person does not have
  granted text[] not null default '{}',
  denied text[] not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  primary key (company_id, user_id),
  constraint memberships_party check ((role = 'customer') = (party_id is not null)),
  -- a customer sees what the database shows its party, an owner everything
  constraint memberships_exceptions check (case role when 'customer' then granted = '{}' when 'owner' then denied = '{}' else true end)
);
create index memberships_of_user on memberships (user_id);
call secure('memberships');

create table api_keys (
  company_id uuid not null references companies,
  id uuid not null,
  name text not null check (length(name) between 1 and 100),
  -- zapas_<prefix>_<secret>: the prefix finds the row and shows people which key it is
  prefix text not null check (prefix ~ '^[0-9a-f]{12}$'),
  -- SHA-256 of the whole key, hexadecimal; the key itself is not kept
  hash text not null check (hash ~ '^[0-9a-f]{64}$'),
  role text not null check (role in ('owner', 'sales', 'purchasing', 'warehouse', 'accounting', 'viewer', 'customer')),
  party_id uuid,
  -- of the role's permissions only these; null: all
  permissions text[],
  created_by text not null,
  created_by_name text not null,
  created_at timestamptz not null,
  -- to the hour
  last_used_at timestamptz,
  expires_at timestamptz,
  revoked_at timestamptz,
  primary key (company_id, id),
  constraint api_keys_party check ((role = 'customer') = (party_id is not null))
);
create index api_keys_by_prefix on api_keys (prefix);
call secure('api_keys');

-- Sign-in comes before a company is known, so it cannot ask as a company. These functions are all that it
-- may read across companies: they run as their owner, whom row-level security does not bind.

create function auth.memberships_of(wanted uuid)
  returns table (company_id uuid, slug text, name text, demo boolean, role text, party_id uuid, granted text[], denied text[])
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    select m.company_id, c.slug, c.name, c.demo, m.role, m.party_id, m.granted, m.denied
    from public.memberships m join public.companies c on c.company_id = m.company_id
    where m.user_id = wanted
    order by m.created_at, m.company_id
  $$;

create function auth.api_keys_by_prefix(wanted text)
  returns table (company_id uuid, id uuid, name text, hash text, role text, party_id uuid, permissions text[],
    last_used_at timestamptz, expires_at timestamptz, revoked_at timestamptz)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    select k.company_id, k.id, k.name, k.hash, k.role, k.party_id, k.permissions, k.last_used_at, k.expires_at, k.revoked_at
    from public.api_keys k where k.prefix = wanted
  $$;

-- For what runs over all companies: the command line, schedules, the first start.
create function auth.all_companies()
  returns table (company_id uuid, slug text, name text, demo boolean)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    select c.company_id, c.slug, c.name, c.demo from public.companies c order by c.created_at, c.company_id
  $$;

revoke all on all functions in schema auth from public;
grant execute on all functions in schema auth to zapas_app;

-- Numbering is changed by people, who must not overwrite each other.
alter table number_series add column version integer not null default 1;

-- Lists of events by time. A block range index costs next to nothing to keep, for events come in order.
create index events_by_time on events using brin (at);
