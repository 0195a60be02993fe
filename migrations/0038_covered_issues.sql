-- What covering negative stock changed is the cost of the issue that had gone below zero, and a correction of that issue;
-- beside it stands which goods covered it.
alter table stock_value_corrections add column covered_by_id uuid,
  add foreign key (company_id, covered_by_id) references stock_moves (company_id, id);

-- It was recorded against the goods that came, where no cost of sales saw it. Those that came cover the oldest first, so
-- that the last issue before them was surely short: it takes the difference.
update stock_value_corrections c set covered_by_id = c.move_id, move_id = coalesce((
  select m.id from stock_moves m
  where m.company_id = c.company_id and m.product_id = c.product_id and m.from_warehouse_id = c.warehouse_id
    and m.from_seq < i.to_seq and m.reverses_id is null
  order by exists (select from stock_moves u where u.company_id = m.company_id and u.reverses_id = m.id), m.from_seq desc limit 1), c.move_id)
from stock_moves i
where c.cause = 'negative-stock' and i.company_id = c.company_id and i.id = c.move_id;

alter table stock_value_corrections add constraint stock_value_corrections_covered
  check ((cause = 'negative-stock') = (covered_by_id is not null));
create index stock_value_corrections_covered_by on stock_value_corrections (company_id, covered_by_id) where covered_by_id is not null;
