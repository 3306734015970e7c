-- Programs that are registered with a tenant to ask its people (docs/design/authorization.md).
create table oauth.client (
  tenant_id uuid not null,
  client_id uuid not null,
  name text not null check (length(name) between 1 and 80),
  -- Where answers may go, compared as text.
  redirect_uris text[] not null check (cardinality(redirect_uris) between 1 and 10),
  -- What it may be given at most.
  scopes text[] not null check (cardinality(scopes) between 1 and 20),
  -- Its public keys as a JWK set, by which it proves who it is; null for one that cannot keep a key to itself.
  jwk_set text check (length(jwk_set) <= 8192),
  made_by uuid not null,
  created_at timestamptz not null,
  primary key (tenant_id, client_id)
);
select tenancy.guard('oauth.client', 'tenant');
-- Nobody makes one by what is written in a tenant's scope: see make_client.
grant select, delete on oauth.client to cofferdam_app;

-- Clients by their id, before it is known whose they are.
create table oauth.client_place (
  client_id uuid primary key,
  tenant_id uuid not null
);

create function oauth.client_changed() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    insert into oauth.client_place (client_id, tenant_id) values (new.client_id, new.tenant_id);
    return null;
  end if;
  delete from oauth.client_place p where p.client_id = old.client_id;
  return null;
end $$;
create trigger client_changed after insert or delete on oauth.client
  for each row execute function oauth.client_changed();

-- Registers a client in the tenant that `session` of the maker works in. Of many at once each waits for the one before.
-- Returns: made, or why not: ended, weak, role_changed (identity.hold_maker), too_many.
create function oauth.make_client(
  tenant uuid, client uuid, named text, to_uris text[], for_scopes text[], by_jwk_set text, maker uuid,
  maker_was text, session uuid, proven_since timestamptz, at timestamptz, most integer)
returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  held record;
begin
  if tenancy.bound_purpose() <> 'client' then
    raise exception using errcode = '42501', message = 'registering a client is for the purpose client';
  end if;
  held := identity.hold_maker(tenant, maker, maker_was, session, proven_since, at);
  if held.answer <> 'good' then
    return held.answer;
  end if;
  perform pg_advisory_xact_lock(hashtextextended('cofferdam clients ' || tenant, 0));
  if (select count(*) from oauth.client c where c.tenant_id = tenant) >= most then
    return 'too_many';
  end if;
  insert into oauth.client (tenant_id, client_id, name, redirect_uris, scopes, jwk_set, made_by, created_at)
  values (tenant, client, named, to_uris, for_scopes, by_jwk_set, maker, at);
  return 'made';
end $$;

-- The client of an id, whosever it is.
create function oauth.find_client(client uuid)
returns table (tenant_id uuid, client_id uuid, name text, redirect_uris text[], scopes text[], jwk_set text, made_by uuid,
               created_at timestamptz)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tenancy.bound_purpose() not in ('client', 'authenticate') then
    raise exception using errcode = '42501', message = 'finding a client is for the purposes client and authenticate';
  end if;
  return query
    select c.tenant_id, c.client_id, c.name, c.redirect_uris, c.scopes, c.jwk_set, c.made_by, c.created_at
      from oauth.client_place p
      join oauth.client c on c.tenant_id = p.tenant_id and c.client_id = p.client_id
     where p.client_id = client;
end $$;

revoke execute on function oauth.client_changed(), oauth.find_client(uuid),
  oauth.make_client(uuid, uuid, text, text[], text[], text, uuid, text, uuid, timestamptz, timestamptz, integer)
from public;
grant execute on function oauth.find_client(uuid),
  oauth.make_client(uuid, uuid, text, text[], text[], text, uuid, text, uuid, timestamptz, timestamptz, integer)
to cofferdam_ops;
