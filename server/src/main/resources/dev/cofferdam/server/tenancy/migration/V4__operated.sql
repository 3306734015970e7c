-- What whoever runs the platform sees of tenants (docs/adr/0049), field by field.

create function tenancy.show_tenant(id uuid)
returns table (tenant_id uuid, slug text, name text, state text, placement text, placement_failure text,
               created_at timestamptz, changed_at timestamptz)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tenancy.bound_purpose() <> 'directory' then
    raise exception using errcode = '42501', message = 'looking at tenants is for the purpose directory';
  end if;
  return query
    select t.tenant_id, t.slug, t.name, t.state, t.placement, t.placement_failure, t.created_at, t.changed_at
      from tenancy.tenant t where t.tenant_id = id;
end $$;

-- The tenants after `behind`, in the order of their ids; only those in one state, unless that is null.
create function tenancy.list_tenants(behind uuid, only_state text, most integer)
returns table (tenant_id uuid, slug text, name text, state text, placement text, placement_failure text,
               created_at timestamptz, changed_at timestamptz)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tenancy.bound_purpose() <> 'directory' then
    raise exception using errcode = '42501', message = 'looking at tenants is for the purpose directory';
  end if;
  return query
    select t.tenant_id, t.slug, t.name, t.state, t.placement, t.placement_failure, t.created_at, t.changed_at
      from tenancy.tenant t
     where t.tenant_id > behind and (only_state is null or t.state = only_state)
     order by t.tenant_id limit most;
end $$;

-- Which tenant has a slug that looks like this, or had it before it was deleted.
create function tenancy.named_tenant(like_skeleton text) returns uuid
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tenancy.bound_purpose() <> 'directory' then
    raise exception using errcode = '42501', message = 'looking at tenants is for the purpose directory';
  end if;
  return (select c.tenant_id from tenancy.slug_claim c where c.skeleton = like_skeleton);
end $$;

revoke execute on function tenancy.show_tenant(uuid), tenancy.list_tenants(uuid, text, integer), tenancy.named_tenant(text)
  from public;
grant execute on function tenancy.show_tenant(uuid), tenancy.list_tenants(uuid, text, integer), tenancy.named_tenant(text)
  to cofferdam_ops;
