-- A key of the platform can be published before it is active (docs/adr/0067): whoever verifies by its ring knows it then.
alter table keyring.platform_key drop constraint platform_key_state_check;
alter table keyring.platform_key add constraint platform_key_state_check
  check (state in ('announced', 'active', 'verifying_only', 'retired', 'destroyed'));
create unique index platform_key_announced on keyring.platform_key (purpose) where state = 'announced';

create or replace function keyring.only_forward() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  states constant text[] := array['announced', 'active', 'verifying_only', 'retired', 'destroyed'];
begin
  if array_position(states, new.state) <= array_position(states, old.state) and new.state <> old.state
     or old.state = 'destroyed' then
    raise exception using errcode = '23514',
      message = 'a key does not go from ' || old.state || ' to ' || new.state;
  end if;
  return new;
end $$;
