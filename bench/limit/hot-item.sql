\set party random(1, 1000)
select bench.reserve(:party::integer, 1);
