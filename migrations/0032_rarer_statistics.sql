-- Whenever the statistics of a table change, or its dead rows are cleared, every connection plans all statements that
-- touch it anew. The tables that documents are written to change all day, and a day's work on a small company is more
-- than the usual tenth of them: so they are looked at when half of them has changed, and never for less than a thousand
-- rows. What grows from nothing is still looked at each time that it has grown by half (see docs/operations.md).
do $$
declare
  changing text;
begin
  foreach changing in array array['orders', 'order_lines', 'shipments', 'shipment_lines', 'invoices', 'invoice_lines',
    'payments', 'settlements', 'stock_moves', 'stock_levels', 'stock_balances', 'stock_demands', 'events', 'number_counters']
  loop
    execute format('alter table %I set (autovacuum_analyze_scale_factor = 0.5, autovacuum_analyze_threshold = 1000,
      autovacuum_vacuum_threshold = 1000)', changing);
  end loop;
end $$;
