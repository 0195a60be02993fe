-- When a product is bought again, and how much of it, warehouse by warehouse. What is proposed from it is
-- computed whenever it is asked for and stands nowhere.
create table reorder_levels (
  company_id uuid not null references companies,
  id uuid not null,
  product_id uuid not null,
  warehouse_id uuid not null,
  -- base quantities: below the minimum it is bought again, up to the maximum, in whole packs
  minimum numeric not null check (minimum >= 0),
  maximum numeric not null,
  pack_size numeric not null default 1 check (pack_size > 0),
  -- from the order until the goods are there; null: what the product says of the vendor
  lead_time_days integer check (lead_time_days between 0 and 3650),
  -- whom it is bought from for this warehouse; null: the vendor that the product prefers
  vendor_id uuid,
  version integer not null default 1,
  created_at timestamptz not null,
  primary key (company_id, id),
  foreign key (company_id, product_id) references products on delete cascade,
  foreign key (company_id, warehouse_id) references warehouses on delete cascade,
  foreign key (company_id, vendor_id) references parties on delete set null (vendor_id),
  constraint reorder_levels_maximum check (maximum >= minimum)
);
create unique index reorder_levels_of_product on reorder_levels (company_id, product_id, warehouse_id);
create index reorder_levels_of_warehouse on reorder_levels (company_id, warehouse_id);
create index reorder_levels_of_vendor on reorder_levels (company_id, vendor_id) where vendor_id is not null;
call secure('reorder_levels');

-- What is on order of a product. `kind` never changes, so that what happens to a line leaves this index alone.
create index order_lines_bought on order_lines (company_id, product_id) where kind = 'purchase-order';
