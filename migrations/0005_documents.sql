-- The three families and the money ledger. Quantities of lines: `quantity` in the unit that was entered,
-- everything that is counted afterwards in the product's base unit.

create table orders (
  company_id uuid not null references companies,
  id uuid not null,
  kind text not null check (kind in ('sales-order', 'purchase-order')),
  number text,
  state text not null check (state in ('draft', 'confirmed', 'closed', 'cancelled')),
  party_id uuid not null,
  -- {name, taxNumber, address, email} as they were (R16)
  party jsonb not null,
  warehouse_id uuid not null,
  currency text not null,
  -- company currency for one unit of `currency` on the document date
  exchange_rate numeric not null check (exchange_rate > 0),
  minor_digits smallint not null,
  prices_include_tax boolean not null,
  tax_rounding text not null check (tax_rounding in ('document', 'line')),
  price_book_id uuid,
  date date not null,
  expected_date date,
  reference text,
  notes text,
  payment_term_days integer not null,
  priority integer not null default 0,
  -- null: the company's setting
  back_orders boolean,
  -- document discount (R5); at most one of the two
  discount_percent numeric not null default 0 check (discount_percent between 0 and 100),
  discount_amount numeric not null default 0 check (discount_amount >= 0),
  net numeric not null,
  tax numeric not null,
  gross numeric not null,
  taxes jsonb not null,
  -- derived from the lines by order_fulfilment() and order_invoicing(), for lists
  fulfilment text not null default 'none' check (fulfilment in ('none', 'partial', 'full')),
  invoicing text not null default 'none' check (invoicing in ('none', 'partial', 'full')),
  returned text not null default 'none' check (returned in ('none', 'partial', 'full')),
  reservation_id uuid,
  version integer not null default 1,
  created_at timestamptz not null,
  created_by text not null,
  primary key (company_id, id),
  foreign key (company_id, party_id) references parties,
  foreign key (company_id, warehouse_id) references warehouses,
  foreign key (company_id, currency) references currencies,
  foreign key (company_id, price_book_id) references price_books,
  foreign key (company_id, reservation_id) references stock_reservations,
  check ((number is null) = (state = 'draft') or state = 'cancelled'),
  check (net + tax = gross)
);
create unique index orders_number on orders (company_id, kind, number);
create index orders_list on orders (company_id, kind, id);
create index orders_by_date on orders (company_id, kind, date, id);
create index orders_of_party on orders (company_id, party_id, id);
create index orders_open on orders (company_id, kind, id) where state = 'confirmed';
call secure('orders');

create table order_lines (
  company_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  kind text not null,
  position integer not null,
  product_id uuid,
  stocked boolean not null,
  sku text,
  description text not null,
  unit text not null,
  numerator bigint not null default 1,
  denominator bigint not null default 1,
  quantity numeric not null check (quantity > 0),
  base_quantity numeric not null check (base_quantity > 0),
  unit_price numeric not null,
  discount_percent numeric not null default 0 check (discount_percent between 0 and 100),
  -- where the price came from: 'hand', 'price-book', 'product', 'vendor', 'last'
  price_source text not null default 'hand',
  -- [{id, name, rate, category}] as they were
  taxes jsonb not null,
  -- R2, in the document's price mode (with tax inside when prices include tax), after the document discount
  amount numeric not null,
  net numeric not null,
  tax numeric not null,
  expected_date date,
  tolerance_percent numeric not null default 0,
  reservation_line_id uuid,
  -- base quantities, gross; all guarded below
  shipped numeric not null default 0,
  rejected numeric not null default 0,
  returned numeric not null default 0,
  returned_replace numeric not null default 0,
  invoiced numeric not null default 0,
  credited numeric not null default 0,
  cancelled numeric not null default 0,
  -- amounts of invoices less credits, document currency: the last part takes the remainder (R6)
  invoiced_amount numeric not null default 0,
  limit_quantity numeric not null generated always as (base_quantity * (1 + tolerance_percent / 100)) stored,
  -- still to be delivered or received
  open_quantity numeric not null generated always as
    (case when stocked then greatest(base_quantity - cancelled - shipped + returned_replace, 0) else 0 end) stored,
  -- still to be invoiced
  due_quantity numeric not null generated always as
    (greatest(greatest(base_quantity - cancelled, shipped - returned_replace) - returned - (invoiced - credited), 0)) stored,
  primary key (company_id, id),
  foreign key (company_id, order_id) references orders on delete cascade,
  foreign key (company_id, product_id) references products,
  constraint order_lines_within_tolerance check (shipped - returned_replace <= base_quantity * (1 + tolerance_percent / 100)),
  constraint order_lines_shipped check (shipped >= 0 and rejected between 0 and shipped),
  constraint order_lines_returned check (returned >= 0 and returned_replace >= 0 and returned + returned_replace <= shipped),
  constraint order_lines_invoiced check (kind = 'purchase-order' or invoiced - credited <= greatest(base_quantity * (1 + tolerance_percent / 100), shipped)),
  constraint order_lines_credited check (credited >= 0 and credited <= invoiced),
  constraint order_lines_cancelled check (cancelled between 0 and base_quantity)
);
create index order_lines_of on order_lines (company_id, order_id, position);
create index order_lines_of_product on order_lines (company_id, product_id, order_id);
call secure('order_lines');

create table shipments (
  company_id uuid not null references companies,
  id uuid not null,
  kind text not null check (kind in ('delivery-note', 'receipt-note', 'sales-return', 'purchase-return', 'stock-adjustment', 'stock-transfer')),
  number text,
  state text not null check (state in ('draft', 'posted', 'reversed')),
  -- null for adjustments and transfers
  party_id uuid,
  party jsonb,
  warehouse_id uuid not null,
  to_warehouse_id uuid,
  -- transfers in two steps: goods are in transit between 'posted' and received
  via_transit boolean not null default false,
  take_reservations boolean not null default false,
  order_id uuid,
  -- the delivery or receipt that a return comes from
  source_shipment_id uuid,
  date date not null,
  reference text,
  carrier text,
  tracking text,
  reason text,
  notes text,
  version integer not null default 1,
  created_at timestamptz not null,
  created_by text not null,
  posted_at timestamptz,
  primary key (company_id, id),
  foreign key (company_id, party_id) references parties,
  foreign key (company_id, warehouse_id) references warehouses,
  foreign key (company_id, to_warehouse_id) references warehouses,
  foreign key (company_id, order_id) references orders,
  foreign key (company_id, source_shipment_id) references shipments,
  check (number is not null or state = 'draft')
);
create unique index shipments_number on shipments (company_id, kind, number);
create index shipments_list on shipments (company_id, kind, id);
create index shipments_by_date on shipments (company_id, kind, date, id);
create index shipments_of_party on shipments (company_id, party_id, id) where party_id is not null;
create index shipments_of_order on shipments (company_id, order_id) where order_id is not null;
create index shipments_of_source on shipments (company_id, source_shipment_id) where source_shipment_id is not null;
call secure('shipments');

create table shipment_lines (
  company_id uuid not null,
  id uuid not null,
  shipment_id uuid not null,
  position integer not null,
  product_id uuid not null,
  sku text not null,
  description text not null,
  unit text not null,
  numerator bigint not null,
  denominator bigint not null,
  -- accepted goods (adjustments: the signed change); in the entered unit and in base units
  quantity numeric not null,
  base_quantity numeric not null,
  expected_base_quantity numeric,
  rejected_base_quantity numeric not null default 0 check (rejected_base_quantity >= 0),
  -- a stock count: what was counted, base units; the change follows from it at posting
  counted_quantity numeric check (counted_quantity >= 0),
  reason text,
  disposition text check (disposition in ('restock', 'quarantine', 'scrap')),
  -- R13: the returned quantity is open for delivery again
  replace boolean not null default false,
  warehouse_id uuid not null,
  location_id uuid,
  to_location_id uuid,
  -- [{lotId, number, expiresOn, quantity}], tracked products only
  lots jsonb not null default '[]',
  -- the order line, or the shipment line that goods come back from
  source_line_id uuid,
  order_line_id uuid,
  -- cost of one base unit in company currency for goods that come in without an order; null: the rule's
  unit_cost numeric check (unit_cost >= 0),
  -- base quantities of what followed: goods returned, goods invoiced, goods received out of transit
  returned numeric not null default 0,
  invoiced numeric not null default 0,
  received numeric not null default 0,
  primary key (company_id, id),
  foreign key (company_id, shipment_id) references shipments on delete cascade,
  foreign key (company_id, product_id) references products,
  foreign key (company_id, warehouse_id) references warehouses,
  foreign key (company_id, location_id) references locations,
  foreign key (company_id, to_location_id) references locations,
  foreign key (company_id, order_line_id) references order_lines,
  constraint shipment_lines_returned check (returned >= 0 and returned <= greatest(base_quantity, 0) + rejected_base_quantity),
  constraint shipment_lines_invoiced check (invoiced >= 0),
  constraint shipment_lines_received check (received >= 0 and received <= greatest(base_quantity, 0))
);
create index shipment_lines_of on shipment_lines (company_id, shipment_id, position);
create index shipment_lines_of_source on shipment_lines (company_id, source_line_id) where source_line_id is not null;
create index shipment_lines_of_order_line on shipment_lines (company_id, order_line_id) where order_line_id is not null;
create index shipment_lines_of_product on shipment_lines (company_id, product_id);
create index shipment_lines_counts on shipment_lines (company_id, product_id) where counted_quantity is not null;
call secure('shipment_lines');

create table invoices (
  company_id uuid not null references companies,
  id uuid not null,
  kind text not null check (kind in ('invoice', 'bill', 'credit-note', 'vendor-credit')),
  number text,
  state text not null check (state in ('draft', 'posted', 'cancelled')),
  party_id uuid not null,
  party jsonb not null,
  order_id uuid,
  -- the invoice or bill that a credit corrects
  corrects_id uuid,
  source_shipment_id uuid,
  currency text not null,
  exchange_rate numeric not null check (exchange_rate > 0),
  minor_digits smallint not null,
  prices_include_tax boolean not null,
  tax_rounding text not null check (tax_rounding in ('document', 'line')),
  date date not null,
  due_date date not null,
  -- delivery or advance date where it differs from the issue date
  sale_date date,
  payment_term_days integer not null,
  -- the customer's order number, the vendor's own invoice number
  reference text,
  reason text,
  notes text,
  discount_percent numeric not null default 0 check (discount_percent between 0 and 100),
  discount_amount numeric not null default 0 check (discount_amount >= 0),
  net numeric not null,
  tax numeric not null,
  gross numeric not null,
  taxes jsonb not null,
  -- gross in company currency at the document's rate
  base_gross numeric not null,
  -- settled by payments and credits (invoice, bill); applied or refunded (credits). Document currency.
  settled numeric not null default 0,
  -- of `settled`: by credit notes; by refunds of this document
  credited numeric not null default 0,
  refunded numeric not null default 0,
  -- payments on account to settle with at posting: [{paymentId, amount}]
  advances jsonb not null default '[]',
  -- a decision on three-way differences: {reason, by, at}
  match_decision jsonb,
  version integer not null default 1,
  created_at timestamptz not null,
  created_by text not null,
  posted_at timestamptz,
  primary key (company_id, id),
  foreign key (company_id, party_id) references parties,
  foreign key (company_id, order_id) references orders,
  foreign key (company_id, corrects_id) references invoices,
  foreign key (company_id, source_shipment_id) references shipments,
  foreign key (company_id, currency) references currencies,
  check ((number is null) = (state = 'draft') or state = 'cancelled'),
  check (net + tax = gross),
  constraint invoices_settled check (case when gross >= 0 then settled between 0 and gross else settled = 0 end)
);
create unique index invoices_number on invoices (company_id, kind, number);
create index invoices_list on invoices (company_id, kind, id);
create index invoices_by_date on invoices (company_id, kind, date, id);
create index invoices_of_party on invoices (company_id, party_id, id);
create index invoices_of_order on invoices (company_id, order_id) where order_id is not null;
create index invoices_of_source_shipment on invoices (company_id, source_shipment_id) where source_shipment_id is not null;
create index invoices_of_corrected on invoices (company_id, corrects_id) where corrects_id is not null;
create index invoices_open on invoices (company_id, kind, due_date, id) where state = 'posted' and settled < gross;
call secure('invoices');

create table invoice_lines (
  company_id uuid not null,
  id uuid not null,
  invoice_id uuid not null,
  kind text not null,
  position integer not null,
  -- item: goods or service; advance: a down payment; deduction: an advance taken off; amount: a correction in money only
  type text not null default 'item' check (type in ('item', 'advance', 'deduction', 'amount')),
  product_id uuid,
  stocked boolean not null,
  sku text,
  description text not null,
  unit text not null,
  numerator bigint not null default 1,
  denominator bigint not null default 1,
  quantity numeric not null,
  base_quantity numeric not null,
  unit_price numeric not null,
  discount_percent numeric not null default 0 check (discount_percent between 0 and 100),
  taxes jsonb not null,
  amount numeric not null,
  net numeric not null,
  tax numeric not null,
  -- the line that this one was made from: of an order, a shipment, or (credits, deductions) an invoice
  source_line_id uuid,
  order_line_id uuid,
  shipment_line_id uuid,
  corrects_line_id uuid,
  -- of the line corrected: what posted credits took
  credited numeric not null default 0,
  credited_amount numeric not null default 0,
  credited_tax numeric not null default 0,
  -- of an advance line: what posted final invoices took off
  deducted_amount numeric not null default 0,
  primary key (company_id, id),
  foreign key (company_id, invoice_id) references invoices on delete cascade,
  foreign key (company_id, product_id) references products,
  foreign key (company_id, order_line_id) references order_lines,
  foreign key (company_id, shipment_line_id) references shipment_lines,
  foreign key (company_id, corrects_line_id) references invoice_lines,
  constraint invoice_lines_credited check (abs(credited) <= abs(base_quantity) and credited * base_quantity >= 0),
  constraint invoice_lines_credited_amount check (abs(credited_amount) <= abs(amount) and credited_amount * amount >= 0),
  constraint invoice_lines_deducted check (deducted_amount >= 0 and deducted_amount <= greatest(amount, 0))
);
create index invoice_lines_of on invoice_lines (company_id, invoice_id, position);
create index invoice_lines_of_order_line on invoice_lines (company_id, order_line_id) where order_line_id is not null;
create index invoice_lines_of_shipment_line on invoice_lines (company_id, shipment_line_id) where shipment_line_id is not null;
create index invoice_lines_of_corrected on invoice_lines (company_id, corrects_line_id) where corrects_line_id is not null;
create index invoice_lines_of_product on invoice_lines (company_id, product_id) where product_id is not null;
call secure('invoice_lines');

create table payments (
  company_id uuid not null references companies,
  id uuid not null,
  number text,
  state text not null check (state in ('draft', 'posted', 'cancelled')),
  direction text not null check (direction in ('in', 'out')),
  -- customer: receivables; vendor: payables
  side text not null check (side in ('customer', 'vendor')),
  party_id uuid not null,
  party jsonb not null,
  amount numeric not null check (amount > 0),
  currency text not null,
  exchange_rate numeric not null check (exchange_rate > 0),
  base_amount numeric not null,
  date date not null,
  method text not null,
  reference text,
  notes text,
  -- cash paid above (+) or below (-) what was due by coin rounding; not part of what can be allocated
  rounding numeric not null default 0,
  -- allocated to invoices, credits and refunds, in the payment's currency
  settled numeric not null default 0,
  -- what a draft will be allocated to: [{invoiceId, amount}]
  planned jsonb not null default '[]',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by text not null,
  posted_at timestamptz,
  primary key (company_id, id),
  foreign key (company_id, party_id) references parties,
  foreign key (company_id, currency) references currencies,
  check (number is not null or state <> 'posted'),
  constraint payments_settled check (settled between 0 and amount - rounding)
);
create unique index payments_number on payments (company_id, number);
create index payments_by_date on payments (company_id, date, id);
create index payments_of_party on payments (company_id, party_id, id);
create index payments_left on payments (company_id, party_id) where state = 'posted' and settled < amount - rounding;
call secure('payments');

-- The money ledger's links: which payment or credit settles which claim, append-only. A claim is an
-- invoice or bill, or the refund payment that a credit or an overpayment pays out.
create table settlements (
  company_id uuid not null references companies,
  id uuid not null,
  claim_invoice_id uuid,
  claim_payment_id uuid,
  by_credit_id uuid,
  by_payment_id uuid,
  -- in the claim's currency; negative undoes an earlier one
  claim_amount numeric not null check (claim_amount <> 0),
  -- in the currency of the payment or credit
  by_amount numeric not null check (by_amount <> 0),
  -- company currency: gain (+) or loss (-) between the two documents' rates
  exchange_difference numeric not null default 0,
  reverses_id uuid,
  date date not null,
  posted_at timestamptz not null,
  primary key (company_id, id),
  foreign key (company_id, claim_invoice_id) references invoices,
  foreign key (company_id, claim_payment_id) references payments,
  foreign key (company_id, by_credit_id) references invoices,
  foreign key (company_id, by_payment_id) references payments,
  check (num_nonnulls(claim_invoice_id, claim_payment_id) = 1),
  check (num_nonnulls(by_credit_id, by_payment_id) = 1),
  check ((claim_amount < 0) = (reverses_id is not null) and (by_amount < 0) = (claim_amount < 0))
);
create index settlements_of_claim_invoice on settlements (company_id, claim_invoice_id) where claim_invoice_id is not null;
create index settlements_of_claim_payment on settlements (company_id, claim_payment_id) where claim_payment_id is not null;
create index settlements_by_credit on settlements (company_id, by_credit_id) where by_credit_id is not null;
create index settlements_by_payment on settlements (company_id, by_payment_id) where by_payment_id is not null;
create unique index settlements_reversed_once on settlements (company_id, reverses_id) where reverses_id is not null;
call secure('settlements', ledger => true);

-- Statuses from lines and amounts; one function each, used by lists, documents and `zapas check`.

-- R12: line by line, services do not wait for goods.
create function order_fulfilment(company uuid, order_key uuid, state text) returns text language sql stable
  return (select case
      when state in ('draft', 'cancelled') then 'none'
      when not bool_or(l.stocked) then 'full'
      when not bool_or(l.shipped > 0) then 'none'
      when bool_and(l.open_quantity = 0) filter (where l.stocked) then 'full'
      else 'partial' end
    from order_lines l where l.company_id = company and l.order_id = order_key);

create function order_invoicing(company uuid, order_key uuid) returns text language sql stable
  return (select case
      when bool_and(l.due_quantity = 0) and bool_or(l.invoiced > 0) then 'full'
      when bool_or(l.invoiced > l.credited) then 'partial'
      else 'none' end
    from order_lines l where l.company_id = company and l.order_id = order_key);

create function order_returned(company uuid, order_key uuid) returns text language sql stable
  return (select case
      when not bool_or(l.returned + l.returned_replace > 0) then 'none'
      when bool_and(l.returned + l.returned_replace = l.shipped) filter (where l.shipped > 0) then 'full'
      else 'partial' end
    from order_lines l where l.company_id = company and l.order_id = order_key);

-- `today` is the company's calendar date (R14): overdue begins the day after the due date.
create function invoice_payment_status(kind text, state text, gross numeric, settled numeric, due_date date, today date)
  returns text language sql immutable parallel safe
  return case
    when state <> 'posted' then null
    when settled >= greatest(gross, 0) then case when kind in ('credit-note', 'vendor-credit') then 'redeemed' else 'paid' end
    when kind in ('invoice', 'bill') and due_date < today then 'overdue'
    when settled > 0 then 'partial'
    else 'open' end;

-- A customer's login: its own posted documents and nothing else.
grant select on orders, order_lines, shipments, shipment_lines, invoices, invoice_lines, payments, settlements, parties, companies, currencies, events to zapas_portal;
create policy portal on companies to zapas_portal using (company_id = current_company());
create policy portal on currencies to zapas_portal using (company_id = current_company());
create policy portal on parties to zapas_portal using (company_id = current_company() and id = current_party());
create policy portal on orders to zapas_portal using (company_id = current_company() and party_id = current_party() and kind = 'sales-order' and state <> 'draft');
create policy portal on order_lines to zapas_portal using (company_id = current_company() and exists (select from orders o where o.company_id = order_lines.company_id and o.id = order_lines.order_id));
create policy portal on shipments to zapas_portal using (company_id = current_company() and party_id = current_party() and kind in ('delivery-note', 'sales-return') and state = 'posted');
create policy portal on shipment_lines to zapas_portal using (company_id = current_company() and exists (select from shipments s where s.company_id = shipment_lines.company_id and s.id = shipment_lines.shipment_id));
create policy portal on invoices to zapas_portal using (company_id = current_company() and party_id = current_party() and kind in ('invoice', 'credit-note') and state = 'posted');
create policy portal on invoice_lines to zapas_portal using (company_id = current_company() and exists (select from invoices i where i.company_id = invoice_lines.company_id and i.id = invoice_lines.invoice_id));
create policy portal on payments to zapas_portal using (company_id = current_company() and party_id = current_party() and side = 'customer' and state = 'posted');
create policy portal on settlements to zapas_portal using (company_id = current_company() and (
  exists (select from invoices i where i.company_id = settlements.company_id and i.id in (claim_invoice_id, by_credit_id))
  or exists (select from payments p where p.company_id = settlements.company_id and p.id in (claim_payment_id, by_payment_id))));
create policy portal on events to zapas_portal using (false);
