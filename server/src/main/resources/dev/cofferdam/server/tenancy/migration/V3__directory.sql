-- What other modules may ask and change of a tenant.

-- A tenant renames itself: the life of a tenant stays with tenancy's functions.
grant update (name, changed_at) on tenancy.tenant to cofferdam_app;

-- How tenants are shown in lists. For the functions of other modules, which run as the owner and bound to a purpose.
create function tenancy.directory(ids uuid[])
returns table (tenant_id uuid, slug text, name text, state text, version bigint)
language sql stable
begin atomic
  select t.tenant_id, t.slug, t.name, t.state, t.version from tenancy.tenant t where t.tenant_id = any (ids);
end;
revoke execute on function tenancy.directory(uuid[]) from public;
