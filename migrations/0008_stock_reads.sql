-- What lists, explanations and chains of the stock room read by, and what is left of a reservation.

-- the ledger of a product or of a lot, newest first
create index stock_moves_of_product on stock_moves (company_id, product_id, id);
create index stock_moves_of_lot on stock_moves (company_id, lot_id, id) where lot_id is not null;
-- what of a delivery came back
create index stock_moves_of_return on stock_moves (company_id, returns_id) where returns_id is not null;

-- holds that end by themselves, on the level that they stand on
create index stock_demands_expiring_of_level on stock_demands (company_id, product_id, warehouse_id) where expires_at is not null;

-- lots that may be expired (S31)
create index lots_expiring on lots (company_id, product_id, expires_on) where expires_on is not null;

-- base quantities that the customer gave back, or that a confirmed order took over; the rest is what is reserved
alter table stock_reservation_lines
  add column released numeric not null default 0 check (released >= 0),
  add column ordered numeric not null default 0 check (ordered >= 0),
  add constraint stock_reservation_lines_left check (released + ordered <= base_quantity);

-- the end that was written to the history when it came; another one after the reservation was extended
alter table stock_reservations add column expiry_noted timestamptz;
create index stock_reservations_to_note on stock_reservations (company_id, reserve_until)
  where state = 'active' and expiry_noted is distinct from reserve_until;

create index orders_of_reservation on orders (company_id, reservation_id) where reservation_id is not null;
