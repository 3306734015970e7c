-- Tenants, who may have a slug, and which migrations the schemas of placed tables have seen.

create table tenancy.tenant (
  tenant_id uuid primary key,
  slug text not null check (slug ~ '^[a-z][a-z0-9]*(-[a-z0-9]+)*$' and length(slug) between 3 and 40),
  name text not null check (length(name) between 1 and 100),
  state text not null check (state in ('provisioning', 'active', 'suspended', 'deleting', 'deleted')),
  placement text not null check (placement in ('shared', 'schema')),
  -- The digest of the migrations that the tenant's own schema has; null while it has none, and always when shared.
  placed_as text,
  -- The migration that failed in the tenant's own schema, and its SQLSTATE. Never the message: it may quote rows.
  placement_failure text,
  version bigint not null default 1,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  check (placement = 'schema' or (placed_as is null and placement_failure is null))
);
select tenancy.guard('tenancy.tenant', 'tenant');
grant select (tenant_id, slug, name, state, placement, placed_as, version, created_at, changed_at)
  on tenancy.tenant to cofferdam_app;

-- One row per slug ever given, by what it looks like. Apart from the tenant, so that uniqueness over all tenants is
-- nothing that the application role can probe. Kept when the tenant is deleted: nobody takes over its name.
create table tenancy.slug_claim (
  skeleton text primary key,
  tenant_id uuid not null unique references tenancy.tenant (tenant_id)
);

-- What was applied to each schema that holds placed tables: a module's own, or a tenant's.
create table tenancy.placed_migration (
  schema_name text not null,
  module text not null,
  version integer not null check (version > 0),
  digest text not null check (digest ~ '^[0-9a-f]{64}$'),
  applied_at timestamptz not null default now(),
  primary key (schema_name, module, version)
);

-- The life of a tenant. In SQL too, so that no code path can skip it.
create function tenancy.tenant_life() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op = 'DELETE' then
    raise exception using errcode = '0A000', message = 'a tenant is never removed, only deleted';
  end if;
  if (old.tenant_id, old.slug, old.placement, old.created_at)
     is distinct from (new.tenant_id, new.slug, new.placement, new.created_at) then
    raise exception using errcode = '0A000', message = 'id, slug and placement of a tenant do not change';
  end if;
  if old.state <> new.state and (old.state, new.state) not in (
       ('provisioning', 'active'), ('provisioning', 'deleting'),
       ('active', 'suspended'), ('suspended', 'active'),
       ('active', 'deleting'), ('suspended', 'deleting'),
       ('deleting', 'deleted')) then
    raise exception using errcode = '23514',
      message = 'a tenant does not go from ' || old.state || ' to ' || new.state;
  end if;
  new.version := old.version + 1;
  return new;
end $$;
create trigger tenant_life before update or delete on tenancy.tenant
  for each row execute function tenancy.tenant_life();

-- Creates a tenant, or finds the one that the same request created before.
-- Returns: created, exists (same id and slug), slug_taken (by another id), id_taken (with another slug).
create function tenancy.create_tenant(
  id uuid, wanted_slug text, wanted_skeleton text, wanted_name text, wanted_placement text, at timestamptz)
returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  known text;
begin
  if tenancy.bound_purpose() <> 'sign_up' then
    raise exception using errcode = '42501', message = 'creating a tenant is for the purpose sign_up';
  end if;
  -- Of two who want the same at once the second waits here for the first.
  perform pg_advisory_xact_lock(hashtextextended('cofferdam slug ' || wanted_skeleton, 0));
  select slug into known from tenancy.tenant where tenant_id = id;
  if known = wanted_slug then
    return 'exists';
  elsif known is not null then
    return 'id_taken';
  elsif exists (select from tenancy.slug_claim where skeleton = wanted_skeleton) then
    return 'slug_taken';
  end if;
  insert into tenancy.tenant (tenant_id, slug, name, state, placement, created_at, changed_at)
  values (id, wanted_slug, wanted_name, case wanted_placement when 'shared' then 'active' else 'provisioning' end,
          wanted_placement, at, at);
  insert into tenancy.slug_claim (skeleton, tenant_id) values (wanted_skeleton, id);
  return 'created';
end $$;

-- Moves a tenant on in its life.
-- Returns: changed, already (it is there), unknown, or the state from which there is no such way.
create function tenancy.move_tenant(id uuid, allowed text[], wanted text, at timestamptz) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  known text;
begin
  if tenancy.bound_purpose() not in ('sign_up', 'tenant_life') then
    raise exception using errcode = '42501', message = 'moving a tenant is for the purpose tenant_life';
  end if;
  select state into known from tenancy.tenant where tenant_id = id for update;
  if known is null then
    return 'unknown';
  elsif known = wanted then
    return 'already';
  elsif known <> all (allowed) then
    return known;
  end if;
  update tenancy.tenant set state = wanted, changed_at = at where tenant_id = id;
  return 'changed';
end $$;

revoke execute on all functions in schema tenancy from public;
grant execute on function
  tenancy.create_tenant(uuid, text, text, text, text, timestamptz),
  tenancy.move_tenant(uuid, text[], text, timestamptz)
to cofferdam_ops;
