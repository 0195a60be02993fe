-- Products, units, taxes, price books, rates; parties; warehouses, locations, lots.
--
-- `search` columns hold the folded text and, on a second line, the spelling where it differs (S40);
-- src/kernel/search.ts writes and reads them.

-- The rows of a searched table in which every pattern occurs, `most` at the most. Row-level security lets
-- LIKE look only at rows that it has passed already, so that no trigram index can serve it. This function
-- stands behind the policy and makes the same check itself.
create function search_ids(name regclass, company uuid, patterns text[], most integer) returns uuid[]
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  conditions text;
  found uuid[];
begin
  if company is distinct from current_company() then return '{}'; end if;
  select string_agg(format('search like %L', pattern), ' and ') into conditions from unnest(patterns) pattern;
  execute format('select coalesce(array_agg(id), ''{}'') from (select id from %s where company_id = $1 and %s limit $2) m',
    name, coalesce(conditions, 'true')) into found using company, most;
  return found;
end $$;
revoke execute on function search_ids from public;
grant execute on function search_ids to zapas_app;

create table taxes (
  company_id uuid not null references companies,
  id uuid not null,
  name text not null,
  rate numeric not null check (rate between 0 and 100),
  -- EN 16931 VAT category (UNCL 5305): S standard, Z zero, E exempt, AE reverse charge, K intra-community, G export, O not subject, L Canary, M Ceuta
  category text not null check (category in ('S', 'Z', 'E', 'AE', 'K', 'G', 'O', 'L', 'M')),
  exemption_reason text,
  search text not null,
  archived boolean not null default false,
  version integer not null default 1,
  created_at timestamptz not null,
  primary key (company_id, id),
  check (rate = 0 or category in ('S', 'L', 'M'))
);
create unique index taxes_name on taxes (company_id, lower(name));
call secure('taxes');

create table exchange_rates (
  company_id uuid not null,
  id uuid not null,
  currency text not null,
  date date not null,
  -- company currency for one unit of `currency`
  rate numeric not null check (rate > 0),
  source text,
  version integer not null default 1,
  created_at timestamptz not null,
  primary key (company_id, id),
  foreign key (company_id, currency) references currencies
);
create unique index exchange_rates_day on exchange_rates (company_id, currency, date);
create index exchange_rates_by_date on exchange_rates (company_id, date, id);
call secure('exchange_rates');

create table parties (
  company_id uuid not null references companies,
  id uuid not null,
  code text,
  name text not null check (length(name) between 1 and 200),
  type text not null default 'organisation' check (type in ('organisation', 'person')),
  customer boolean not null default false,
  vendor boolean not null default false,
  currency text,
  language text,
  email text,
  phone text,
  website text,
  tax_number text,
  payment_term_days integer check (payment_term_days between 0 and 3650),
  price_group text,
  price_book_id uuid,
  credit_limit numeric check (credit_limit >= 0),
  -- [{type, name, line1, line2, city, region, postalCode, country, default}]
  addresses jsonb not null default '[]',
  -- [{name, email, phone, role, purposes}]
  contacts jsonb not null default '[]',
  notes text,
  search text not null,
  archived boolean not null default false,
  version integer not null default 1,
  created_at timestamptz not null,
  primary key (company_id, id),
  foreign key (company_id, currency) references currencies,
  check (customer or vendor)
);
create unique index parties_code on parties (company_id, code) where code is not null;
create index parties_by_name on parties (company_id, name, id);
create index parties_search on parties using gin (search gin_trgm_ops);
call secure('parties');

create table products (
  company_id uuid not null references companies,
  id uuid not null,
  sku text not null check (length(sku) between 1 and 100),
  name text not null check (length(name) between 1 and 300),
  description text,
  type text not null check (type in ('stocked', 'service')),
  tracking text not null default 'none' check (tracking in ('none', 'lot', 'serial')),
  valuation text not null default 'average' check (valuation in ('average', 'fifo')),
  -- the base unit; all quantities in the ledgers are in it
  unit text not null check (length(unit) between 1 and 30),
  barcode text,
  category text,
  sales_price numeric check (sales_price >= 0),
  purchase_price numeric check (purchase_price >= 0),
  tax_ids uuid[] not null default '{}',
  purchase_tax_ids uuid[] not null default '{}',
  weight numeric check (weight >= 0),
  -- over-quantity allowed on orders, in per cent; null: the company's
  tolerance_percent numeric check (tolerance_percent between 0 and 1000),
  notes text,
  search text not null,
  archived boolean not null default false,
  version integer not null default 1,
  created_at timestamptz not null,
  primary key (company_id, id),
  check (type = 'stocked' or tracking = 'none')
);
create unique index products_sku on products (company_id, sku);
create index products_by_name on products (company_id, name, id);
create index products_barcode on products (company_id, barcode) where barcode is not null;
create index products_search on products using gin (search gin_trgm_ops);
call secure('products');

create table product_units (
  company_id uuid not null,
  product_id uuid not null,
  unit text not null check (length(unit) between 1 and 30),
  -- one such unit = numerator / denominator base units, exactly (R7)
  numerator bigint not null check (numerator > 0),
  denominator bigint not null default 1 check (denominator > 0),
  barcode text,
  primary key (company_id, product_id, unit),
  foreign key (company_id, product_id) references products on delete cascade
);
create index product_units_barcode on product_units (company_id, barcode) where barcode is not null;
call secure('product_units');

create table product_vendors (
  company_id uuid not null,
  product_id uuid not null,
  party_id uuid not null,
  code text,
  name text,
  price numeric check (price >= 0),
  currency text,
  unit text,
  minimum_quantity numeric check (minimum_quantity >= 0),
  lead_time_days integer check (lead_time_days >= 0),
  preferred boolean not null default false,
  primary key (company_id, product_id, party_id),
  foreign key (company_id, product_id) references products on delete cascade,
  foreign key (company_id, party_id) references parties,
  foreign key (company_id, currency) references currencies,
  check (price is null or currency is not null)
);
create index product_vendors_of_party on product_vendors (company_id, party_id);
call secure('product_vendors');

create table price_books (
  company_id uuid not null,
  id uuid not null,
  name text not null,
  -- sales: what customers pay; purchase: what vendors ask
  side text not null default 'sales' check (side in ('sales', 'purchase')),
  currency text not null,
  valid_from date,
  valid_to date,
  prices_include_tax boolean not null default false,
  -- restricted to these; both empty: for everybody
  party_ids uuid[] not null default '{}',
  price_groups text[] not null default '{}',
  -- the higher one wins among books that reach a party in the same way
  priority integer not null default 0,
  notes text,
  search text not null,
  archived boolean not null default false,
  version integer not null default 1,
  created_at timestamptz not null,
  primary key (company_id, id),
  foreign key (company_id, currency) references currencies,
  check (valid_to is null or valid_from is null or valid_to >= valid_from)
);
create unique index price_books_name on price_books (company_id, lower(name));
call secure('price_books');

create table price_book_entries (
  company_id uuid not null,
  price_book_id uuid not null,
  product_id uuid not null,
  unit text not null,
  minimum_quantity numeric not null default 0 check (minimum_quantity >= 0),
  price numeric not null check (price >= 0),
  -- added to the price, in the book's currency
  margin numeric not null default 0,
  primary key (company_id, price_book_id, product_id, unit, minimum_quantity),
  foreign key (company_id, price_book_id) references price_books on delete cascade,
  foreign key (company_id, product_id) references products,
  check (price + margin >= 0)
);
create index price_book_entries_of_product on price_book_entries (company_id, product_id);
call secure('price_book_entries');

alter table parties add foreign key (company_id, price_book_id) references price_books;
create index parties_of_price_book on parties (company_id, price_book_id) where price_book_id is not null;

create table warehouses (
  company_id uuid not null references companies,
  id uuid not null,
  code text not null check (length(code) between 1 and 30),
  name text not null,
  allow_negative boolean not null default false,
  address jsonb not null default '{}',
  search text not null,
  archived boolean not null default false,
  version integer not null default 1,
  created_at timestamptz not null,
  primary key (company_id, id)
);
create unique index warehouses_code on warehouses (company_id, code);
call secure('warehouses');

-- A tree. Physical places belong to a warehouse; the virtual ones (supplier, customer, adjustment, scrap,
-- transit) exist once per company and make every movement a move from somewhere to somewhere.
create table locations (
  company_id uuid not null references companies,
  id uuid not null,
  warehouse_id uuid,
  parent_id uuid,
  code text not null check (length(code) between 1 and 60),
  name text not null,
  type text not null check (type in ('stock', 'quarantine', 'supplier', 'customer', 'adjustment', 'scrap', 'transit')),
  -- where goods of the warehouse go and come from unless a line says otherwise; one per warehouse and type
  is_default boolean not null default false,
  search text not null,
  archived boolean not null default false,
  version integer not null default 1,
  created_at timestamptz not null,
  primary key (company_id, id),
  foreign key (company_id, warehouse_id) references warehouses,
  foreign key (company_id, parent_id) references locations,
  check ((warehouse_id is not null) = (type in ('stock', 'quarantine')))
);
create unique index locations_code on locations (company_id, warehouse_id, code) nulls not distinct;
create unique index locations_default on locations (company_id, warehouse_id, type) nulls not distinct where is_default;
call secure('locations');

-- A lot (batch) or one serial number of a product.
create table lots (
  company_id uuid not null,
  id uuid not null,
  product_id uuid not null,
  number text not null check (length(number) between 1 and 100),
  serial boolean not null,
  expires_on date,
  notes text,
  -- how often it came from a supplier, less what went back: a serial number comes in once
  received numeric not null default 0,
  created_at timestamptz not null,
  version integer not null default 1,
  primary key (company_id, id),
  foreign key (company_id, product_id) references products,
  constraint lots_serial_received_once check (not serial or received between 0 and 1)
);
create unique index lots_number on lots (company_id, product_id, number);
create index lots_by_number on lots (company_id, number, id);
call secure('lots');
