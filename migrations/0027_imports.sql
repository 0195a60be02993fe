-- Files that are imported in the background: what they are read as, how far it is, what was left out and why.
create table imports (
  company_id uuid not null references companies,
  id uuid not null,
  what text not null check (length(what) between 1 and 40),
  name text not null check (length(name) between 1 and 200),
  bytes integer not null check (bytes between 1 and 52428800),
  -- of the file as text; null of a workbook, whose rows are counted while it is read
  lines integer check (lines >= 0),
  -- of a program whose files are known
  preset text,
  format jsonb not null,
  -- fields to names of columns
  mapping jsonb not null,
  -- names of the columns and the first rows, for whoever chooses
  head jsonb not null,
  at_fault text not null default 'nothing' check (at_fault in ('nothing', 'skip')),
  -- ready to be checked or run; waiting and running in the background; refused: nothing was kept, for rows are at fault
  state text not null default 'ready' check (state in ('ready', 'waiting', 'running', 'checked', 'refused', 'done', 'failed')),
  dry_run boolean not null default true,
  -- whoever works on it has this number; should its process die, another takes it up under the next
  attempt integer not null default 0,
  leased_until timestamptz,
  -- entries of the file that are settled for good: with these rows or without them
  settled integer not null default 0 check (settled >= 0),
  row_count integer not null default 0 check (row_count >= 0),
  line integer not null default 0 check (line >= 0),
  created_count integer not null default 0,
  changed_count integer not null default 0,
  same_count integer not null default 0,
  ignored_count integer not null default 0,
  failed_count integer not null default 0,
  -- why it could not be read at all
  message text,
  version integer not null default 1,
  created_by_id text not null,
  created_by text not null,
  created_at timestamptz not null,
  finished_at timestamptz,
  primary key (company_id, id),
  check ((state in ('checked', 'refused', 'done', 'failed')) = (finished_at is not null)),
  check ((state = 'failed') = (message is not null))
);
call secure('imports');
create index imports_open on imports (company_id, created_at) where state in ('waiting', 'running');
create index imports_old on imports (company_id, created_at);

-- The file, in pieces, so that nobody has to hold it as a whole.
create table import_pieces (
  company_id uuid not null,
  import_id uuid not null,
  position integer not null,
  content bytea not null check (length(content) between 1 and 1048576),
  primary key (company_id, import_id, position),
  foreign key (company_id, import_id) references imports on delete cascade
);
call secure('import_pieces');

-- What was left out, or would be: the lines of a record and what is wrong with them.
create table import_rejects (
  company_id uuid not null,
  import_id uuid not null,
  position integer not null,
  lines integer[] not null check (cardinality(lines) > 0),
  -- [{line, field, message}]
  faults jsonb not null,
  primary key (company_id, import_id, position),
  foreign key (company_id, import_id) references imports on delete cascade
);
call secure('import_rejects');

-- Which columns were taken last, by kind of data.
create table import_mappings (
  company_id uuid not null references companies,
  what text not null check (length(what) between 1 and 40),
  columns text[] not null,
  mapping jsonb not null,
  primary key (company_id, what)
);
call secure('import_mappings');

-- Documents of another program that were imported, by the number that they have there: none is made twice.
create table imported_documents (
  company_id uuid not null references companies,
  kind text not null,
  party_id uuid not null,
  number text not null check (length(number) between 1 and 200),
  document_id uuid not null,
  primary key (company_id, kind, party_id, number),
  foreign key (company_id, party_id) references parties on delete cascade
);
call secure('imported_documents');

-- Tells the worker at once. Runs as the owner, whose queue it is; without a queue the import waits for the next round.
create function announce_import() returns trigger language plpgsql
security definer set search_path = pg_catalog, pg_temp as $$
begin
  if to_regclass('graphile_worker._private_jobs') is not null then
    perform graphile_worker.add_job('imports', '{}'::json, job_key := 'imports', job_key_mode := 'replace');
  end if;
  return null;
end $$;
create trigger announce_import after update of state on imports for each row
  when (new.state = 'waiting') execute function announce_import();
