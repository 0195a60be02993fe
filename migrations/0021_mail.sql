-- Mail that leaves the house: by which server, in which words, what was sent and what became of it.

create table mail_settings (
  company_id uuid primary key references companies,
  -- null: no mail is sent
  host text check (length(host) between 1 and 253),
  port integer not null default 587 check (port between 1 and 65535),
  security text not null default 'starttls' check (security in ('tls', 'starttls', 'none')),
  user_name text check (length(user_name) between 1 and 254),
  -- encrypted with the secret of the installation
  password text,
  from_name text check (length(from_name) between 1 and 200),
  from_address text check (length(from_address) between 3 and 254),
  reply_to text check (length(reply_to) between 3 and 254),
  -- a blind copy of every mail
  copy_to text check (length(copy_to) between 3 and 254),
  internal_allowed boolean not null default false,
  reminders boolean not null default false,
  -- days overdue at which the first, second and third reminder is due
  reminder_days jsonb not null default '[7, 21, 35]',
  version integer not null default 1,
  check (host is null or from_address is not null)
);
call secure('mail_settings');

-- Every version is kept; the highest counts. No text: the one that Zapas brings.
create table mail_template_versions (
  company_id uuid not null references companies,
  purpose text not null check (length(purpose) between 1 and 40),
  language text not null check (length(language) between 2 and 35),
  version integer not null check (version > 0),
  subject text check (length(subject) between 1 and 300),
  body text check (length(body) between 1 and 20000),
  created_by text not null,
  created_at timestamptz not null,
  primary key (company_id, purpose, language, version),
  check ((subject is null) = (body is null))
);
call secure('mail_template_versions', ledger => true);

create table mails (
  company_id uuid not null references companies,
  id uuid not null,
  purpose text not null,
  language text not null,
  party_id uuid,
  -- the same at every attempt: a server that sees it twice can tell
  message_id text not null,
  to_addresses text[] not null check (cardinality(to_addresses) between 1 and 50),
  cc_addresses text[] not null default '{}' check (cardinality(cc_addresses) <= 50),
  bcc_addresses text[] not null default '{}' check (cardinality(bcc_addresses) <= 50),
  subject text not null check (length(subject) between 1 and 300),
  -- {{link}} stands for itself until the mail is sent: the links of customers are kept nowhere
  body text not null check (length(body) between 1 and 20000),
  state text not null default 'waiting'
    check (state in ('waiting', 'sending', 'sent', 'failed', 'unclear', 'bounced', 'cancelled')),
  attempts integer not null default 0,
  -- when it is sent next; while it is being sent, when another process may look after it should this one die
  next_at timestamptz,
  -- the text goes to the server from here on: if no answer comes, nobody knows whether it was taken
  handed_at timestamptz,
  last_at timestamptz,
  sent_at timestamptz,
  -- what the server, or we, said last
  answer text check (length(answer) <= 1000),
  -- recipients that the server refused while it took the mail for others
  refused text[] not null default '{}',
  bounced_at timestamptz,
  bounce_reason text check (length(bounce_reason) <= 1000),
  version integer not null default 1,
  created_by text not null,
  created_at timestamptz not null,
  primary key (company_id, id),
  foreign key (company_id, party_id) references parties on delete set null (party_id),
  check ((state in ('waiting', 'sending')) = (next_at is not null)),
  check ((state = 'bounced') = (bounced_at is not null))
);
call secure('mails');
create index mails_due on mails (company_id, next_at) where state in ('waiting', 'sending');
create unique index mails_by_message on mails (company_id, message_id);

-- What a mail is about.
create table mail_documents (
  company_id uuid not null,
  mail_id uuid not null,
  document_id uuid not null,
  kind text not null,
  number text,
  -- the reminder that it was; null: no reminder
  stage integer check (stage between 1 and 3),
  -- what the reminder asks for
  open_amount numeric,
  -- the reminder never arrived, or was not sent: it does not count
  void boolean not null default false,
  at timestamptz not null,
  primary key (company_id, mail_id, document_id),
  foreign key (company_id, mail_id) references mails,
  check ((stage is null) = (open_amount is null))
);
call secure('mail_documents');
create index mail_documents_of on mail_documents (company_id, document_id, mail_id);
-- Never two of the same stage.
create unique index mail_reminders_once on mail_documents (company_id, document_id, stage) where stage is not null and not void;

create table mail_attachments (
  company_id uuid not null,
  mail_id uuid not null,
  position integer not null check (position between 1 and 50),
  file_name text not null check (length(file_name) between 1 and 255),
  media_type text not null check (length(media_type) between 3 and 100),
  -- the copy that was kept of a document, byte for byte; or the bytes themselves, of what is not kept
  printed_id uuid,
  content bytea,
  primary key (company_id, mail_id, position),
  foreign key (company_id, mail_id) references mails,
  foreign key (company_id, printed_id) references printed_documents,
  check (num_nonnulls(printed_id, content) = 1)
);
call secure('mail_attachments');
create index mail_attachments_of_copy on mail_attachments (company_id, printed_id);

-- The companies that have something to send. The sender looks at all of them at once, and at nothing else.
create function companies_with_mail_work(moment timestamptz) returns setof uuid
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select distinct company_id from mails where state in ('waiting', 'sending') and next_at <= moment
$$;
revoke all on function companies_with_mail_work from public;
grant execute on function companies_with_mail_work to zapas_app;

-- The companies that send reminders by themselves.
create function companies_with_reminders() returns setof uuid
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select company_id from mail_settings where reminders and host is not null
$$;
revoke all on function companies_with_reminders from public;
grant execute on function companies_with_reminders to zapas_app;
