-- An import that is under way can be stopped: what is not committed by then is not written.
alter table imports drop constraint imports_state_check;
alter table imports add constraint imports_state_check
  check (state in ('ready', 'waiting', 'running', 'stopped', 'checked', 'refused', 'done', 'failed'));
alter table imports drop constraint imports_check;
alter table imports add constraint imports_check
  check ((state in ('stopped', 'checked', 'refused', 'done', 'failed')) = (finished_at is not null));
