-- The authorization server (docs/design/oauth.md).

revoke all on schema oauth from public;
grant usage on schema oauth to cofferdam_app, cofferdam_ops;

-- What is good once, and was used: assertions of clients, and proofs of possession. By a hash over its kind, whose it is and
-- what it calls itself; kept for as long as it could be shown again.
create table oauth.used_once (
  use_hash bytea primary key check (octet_length(use_hash) = 32),
  expires_at timestamptz not null
);
create index on oauth.used_once (expires_at);
select tenancy.guard('oauth.used_once', 'platform', 'use_once');
grant select, insert, delete on oauth.used_once to cofferdam_app;

-- Clients of a tenant that act as a service of it: somebody behind whom there is no person, with a role below owner.
create table oauth.service_client (
  tenant_id uuid not null,
  client_id uuid not null,
  label text not null check (length(label) between 1 and 80),
  role text not null check (role in ('admin', 'member', 'auditor')),
  scopes text[] not null check (cardinality(scopes) between 1 and 20),
  -- The public halves, as a set of RFC 7517.
  keys_public jsonb not null check (jsonb_typeof(keys_public) = 'object'),
  made_by uuid not null,
  created_at timestamptz not null,
  primary key (tenant_id, client_id)
);
select tenancy.guard('oauth.service_client', 'tenant');
-- Nobody makes one, or gives one another role, scope or key, by what is written in a tenant's scope: see make_service_client.
grant select, delete on oauth.service_client to cofferdam_app;

-- Clients by their id, before it is known whose they are.
create table oauth.service_client_place (
  client_id uuid primary key,
  tenant_id uuid not null
);

create function oauth.service_client_changed() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    insert into oauth.service_client_place (client_id, tenant_id) values (new.client_id, new.tenant_id);
    return null;
  end if;
  delete from oauth.service_client_place where client_id = old.client_id;
  perform identity.revoke(old.client_id);
  return null;
end $$;
create trigger service_client_changed after insert or delete on oauth.service_client
  for each row execute function oauth.service_client_changed();

-- Makes a client of `tenant`. Whoever makes it must be there now what they were when it was decided that they may, and have
-- proven lately who they are (identity.maker_standing). Of many at once each waits for the one before. Returns: made, or why
-- not: what maker_standing says, or too_many.
create function oauth.make_service_client(
  tenant uuid, client uuid, named text, client_role text, for_scopes text[], keys jsonb, maker uuid, maker_was text,
  session uuid, proven_since timestamptz, at timestamptz, most integer)
returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  standing text;
begin
  if tenancy.bound_purpose() <> 'client' then
    raise exception using errcode = '42501', message = 'making a client is for the purpose client';
  end if;
  standing := identity.maker_standing(tenant, maker, maker_was, session, proven_since, at);
  if standing <> 'good' then
    return standing;
  end if;
  perform pg_advisory_xact_lock(hashtextextended('cofferdam service clients ' || tenant, 0));
  if (select count(*) from oauth.service_client c where c.tenant_id = tenant) >= most then
    return 'too_many';
  end if;
  insert into oauth.service_client (tenant_id, client_id, label, role, scopes, keys_public, made_by, created_at)
  values (tenant, client, named, client_role, for_scopes, keys, maker, at);
  return 'made';
end $$;

-- The client of an id, and what it is.
create function oauth.find_service_client(client uuid)
returns table (tenant_id uuid, role text, scopes text[], keys_public text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tenancy.bound_purpose() <> 'authenticate' then
    raise exception using errcode = '42501', message = 'finding a client is for the purpose authenticate';
  end if;
  return query
    select c.tenant_id, c.role, c.scopes, c.keys_public::text
      from oauth.service_client_place p
      join oauth.service_client c on c.tenant_id = p.tenant_id and c.client_id = p.client_id
     where p.client_id = client;
end $$;

revoke execute on function oauth.service_client_changed(),
  oauth.make_service_client(uuid, uuid, text, text, text[], jsonb, uuid, text, uuid, timestamptz, timestamptz, integer),
  oauth.find_service_client(uuid) from public;
grant execute on function
  oauth.make_service_client(uuid, uuid, text, text, text[], jsonb, uuid, text, uuid, timestamptz, timestamptz, integer),
  oauth.find_service_client(uuid) to cofferdam_ops;
