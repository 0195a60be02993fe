-- Printed documents: what every one carries, templates, and what was sent, byte for byte.

create table printing_settings (
  company_id uuid primary key references companies,
  bank text check (length(bank) <= 200),
  -- IBAN or national number, without spaces
  account text check (account ~ '^[A-Z0-9]{4,34}$'),
  bic text check (bic ~ '^[A-Z0-9]{8}([A-Z0-9]{3})?$'),
  register text check (length(register) <= 500),
  note text check (length(note) <= 2000),
  paper text not null default 'a4' check (paper in ('a4', 'us-letter')),
  version integer not null default 1
);
call secure('printing_settings');
grant select on printing_settings to zapas_portal;
create policy portal on printing_settings to zapas_portal using (company_id = current_company());

-- Every version is kept; the highest counts. No source: the template that Zapas brings.
create table template_versions (
  company_id uuid not null references companies,
  form text not null check (length(form) between 1 and 40),
  version integer not null check (version > 0),
  source text check (length(source) <= 100000),
  created_by text not null,
  created_at timestamptz not null,
  primary key (company_id, form, version)
);
call secure('template_versions', ledger => true);
grant select on template_versions to zapas_portal;
create policy portal on template_versions to zapas_portal using (company_id = current_company());

-- What was sent or printed for somebody is printed again as it was.
create table printed_documents (
  company_id uuid not null references companies,
  id uuid not null,
  -- of an order, a shipment, an invoice, a payment
  document_id uuid not null,
  form text not null,
  language text not null,
  -- of what it says; a document that says something else since is printed anew
  content_sha256 text not null,
  file_name text not null,
  pdf bytea not null,
  pdf_sha256 text not null,
  pages integer not null,
  created_by text not null,
  created_at timestamptz not null,
  primary key (company_id, id)
);
create index printed_documents_of on printed_documents (company_id, document_id, form, language, created_at);
call secure('printed_documents', ledger => true);
grant select on printed_documents to zapas_portal;
create policy portal on printed_documents to zapas_portal using (company_id = current_company() and (
  exists (select from orders o where o.company_id = printed_documents.company_id and o.id = document_id)
  or exists (select from shipments s where s.company_id = printed_documents.company_id and s.id = document_id)
  or exists (select from invoices i where i.company_id = printed_documents.company_id and i.id = document_id)
  or exists (select from payments p where p.company_id = printed_documents.company_id and p.id = document_id)));
