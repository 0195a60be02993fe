-- Views of lists that people keep: filters, sort order, columns. Of one person, shared or not.

create table saved_views (
  company_id uuid not null references companies,
  id uuid not null,
  user_id text not null,
  -- the list it belongs to, such as 'sales-orders'
  list text not null check (length(list) between 1 and 60),
  name text not null check (length(name) between 1 and 100),
  query jsonb not null,
  shared boolean not null default false,
  version integer not null default 1,
  created_at timestamptz not null,
  primary key (company_id, id)
);
create unique index saved_views_name on saved_views (company_id, user_id, list, name);
create index saved_views_of_list on saved_views (company_id, list);
call secure('saved_views');
