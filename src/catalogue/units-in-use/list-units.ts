import { sql, statement } from '../../kernel/sql.ts'

/** The units that products have, each with the products whose base unit it is and those that have it as a pack. */
export const listUnits = statement(
  'list_units',
  { unit: 'text', base: 'int', pack: 'int', ratios: 'text[]' },
  (p: { companyId: string }) => sql`
    select u.unit, (count(*) filter (where u.ratio is null))::int as base, (count(*) filter (where u.ratio is not null))::int as pack,
      coalesce((array_agg(distinct u.ratio) filter (where u.ratio is not null))[1:20], '{}') as ratios
    from (
      select p.unit, null as ratio from products p where p.company_id = ${p.companyId} and not p.archived
      union all
      select k.unit, trim_scale(round(k.numerator::numeric / k.denominator, 6))::text || ' ' || p.unit
      from product_units k join products p on p.company_id = k.company_id and p.id = k.product_id
      where k.company_id = ${p.companyId} and not p.archived
    ) u group by u.unit order by count(*) desc, u.unit limit 500`,
)
