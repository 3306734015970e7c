-- Tenants that are to be deleted (docs/design/people.md).
create table identity.closing (
  tenant_id uuid primary key,
  requested_by uuid not null,
  requested_at timestamptz not null,
  due_at timestamptz not null,
  -- When nobody could bring it back any more; null before.
  begun_at timestamptz
);
select tenancy.guard('identity.closing', 'tenant');
grant select, insert, delete on identity.closing to cofferdam_app;

-- The tenants whose deletion is due or under way, the longest due first.
create function identity.due_closings(at timestamptz, most integer) returns table (tenant_id uuid)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tenancy.bound_purpose() <> 'tenant_life' then
    raise exception using errcode = '42501', message = 'ending tenants is for the purpose tenant_life';
  end if;
  return query select c.tenant_id from identity.closing c where c.due_at <= at order by c.due_at limit most;
end $$;

-- Begins what is due, so that nobody keeps the tenant from it any more. Gives when it was begun, now or before; null when
-- it is not due, or was called off.
create function identity.begin_closing(tenant uuid, at timestamptz) returns timestamptz
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  began timestamptz;
begin
  if tenancy.bound_purpose() <> 'tenant_life' then
    raise exception using errcode = '42501', message = 'ending tenants is for the purpose tenant_life';
  end if;
  update identity.closing c set begun_at = coalesce(c.begun_at, at) where c.tenant_id = tenant and c.due_at <= at
  returning c.begun_at into began;
  return began;
end $$;

-- Forgets that a tenant was to be deleted, in the transaction that says that it is.
create function identity.end_closing(tenant uuid) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tenancy.bound_purpose() <> 'tenant_life' then
    raise exception using errcode = '42501', message = 'ending tenants is for the purpose tenant_life';
  end if;
  delete from identity.closing c where c.tenant_id = tenant;
  return found;
end $$;

revoke execute on function identity.due_closings(timestamptz, integer), identity.begin_closing(uuid, timestamptz),
  identity.end_closing(uuid) from public;
grant execute on function identity.due_closings(timestamptz, integer), identity.begin_closing(uuid, timestamptz),
  identity.end_closing(uuid) to cofferdam_ops;
