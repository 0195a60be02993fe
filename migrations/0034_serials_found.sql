-- A serial number comes in once: from a supplier, or found by an adjustment (opening stock is such a one). It may go
-- back to a supplier however it came, so that one which a customer brought by hand may have gone more often than it came.
alter table lots drop constraint lots_serial_received_once;

-- One that came in twice, when found ones did not count, is left at once; `zapas check` tells of it.
update lots t set received = case when t.serial then least(t.received + f.found, 1) else t.received + f.found end
from (
  select m.company_id, m.lot_id, sum(case a.type when 'adjustment' then m.quantity else 0 end)
      - sum(case b.type when 'adjustment' then m.quantity else 0 end) as found
  from stock_moves m
  join locations a on a.company_id = m.company_id and a.id = m.from_location_id
  join locations b on b.company_id = m.company_id and b.id = m.to_location_id
  where m.lot_id is not null and 'adjustment' in (a.type, b.type)
  group by m.company_id, m.lot_id
) f
where t.company_id = f.company_id and t.id = f.lot_id;

alter table lots add constraint lots_serial_received_once check (not serial or received <= 1);
