-- Limits of signing in: a second factor that a company requires, the end of one-time passwords and sessions.

-- Whoever signs in to this company with a password needs a second factor as well.
alter table companies add column require_second_factor boolean not null default false;

-- Until when an unused one-time password is good; null where there is none.
alter table auth."user" add column "oneTimePasswordUntil" timestamptz;
update auth."user" set "oneTimePasswordUntil" = current_timestamp + interval '72 hours' where "mustChangePassword";

-- A session that is used goes on, but not for ever: whoever extends it is kept to this.
create function auth.limit_session() returns trigger language plpgsql as $$
begin
  new."createdAt" := old."createdAt";
  new."expiresAt" := least(new."expiresAt", old."createdAt" + interval '30 days');
  return new;
end $$;
revoke all on function auth.limit_session from public;
create trigger session_latest_end before update on auth.session for each row execute function auth.limit_session();
