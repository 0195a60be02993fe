-- The stock ledger and what is derived from it. Only src/stock writes these tables.

create table stock_moves (
  company_id uuid not null,
  id uuid not null,
  product_id uuid not null,
  lot_id uuid,
  from_location_id uuid not null,
  to_location_id uuid not null,
  -- of the locations; null for virtual ones
  from_warehouse_id uuid,
  to_warehouse_id uuid,
  quantity numeric not null check (quantity > 0),
  -- in company currency at the moment of posting; later corrections stand in stock_value_corrections
  value numeric not null,
  -- place in the valuation history of the pool (product, warehouse) that it left or entered; null when the pool is not touched
  from_seq bigint,
  to_seq bigint,
  date date not null,
  posted_at timestamptz not null,
  shipment_id uuid not null,
  shipment_line_id uuid not null,
  -- the move that this one undoes, or (sales return) the delivery move whose goods come back
  reverses_id uuid,
  returns_id uuid,
  primary key (company_id, id),
  foreign key (company_id, product_id) references products,
  foreign key (company_id, lot_id) references lots,
  foreign key (company_id, from_location_id) references locations,
  foreign key (company_id, to_location_id) references locations,
  check (from_location_id <> to_location_id)
);
create unique index stock_moves_from_seq on stock_moves (company_id, product_id, from_warehouse_id, from_seq) where from_seq is not null;
create unique index stock_moves_to_seq on stock_moves (company_id, product_id, to_warehouse_id, to_seq) where to_seq is not null;
create index stock_moves_of_shipment on stock_moves (company_id, shipment_id);
-- a move is undone once
create unique index stock_moves_reversed_once on stock_moves (company_id, reverses_id) where reverses_id is not null;
call secure('stock_moves', ledger => true);

-- Later changes of a move's value: a bill with another price, goods sold before they came.
create table stock_value_corrections (
  company_id uuid not null,
  id uuid not null,
  move_id uuid not null,
  product_id uuid not null,
  -- the pool whose value changes, and on which side the move stands there
  warehouse_id uuid not null,
  direction text not null check (direction in ('in', 'out')),
  -- change of the move's value; the pool gains it for 'in' and loses it for 'out'
  value_change numeric not null check (value_change <> 0),
  cause text not null check (cause in ('bill', 'negative-stock', 'reversal')),
  invoice_line_id uuid,
  date date not null,
  posted_at timestamptz not null,
  primary key (company_id, id),
  foreign key (company_id, move_id) references stock_moves
);
create index stock_value_corrections_of_move on stock_value_corrections (company_id, move_id);
create index stock_value_corrections_of_pool on stock_value_corrections (company_id, product_id, warehouse_id);
call secure('stock_value_corrections', ledger => true);

-- One row per product and warehouse: the sums of the ledger, the promises on it, and the lock of both.
create table stock_levels (
  company_id uuid not null,
  product_id uuid not null,
  warehouse_id uuid not null,
  -- in stock locations; goods in quarantine are counted apart and never available
  on_hand numeric not null default 0,
  quarantined numeric not null default 0,
  -- held for orders and reservations
  reserved numeric not null default 0,
  -- open on confirmed purchase orders
  incoming numeric not null default 0,
  -- open on confirmed sales orders, reserved or waiting
  outgoing numeric not null default 0,
  -- value of on hand and quarantine together, company currency (the pool of the moving average, R8)
  value numeric not null default 0,
  -- number of moves in the pool's valuation history
  last_seq bigint not null default 0,
  -- of the warehouse, kept here so that the database itself refuses negative stock
  allow_negative boolean not null,
  primary key (company_id, product_id, warehouse_id),
  foreign key (company_id, product_id) references products,
  foreign key (company_id, warehouse_id) references warehouses,
  constraint stock_levels_not_negative check (allow_negative or on_hand >= 0),
  constraint stock_levels_not_oversold check (allow_negative or reserved <= on_hand),
  constraint stock_levels_quarantine check (quarantined >= 0),
  constraint stock_levels_reserved check (reserved >= 0),
  constraint stock_levels_incoming check (incoming >= 0),
  constraint stock_levels_outgoing check (outgoing >= 0),
  constraint stock_levels_value check (value >= 0 or on_hand + quarantined < 0),
  constraint stock_levels_empty check (value = 0 or on_hand + quarantined <> 0)
);
create index stock_levels_of_warehouse on stock_levels (company_id, warehouse_id, product_id);
call secure('stock_levels');

-- On hand per product, physical location and lot.
create table stock_balances (
  company_id uuid not null,
  product_id uuid not null,
  warehouse_id uuid not null,
  location_id uuid not null,
  lot_id uuid,
  quantity numeric not null,
  serial boolean not null,
  allow_negative boolean not null,
  foreign key (company_id, product_id) references products,
  foreign key (company_id, location_id) references locations,
  foreign key (company_id, lot_id) references lots,
  constraint stock_balances_not_negative check ((allow_negative and not serial) or quantity >= 0),
  constraint stock_balances_serial_once check (not serial or quantity between 0 and 1)
);
create unique index stock_balances_key on stock_balances (company_id, product_id, location_id, lot_id) nulls not distinct;
create index stock_balances_of_lot on stock_balances (company_id, lot_id) where lot_id is not null;
-- a serial number lies in one place
create unique index stock_balances_serial_place on stock_balances (company_id, lot_id) where serial and quantity > 0;
call secure('stock_balances');

-- What an order line or a reservation line wants from a warehouse, and how much of it is held.
create table stock_demands (
  company_id uuid not null,
  source_line_id uuid not null,
  warehouse_id uuid not null,
  product_id uuid not null,
  type text not null check (type in ('order', 'reservation')),
  wanted numeric not null check (wanted >= 0),
  reserved numeric not null check (reserved >= 0 and reserved <= wanted),
  -- allocation order when goods arrive: higher priority first, then the earlier date, then the earlier line
  priority integer not null default 0,
  due_on date not null,
  -- a hold that ends by itself (R11); null: until delivered or cancelled
  expires_at timestamptz,
  created_at timestamptz not null,
  primary key (company_id, source_line_id, warehouse_id),
  foreign key (company_id, product_id, warehouse_id) references stock_levels
);
create index stock_demands_of_level on stock_demands (company_id, product_id, warehouse_id);
create index stock_demands_expiring on stock_demands (company_id, expires_at) where expires_at is not null;
call secure('stock_demands');

-- Which lots or serial numbers a demand holds (tracked products only); they add up to its `reserved`.
create table stock_lot_holds (
  company_id uuid not null,
  source_line_id uuid not null,
  warehouse_id uuid not null,
  lot_id uuid not null,
  product_id uuid not null,
  quantity numeric not null check (quantity > 0),
  primary key (company_id, source_line_id, warehouse_id, lot_id),
  foreign key (company_id, source_line_id, warehouse_id) references stock_demands on delete cascade,
  foreign key (company_id, lot_id) references lots
);
create index stock_lot_holds_of_lot on stock_lot_holds (company_id, lot_id);
call secure('stock_lot_holds');

-- What is left of each receipt of a FIFO product, oldest first.
create table stock_layers (
  company_id uuid not null,
  product_id uuid not null,
  warehouse_id uuid not null,
  seq bigint not null,
  move_id uuid not null,
  quantity_left numeric not null check (quantity_left >= 0),
  value_left numeric not null,
  primary key (company_id, product_id, warehouse_id, seq),
  foreign key (company_id, move_id) references stock_moves
);
call secure('stock_layers');

-- A dated hold for a customer.
create table stock_reservations (
  company_id uuid not null,
  id uuid not null,
  number text,
  party_id uuid not null,
  warehouse_id uuid not null,
  state text not null check (state in ('active', 'released', 'ordered')),
  reserve_until timestamptz not null,
  reference text,
  notes text,
  order_id uuid,
  version integer not null default 1,
  created_at timestamptz not null,
  created_by text not null,
  primary key (company_id, id),
  foreign key (company_id, party_id) references parties,
  foreign key (company_id, warehouse_id) references warehouses
);
create unique index stock_reservations_number on stock_reservations (company_id, number);
create index stock_reservations_of_party on stock_reservations (company_id, party_id, id);
call secure('stock_reservations');

create table stock_reservation_lines (
  company_id uuid not null,
  id uuid not null,
  reservation_id uuid not null,
  position integer not null,
  product_id uuid not null,
  sku text not null,
  description text not null,
  unit text not null,
  numerator bigint not null,
  denominator bigint not null,
  quantity numeric not null check (quantity > 0),
  base_quantity numeric not null check (base_quantity > 0),
  primary key (company_id, id),
  foreign key (company_id, reservation_id) references stock_reservations,
  foreign key (company_id, product_id) references products
);
create index stock_reservation_lines_of on stock_reservation_lines (company_id, reservation_id, position);
call secure('stock_reservation_lines');
