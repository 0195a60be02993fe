-- Templates by language, a logo, amounts in words; many documents to one file; files of documents, products, parties.

-- 'any': for every language that has no template of its own.
alter table template_versions add column language text not null default 'any' check (language ~ '^([a-z]{2,3}|any)$');
alter table template_versions drop constraint template_versions_pkey, add primary key (company_id, form, language, version);

alter table printing_settings
  add column amount_in_words boolean not null default false,
  add column logo bytea check (length(logo) between 1 and 524288),
  add column logo_type text check (logo_type in ('image/png', 'image/jpeg', 'image/svg+xml')),
  -- of the file: another logo makes another document
  add column logo_sha256 text check (logo_sha256 ~ '^[0-9a-f]{64}$'),
  add constraint printing_settings_logo check (num_nonnulls(logo, logo_type, logo_sha256) in (0, 3));

-- Many documents of one kind, printed into one file by the worker.
create table print_batches (
  company_id uuid not null references companies,
  id uuid not null,
  kind text not null,
  form text,
  language text,
  document_ids uuid[] not null check (cardinality(document_ids) between 1 and 500),
  state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed')),
  -- until then nobody else takes it up; should its process die, another begins anew
  leased_until timestamptz,
  printed integer not null default 0 check (printed between 0 and cardinality(document_ids)),
  -- of what could not be printed: {id, number, message}
  failures jsonb not null default '[]',
  pages integer,
  pdf bytea,
  created_by_id text not null,
  created_by text not null,
  created_at timestamptz not null,
  finished_at timestamptz,
  primary key (company_id, id),
  check ((state in ('done', 'failed')) = (finished_at is not null)),
  check (pdf is null or state = 'done')
);
call secure('print_batches');
create index print_batches_open on print_batches (company_id, created_at) where state in ('waiting', 'running');
create index print_batches_old on print_batches (company_id, created_at);

-- Tells the worker at once. Runs as the owner, whose queue it is; without a queue (nobody works yet) the
-- batch waits for the worker's next round.
create function announce_print_batch() returns trigger language plpgsql
security definer set search_path = pg_catalog, pg_temp as $$
begin
  if to_regclass('graphile_worker._private_jobs') is not null then
    perform graphile_worker.add_job('print-batches', '{}'::json, job_key := 'print-batches', job_key_mode := 'replace');
  end if;
  return null;
end $$;
create trigger announce_print_batch after insert on print_batches for each statement execute function announce_print_batch();

-- Files that people attach. Exactly one of the columns says to what; a draft that is deleted takes its files along.
create table attachments (
  company_id uuid not null references companies,
  id uuid not null,
  order_id uuid,
  shipment_id uuid,
  invoice_id uuid,
  payment_id uuid,
  reservation_id uuid,
  product_id uuid,
  party_id uuid,
  name text not null check (length(name) between 1 and 200),
  -- found in the content, never taken from whoever sends it
  type text not null check (length(type) between 3 and 100),
  bytes integer not null check (bytes between 1 and 10485760),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  content bytea not null,
  send_with_document boolean not null default false,
  version integer not null default 1,
  created_by text not null,
  created_at timestamptz not null,
  primary key (company_id, id),
  foreign key (company_id, order_id) references orders on delete cascade,
  foreign key (company_id, shipment_id) references shipments on delete cascade,
  foreign key (company_id, invoice_id) references invoices on delete cascade,
  foreign key (company_id, payment_id) references payments on delete cascade,
  foreign key (company_id, reservation_id) references stock_reservations on delete cascade,
  foreign key (company_id, product_id) references products on delete cascade,
  foreign key (company_id, party_id) references parties on delete cascade,
  check (num_nonnulls(order_id, shipment_id, invoice_id, payment_id, reservation_id, product_id, party_id) = 1),
  check (bytes = length(content))
);
call secure('attachments');
create index attachments_of_order on attachments (company_id, order_id, id) where order_id is not null;
create index attachments_of_shipment on attachments (company_id, shipment_id, id) where shipment_id is not null;
create index attachments_of_invoice on attachments (company_id, invoice_id, id) where invoice_id is not null;
create index attachments_of_payment on attachments (company_id, payment_id, id) where payment_id is not null;
create index attachments_of_reservation on attachments (company_id, reservation_id, id) where reservation_id is not null;
create index attachments_of_product on attachments (company_id, product_id, id) where product_id is not null;
create index attachments_of_party on attachments (company_id, party_id, id) where party_id is not null;
-- what all files of a company take, which has a limit
create index attachments_space on attachments (company_id) include (bytes);

-- A customer sees what is sent with its documents.
grant select on attachments to zapas_portal;
create policy portal on attachments to zapas_portal using (company_id = current_company() and send_with_document and (
  exists (select from orders o where o.company_id = attachments.company_id and o.id = order_id)
  or exists (select from shipments s where s.company_id = attachments.company_id and s.id = shipment_id)
  or exists (select from invoices i where i.company_id = attachments.company_id and i.id = invoice_id)
  or exists (select from payments p where p.company_id = attachments.company_id and p.id = payment_id)));
