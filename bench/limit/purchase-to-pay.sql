\set party random(1, 1000)
\set p1 random(1, 10000)
\set p2 random(1, 10000)
\set p3 random(1, 10000)
\set p4 random(1, 10000)
\set p5 random(1, 10000)
select bench.make_order('purchase-order', :party::integer, array[:p1, :p2, :p3, :p4, :p5]::integer[], 5.00) as made \gset
select bench.confirm('purchase-order', :made::uuid);
select bench.ship('purchase-order', :made::uuid);
select bench.invoice('purchase-order', :made::uuid) as invoice \gset
select bench.pay('purchase-order', :invoice::uuid);
