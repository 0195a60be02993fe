\set party random(1, 1000)
\set p1 random(1, 10000)
\set p2 random(1, 10000)
\set p3 random(1, 10000)
\set p4 random(1, 10000)
\set p5 random(1, 10000)
select bench.make_order('sales-order', :party::integer, array[:p1, :p2, :p3, :p4, :p5]::integer[], 10.00) as made \gset
select bench.confirm('sales-order', :made::uuid);
select bench.ship('sales-order', :made::uuid);
select bench.invoice('sales-order', :made::uuid) as invoice \gset
select bench.pay('sales-order', :invoice::uuid);
