-- Codes of a second factor that have opened a session: each does so once.
create table auth.used_codes (
  user_id uuid not null references auth."user" on delete cascade,
  code text not null,
  used_at timestamptz not null,
  primary key (user_id, code)
);
grant select, insert, update, delete on auth.used_codes to zapas_app;
