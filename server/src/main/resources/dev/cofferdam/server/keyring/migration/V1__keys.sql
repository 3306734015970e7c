-- The keys of the platform, wrapped under the root key, which is not here (docs/design/keyring.md).

revoke all on schema keyring from public;
grant usage on schema keyring to cofferdam_app;

-- A key moves forward only, and its bytes leave with it: what is destroyed stays so, whoever updates the row.
create function keyring.only_forward() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  states constant text[] := array['active', 'verifying_only', 'retired', 'destroyed'];
begin
  if array_position(states, new.state) <= array_position(states, old.state) and new.state <> old.state
     or old.state = 'destroyed' then
    raise exception using errcode = '23514',
      message = 'a key does not go from ' || old.state || ' to ' || new.state;
  end if;
  return new;
end $$;
revoke execute on function keyring.only_forward() from public;

-- Which root key the wrapped keys of this database stand under: its public fingerprint.
create table keyring.root_key (
  only_one boolean primary key default true check (only_one),
  root_key_id text not null check (root_key_id ~ '^[0-9a-f]{16}$'),
  recorded_at timestamptz not null
);

create table keyring.platform_key (
  purpose text not null check (purpose ~ '^[a-z][a-z-]{0,39}$'),
  version integer not null check (version > 0),
  key_id uuid not null,
  state text not null check (state in ('active', 'verifying_only', 'retired', 'destroyed')),
  root_key_id text not null,
  key_wrapped bytea,
  key_public bytea,
  created_at timestamptz not null,
  state_since timestamptz not null,
  primary key (purpose, version),
  unique (purpose, key_id),
  check ((key_wrapped is null) = (state = 'destroyed'))
);
create unique index platform_key_active on keyring.platform_key (purpose) where state = 'active';
create trigger platform_key_only_forward before update on keyring.platform_key
  for each row execute function keyring.only_forward();

-- Tenants' keys are in tenant/: placed with their tenant, and with a policy each.

select tenancy.guard('keyring.root_key', 'platform', 'keyring');
select tenancy.guard('keyring.platform_key', 'platform', 'keyring');

-- No delete: a destroyed key leaves its row, so that what it sealed can be told from what never was.
grant select, insert on keyring.root_key to cofferdam_app;
grant select, insert, update (state, state_since, key_wrapped) on keyring.platform_key to cofferdam_app;
