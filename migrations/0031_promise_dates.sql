-- What is only asked of a level where it matters: of what expires, and of lines that lack something. Functions in
-- PL/pgSQL, since those are planned when they are called and keep their plan: written out in every statement that
-- looks at a level, they would be planned with each of them, which takes several times as long as all that it does.

-- What of each expired lot of a product lies in a warehouse and is held by nobody (S31); less than zero where more is
-- held than lies there.
create function expired_lots(company uuid, product uuid, warehouse uuid, moment timestamptz, today date)
    returns table (lot_id uuid, free numeric) language plpgsql stable as $$
begin
  return query
    select t.id, sum(b.quantity) - coalesce((
      select sum(h.quantity) from stock_lot_holds h
      join stock_demands d on d.company_id = h.company_id and d.source_line_id = h.source_line_id and d.warehouse_id = h.warehouse_id
      where h.company_id = company and h.lot_id = t.id and h.warehouse_id = warehouse
        and (d.expires_at is null or d.expires_at > moment)), 0)
    from lots t
    join stock_balances b on b.company_id = t.company_id and b.lot_id = t.id and b.warehouse_id = warehouse
    join locations c on c.company_id = b.company_id and c.id = b.location_id and c.type = 'stock'
    where t.company_id = company and t.product_id = product and t.expires_on < today
    group by t.id;
end $$;

-- What those want who wait for a product and are served before a line: by priority, due date and age.
create function wanted_before(company uuid, product uuid, warehouse uuid, line_priority integer, line_due date,
    line_age timestamptz, line uuid, moment timestamptz) returns numeric language plpgsql stable as $$
begin
  return (
    select coalesce(sum(w.wanted - w.reserved), 0) from stock_demands w
    where w.company_id = company and w.product_id = product and w.warehouse_id = warehouse
      and w.reserved < w.wanted and (w.expires_at is null or w.expires_at > moment)
      and (w.priority > line_priority
        or (w.priority = line_priority and (w.due_on, w.created_at, w.source_line_id) < (line_due, line_age, line))));
end $$;

-- The day on which confirmed purchase orders will have brought so much of a product; null: they do not. What is late
-- is expected tomorrow; what has no date, and no lead time, never.
create function purchased_by(company uuid, product uuid, warehouse uuid, needed numeric, today date)
    returns date language plpgsql stable as $$
begin
  return (
    select min(c.day) from (
      select e.day, sum(e.quantity) over (order by e.day) as total from (
        select case when e.day < today then today + 1 else e.day end as day, e.quantity from (
          select coalesce(l.expected_date, o.expected_date, o.date + v.lead_time_days) as day, l.open_quantity as quantity
          from order_lines l
          join orders o on o.company_id = l.company_id and o.id = l.order_id and o.state = 'confirmed' and o.warehouse_id = warehouse
          left join product_vendors v on v.company_id = o.company_id and v.product_id = l.product_id and v.party_id = o.party_id
          where l.company_id = company and l.kind = 'purchase-order' and l.product_id = product and l.open_quantity > 0
        ) e where e.day is not null
      ) e
    ) c where c.total >= needed);
end $$;
