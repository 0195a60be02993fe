-- A party that turned out to be another: archived, with a link to the one that took its documents over.
alter table parties add merged_into uuid;
alter table parties add foreign key (company_id, merged_into) references parties;
alter table parties add constraint parties_merged check (merged_into is null or (archived and merged_into <> id));

-- What of a tax number tells parties apart: '51 824 753 556' and '51824753556' are one, so are 'PL5261040828' and '526-104-08-28'.
create function tax_number_key(number text) returns text language sql immutable parallel safe
  return regexp_replace(upper(regexp_replace(number, '[^0-9A-Za-z]', '', 'g')), '^[A-Z]{2}(?=[0-9])', '');
create index parties_by_tax_number on parties (company_id, tax_number_key(tax_number)) where tax_number is not null;

-- What a posted invoice or payment says stays, the name and address of the party with it. In whose account it stands may
-- change in one way: into that of the party that its own was merged into, which is the same person.
call keep_posted('invoices', '{settled, credited, refunded, version, party_id}', 'refuse_change_of_posted',
  $$old.state <> 'draft' and current_user = 'zapas_app'$$);
call keep_posted('payments', '{settled, version, state, party_id}', 'refuse_change_of_posted',
  $$old.state <> 'draft' and current_user = 'zapas_app'$$);
create function refuse_another_party() returns trigger language plpgsql as $$
begin
  perform from parties where company_id = old.company_id and id = old.party_id and merged_into = new.party_id;
  if not found then
    raise exception 'a row of % is posted: it goes to no other party', tg_table_name using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger keep_posted_party before update of party_id on invoices for each row
  when (old.state <> 'draft' and current_user = 'zapas_app') execute function refuse_another_party();
create trigger keep_posted_party before update of party_id on payments for each row
  when (old.state <> 'draft' and current_user = 'zapas_app') execute function refuse_another_party();

-- What a person likes in the web app, on whatever device and in whatever company: language, colours, density. Small.
create table auth.preferences (
  user_id uuid primary key references auth."user" on delete cascade,
  value jsonb not null check (jsonb_typeof(value) = 'object' and length(value::text) <= 10000)
);
grant select, insert, update, delete on auth.preferences to zapas_app;
