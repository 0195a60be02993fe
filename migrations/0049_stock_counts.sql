-- Stock counts: a sheet of what is counted where, by whom, and what came of it. Booked, it is one stock adjustment.

create table counts (
  company_id uuid not null references companies,
  id uuid not null,
  number text not null,
  -- 'booked' is never stored: it follows from the adjustment
  state text not null check (state in ('counting', 'to-approve', 'cancelled')),
  date date not null,
  warehouse_id uuid not null,
  -- what the sheet was made of; null: no such limit
  location_id uuid,
  category text,
  abc text check (abc in ('A', 'B', 'C')),
  -- while it is counted nobody is shown what the books have
  blind boolean not null,
  -- who counts, as people say it
  counter text check (length(counter) between 1 and 100),
  notes text,
  adjustment_id uuid,
  version integer not null default 1,
  created_at timestamptz not null,
  created_by text not null,
  created_by_user text,
  primary key (company_id, id),
  foreign key (company_id, warehouse_id) references warehouses,
  foreign key (company_id, location_id) references locations,
  foreign key (company_id, adjustment_id) references shipments
);
create unique index counts_number on counts (company_id, number);
create unique index counts_of_adjustment on counts (company_id, adjustment_id) where adjustment_id is not null;
create index counts_open on counts (company_id, warehouse_id) where state <> 'cancelled';
call secure('counts');

create table count_lines (
  company_id uuid not null,
  id uuid not null,
  count_id uuid not null,
  position integer not null,
  product_id uuid not null,
  location_id uuid not null,
  lot_id uuid,
  -- a lot or serial number that was found and that nobody knew
  lot_number text check (length(lot_number) between 1 and 100),
  expires_on date,
  -- base quantities: what was counted, and what the books had at that moment
  counted numeric check (counted >= 0),
  book numeric,
  counted_at timestamptz,
  counted_by text,
  -- the same of the first time, where it was counted again
  first_counted numeric,
  first_book numeric,
  note text,
  primary key (company_id, id),
  foreign key (company_id, count_id) references counts on delete cascade,
  foreign key (company_id, product_id) references products,
  foreign key (company_id, location_id) references locations,
  foreign key (company_id, lot_id) references lots,
  check (lot_id is null or lot_number is null),
  check ((counted is null) = (book is null) and (counted is null) = (counted_at is null)),
  check ((first_counted is null) = (first_book is null))
);
create unique index count_lines_place on count_lines (company_id, count_id, product_id, location_id, lot_id, lot_number) nulls not distinct;
create index count_lines_of_product on count_lines (company_id, product_id);
call secure('count_lines');

alter table shipment_lines add column book_quantity numeric check (book_quantity is null or counted_quantity is not null);

insert into number_series (company_id, kind, pattern)
  select company_id, 'stock-count', case when country = 'PL' then 'INW-{YYYY}-{####}' else 'CNT-{YYYY}-{####}' end from companies;
