-- The keys of tenants, in the place of each. holder_id is the subject that a ring belongs to, or the tenant itself.

create table {schema}.tenant_key (
  tenant_id uuid not null,
  purpose text not null check (purpose ~ '^[a-z][a-z-]{0,39}$'),
  holder_id uuid not null,
  version integer not null check (version > 0),
  key_id uuid not null,
  state text not null check (state in ('active', 'verifying_only', 'retired', 'destroyed')),
  root_key_id text not null,
  key_wrapped bytea,
  key_public bytea,
  created_at timestamptz not null,
  state_since timestamptz not null,
  primary key (tenant_id, purpose, holder_id, version),
  unique (tenant_id, key_id),
  check ((key_wrapped is null) = (state = 'destroyed'))
);
create unique index tenant_key_active on {schema}.tenant_key (tenant_id, purpose, holder_id)
  where state = 'active';
create trigger tenant_key_only_forward before update on {schema}.tenant_key
  for each row execute function keyring.only_forward();

select tenancy.guard('{schema}.tenant_key', 'tenant');

-- No delete: a destroyed key leaves its row.
grant select, insert, update (state, state_since, key_wrapped) on {schema}.tenant_key to cofferdam_app;
