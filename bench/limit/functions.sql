-- The limit that Zapas is measured against: the same rows as its five actions write, by hand-made functions in
-- the database itself, as its owner (no row-level security, no HTTP, no checks beyond constraints, no answer to
-- build). Tables, constraints and indexes are those of Zapas. Each function is one transaction under pgbench.

create schema bench;

create table bench.products as
  select row_number() over (order by p.id)::int as n, p.company_id, p.id, p.sku, p.name, p.unit from products p;
create unique index on bench.products (n);
create table bench.parties as
  select row_number() over (partition by r.role order by p.id)::int as n, r.role, p.id,
    jsonb_build_object('name', p.name, 'taxNumber', null, 'email', null, 'address', '{}'::jsonb) as snapshot
  from parties p cross join lateral (select case when p.customer then 'customer' else 'vendor' end as role) r;
create unique index on bench.parties (role, n);
create table bench.place as
  select w.company_id, w.id as warehouse_id,
    (select l.id from locations l where l.company_id = w.company_id and l.warehouse_id = w.id and l.type = 'stock' and l.is_default) as stock_id,
    (select l.id from locations l where l.company_id = w.company_id and l.type = 'customer') as customer_id,
    (select l.id from locations l where l.company_id = w.company_id and l.type = 'supplier') as supplier_id
  from warehouses w;
analyze bench.products, bench.parties, bench.place;

create function bench.event(company uuid, what text, kind text, object uuid, state text) returns void language sql as $$
  insert into events (company_id, id, at, actor_type, actor_id, actor_name, type, object_kind, object_id, before, after, request_id)
  values (company, uuidv7(), now(), 'key', 'bench', 'bench', what, kind, object, jsonb_build_object('state', 'draft'), jsonb_build_object('state', state), 'bench')
$$;

create function bench.make_order(order_kind text, party integer, goods integer[], price numeric) returns uuid language plpgsql as $$
declare
  p bench.place; made uuid := uuidv7(); total numeric := price * 2 * cardinality(goods);
begin
  select * into p from bench.place;
  insert into orders (company_id, id, kind, state, party_id, party, warehouse_id, currency, exchange_rate, minor_digits,
    prices_include_tax, tax_rounding, date, payment_term_days, net, tax, gross, taxes, created_at, created_by)
  select p.company_id, made, order_kind, 'draft', b.id, b.snapshot, p.warehouse_id, 'USD', 1, 2, false, 'document',
    current_date, 30, total, 0, total, '[]', now(), 'bench'
  from bench.parties b where b.role = case order_kind when 'sales-order' then 'customer' else 'vendor' end and b.n = party;
  insert into order_lines (company_id, id, order_id, kind, position, product_id, stocked, sku, description, unit, quantity,
    base_quantity, unit_price, taxes, amount, net, tax)
  select p.company_id, uuidv7(), made, order_kind, g.position, b.id, true, b.sku, b.name, b.unit, 2, 2, price, '[]', price * 2, price * 2, 0
  from unnest(goods) with ordinality as g(n, position) join bench.products b on b.n = g.n;
  perform bench.event(p.company_id, order_kind || '.created', order_kind, made, 'draft');
  return made;
end $$;

create function bench.confirm(order_kind text, made uuid) returns void language plpgsql as $$
declare
  p bench.place; confirmed integer;
begin
  select * into p from bench.place;
  perform from orders where company_id = p.company_id and id = made and state = 'draft' for no key update;
  perform from stock_levels l where l.company_id = p.company_id and l.warehouse_id = p.warehouse_id
    and l.product_id = any(array(select product_id from order_lines where company_id = p.company_id and order_id = made))
    order by l.product_id for no key update;
  if order_kind = 'sales-order' then
    update stock_levels l set reserved = l.reserved + d.quantity, outgoing = l.outgoing + d.quantity
    from (select product_id, sum(base_quantity) as quantity from order_lines where company_id = p.company_id and order_id = made group by 1) d
    where l.company_id = p.company_id and l.product_id = d.product_id and l.warehouse_id = p.warehouse_id;
    insert into stock_demands (company_id, source_line_id, warehouse_id, product_id, type, wanted, reserved, due_on, created_at)
    select company_id, id, p.warehouse_id, product_id, 'order', base_quantity, base_quantity, current_date, now()
    from order_lines where company_id = p.company_id and order_id = made;
  else
    update stock_levels l set incoming = l.incoming + d.quantity
    from (select product_id, sum(base_quantity) as quantity from order_lines where company_id = p.company_id and order_id = made group by 1) d
    where l.company_id = p.company_id and l.product_id = d.product_id and l.warehouse_id = p.warehouse_id;
  end if;
  perform bench.event(p.company_id, order_kind || '.confirmed', order_kind, made, 'confirmed');
  update orders set state = 'confirmed', version = version + 1, number = take_number(p.company_id, order_kind, date)
  where company_id = p.company_id and id = made;
end $$;

-- A delivery note or a receipt note of the whole order, made and posted.
create function bench.ship(order_kind text, of_order uuid) returns void language plpgsql as $$
declare
  p bench.place; made uuid := uuidv7(); sells boolean := order_kind = 'sales-order';
  shipment_kind text := case when sells then 'delivery-note' else 'receipt-note' end;
begin
  select * into p from bench.place;
  perform from orders where company_id = p.company_id and id = of_order and state = 'confirmed' for no key update;
  insert into shipments (company_id, id, kind, state, party_id, party, warehouse_id, order_id, date, created_at, created_by)
  select company_id, made, shipment_kind, 'draft', party_id, party, warehouse_id, id, date, now(), 'bench'
  from orders where company_id = p.company_id and id = of_order;
  insert into shipment_lines (company_id, id, shipment_id, position, product_id, sku, description, unit, numerator, denominator,
    quantity, base_quantity, expected_base_quantity, warehouse_id, source_line_id, order_line_id)
  select company_id, uuidv7(), made, position, product_id, sku, description, unit, numerator, denominator, quantity, base_quantity,
    base_quantity, p.warehouse_id, id, id
  from order_lines where company_id = p.company_id and order_id = of_order;
  perform bench.event(p.company_id, shipment_kind || '.created', shipment_kind, made, 'draft');
  perform from stock_levels l where l.company_id = p.company_id and l.warehouse_id = p.warehouse_id
    and l.product_id = any(array(select product_id from shipment_lines where company_id = p.company_id and shipment_id = made))
    order by l.product_id for no key update;
  insert into stock_moves (company_id, id, product_id, from_location_id, to_location_id, from_warehouse_id, to_warehouse_id,
    quantity, value, from_seq, to_seq, date, posted_at, shipment_id, shipment_line_id)
  select s.company_id, uuidv7(), s.product_id,
    case when sells then p.stock_id else p.supplier_id end, case when sells then p.customer_id else p.stock_id end,
    case when sells then p.warehouse_id end, case when sells then null else p.warehouse_id end,
    s.base_quantity, round(l.value / l.on_hand * s.base_quantity, 6),
    case when sells then l.last_seq + row_number() over same end, case when sells then null else l.last_seq + row_number() over same end,
    current_date, now(), made, s.id
  from shipment_lines s join stock_levels l on l.company_id = s.company_id and l.product_id = s.product_id and l.warehouse_id = s.warehouse_id
  where s.company_id = p.company_id and s.shipment_id = made
  window same as (partition by s.product_id order by s.position);
  if sells then
    update stock_levels l set on_hand = l.on_hand - d.quantity, reserved = l.reserved - d.quantity, outgoing = l.outgoing - d.quantity,
      value = l.value - d.value, last_seq = l.last_seq + d.moves
    from (select product_id, sum(quantity) as quantity, sum(value) as value, count(*) as moves from stock_moves where company_id = p.company_id and shipment_id = made group by 1) d
    where l.company_id = p.company_id and l.product_id = d.product_id and l.warehouse_id = p.warehouse_id;
    delete from stock_demands where company_id = p.company_id
      and source_line_id = any(array(select id from order_lines where company_id = p.company_id and order_id = of_order));
  else
    update stock_levels l set on_hand = l.on_hand + d.quantity, incoming = l.incoming - d.quantity, value = l.value + d.value, last_seq = l.last_seq + d.moves
    from (select product_id, sum(quantity) as quantity, sum(value) as value, count(*) as moves from stock_moves where company_id = p.company_id and shipment_id = made group by 1) d
    where l.company_id = p.company_id and l.product_id = d.product_id and l.warehouse_id = p.warehouse_id;
  end if;
  update stock_balances b set quantity = b.quantity + case when sells then -d.quantity else d.quantity end
  from (select product_id, sum(quantity) as quantity from stock_moves where company_id = p.company_id and shipment_id = made group by 1) d
  where b.company_id = p.company_id and b.product_id = d.product_id and b.location_id = p.stock_id and b.lot_id is null;
  update order_lines l set shipped = l.shipped + l.base_quantity where l.company_id = p.company_id and l.order_id = of_order;
  update orders o set version = o.version + 1, fulfilment = order_fulfilment(o.company_id, o.id, o.state)
  where o.company_id = p.company_id and o.id = of_order;
  perform bench.event(p.company_id, shipment_kind || '.posted', shipment_kind, made, 'posted');
  update shipments set state = 'posted', version = version + 1, posted_at = now(), number = take_number(p.company_id, shipment_kind, date)
  where company_id = p.company_id and id = made;
end $$;

-- An invoice or bill of the whole order, made and posted.
create function bench.invoice(order_kind text, of_order uuid) returns uuid language plpgsql as $$
declare
  p bench.place; made uuid := uuidv7();
  invoice_kind text := case order_kind when 'sales-order' then 'invoice' else 'bill' end;
begin
  select * into p from bench.place;
  perform from orders where company_id = p.company_id and id = of_order and state = 'confirmed' for no key update;
  insert into invoices (company_id, id, kind, state, party_id, party, order_id, currency, exchange_rate, minor_digits, prices_include_tax,
    tax_rounding, date, due_date, payment_term_days, net, tax, gross, taxes, base_gross, created_at, created_by)
  select company_id, made, invoice_kind, 'draft', party_id, party, id, currency, exchange_rate, minor_digits, prices_include_tax,
    tax_rounding, date, date + payment_term_days, payment_term_days, net, tax, gross, taxes, gross, now(), 'bench'
  from orders where company_id = p.company_id and id = of_order;
  insert into invoice_lines (company_id, id, invoice_id, kind, position, product_id, stocked, sku, description, unit, quantity,
    base_quantity, unit_price, taxes, amount, net, tax, source_line_id, order_line_id)
  select company_id, uuidv7(), made, invoice_kind, position, product_id, stocked, sku, description, unit, quantity, base_quantity,
    unit_price, taxes, amount, net, tax, id, id
  from order_lines where company_id = p.company_id and order_id = of_order;
  perform bench.event(p.company_id, invoice_kind || '.created', invoice_kind, made, 'draft');
  update order_lines l set invoiced = l.invoiced + l.base_quantity, invoiced_amount = l.invoiced_amount + l.amount
  where l.company_id = p.company_id and l.order_id = of_order;
  if invoice_kind = 'bill' then
    update shipment_lines s set invoiced = s.invoiced + s.base_quantity, invoiced_value = s.invoiced_value + l.amount
    from order_lines l where l.company_id = p.company_id and l.order_id = of_order and s.company_id = l.company_id and s.order_line_id = l.id;
  end if;
  update orders o set version = o.version + 1, invoicing = order_invoicing(o.company_id, o.id)
  where o.company_id = p.company_id and o.id = of_order;
  perform bench.event(p.company_id, invoice_kind || '.posted', invoice_kind, made, 'posted');
  update invoices set state = 'posted', version = version + 1, posted_at = now(), number = take_number(p.company_id, invoice_kind, date)
  where company_id = p.company_id and id = made;
  return made;
end $$;

create function bench.pay(order_kind text, of_invoice uuid) returns void language plpgsql as $$
declare
  p bench.place; made uuid := uuidv7(); sells boolean := order_kind = 'sales-order';
begin
  select * into p from bench.place;
  perform from invoices where company_id = p.company_id and id = of_invoice and state = 'posted' for no key update;
  insert into payments (company_id, id, state, direction, side, party_id, party, amount, currency, exchange_rate, base_amount, date, method, created_at, created_by)
  select company_id, made, 'draft', case when sells then 'in' else 'out' end, case when sells then 'customer' else 'vendor' end,
    party_id, party, gross, currency, 1, gross, current_date, 'card', now(), 'bench'
  from invoices where company_id = p.company_id and id = of_invoice;
  insert into settlements (company_id, id, claim_invoice_id, by_payment_id, claim_amount, by_amount, date, posted_at)
  select company_id, uuidv7(), of_invoice, made, amount, amount, date, now() from payments where company_id = p.company_id and id = made;
  update invoices set settled = settled + gross, version = version + 1 where company_id = p.company_id and id = of_invoice;
  update payments set settled = amount, version = version + 1 where company_id = p.company_id and id = made;
  perform bench.event(p.company_id, 'payment.posted', 'payment', made, 'posted');
  update payments set state = 'posted', posted_at = now(), number = take_number(p.company_id, 'payment', date) where company_id = p.company_id and id = made;
end $$;

-- The hot item: the conditional update that a reservation comes down to, and the reservation's own rows.
create function bench.reserve(party integer, product integer) returns void language plpgsql as $$
declare
  p bench.place; made uuid := uuidv7(); line uuid := uuidv7(); g bench.products;
begin
  select * into p from bench.place;
  select * into g from bench.products where n = product;
  insert into stock_reservations (company_id, id, party_id, warehouse_id, state, reserve_until, created_at, created_by)
  select p.company_id, made, b.id, p.warehouse_id, 'active', now() + interval '1 day', now(), 'bench'
  from bench.parties b where b.role = 'customer' and b.n = party;
  insert into stock_reservation_lines (company_id, id, reservation_id, position, product_id, sku, description, unit, numerator, denominator, quantity, base_quantity)
  values (p.company_id, line, made, 1, g.id, g.sku, g.name, g.unit, 1, 1, 1, 1);
  update stock_levels set reserved = reserved + 1, outgoing = outgoing
  where company_id = p.company_id and product_id = g.id and warehouse_id = p.warehouse_id and on_hand - reserved >= 1;
  if not found then raise exception 'not available'; end if;
  insert into stock_demands (company_id, source_line_id, warehouse_id, product_id, type, wanted, reserved, due_on, expires_at, created_at)
  values (p.company_id, line, p.warehouse_id, g.id, 'reservation', 1, 1, current_date, now() + interval '1 day', now());
  perform bench.event(p.company_id, 'stock-reservation.created', 'stock-reservation', made, 'active');
  update stock_reservations set number = take_number(p.company_id, 'stock-reservation', current_date) where company_id = p.company_id and id = made;
end $$;
