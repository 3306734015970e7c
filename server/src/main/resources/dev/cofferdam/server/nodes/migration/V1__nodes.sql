-- Nodes of tenants, their public keys, and what lets a machine become one (docs/design/nodes.md).
revoke all on schema nodes from public;
grant usage on schema nodes to cofferdam_app, cofferdam_ops;

-- What lets one machine become one node, once.
create table nodes.bootstrap (
  tenant_id uuid not null,
  bootstrap_id uuid not null,
  -- What the node is to be called.
  name text not null check (length(name) between 1 and 100),
  -- SHA-256 of the random half. The other half is a MAC, which no row is enough to make.
  token_hash bytea not null check (octet_length(token_hash) = 32),
  made_by uuid not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  -- By which node it was used up.
  used_at timestamptz,
  node_id uuid,
  -- When somebody last tried one that is good no more: the tenant is told once in a while.
  tried_at timestamptz,
  primary key (tenant_id, bootstrap_id),
  check ((used_at is null) = (node_id is null)),
  check (expires_at > created_at)
);
select tenancy.guard('nodes.bootstrap', 'tenant');
grant select (tenant_id, bootstrap_id, name, made_by, created_at, expires_at, revoked_at, used_at, node_id),
      insert (tenant_id, bootstrap_id, name, token_hash, made_by, created_at, expires_at),
      update (revoked_at)
  on nodes.bootstrap to cofferdam_app;

-- Bootstrap tokens by their hash, before it is known whose they are. One hash is one token for good.
create table nodes.bootstrap_handle (
  token_hash bytea primary key,
  tenant_id uuid not null,
  bootstrap_id uuid not null
);

create table nodes.node (
  tenant_id uuid not null,
  node_id uuid not null,
  name text not null check (length(name) between 1 and 100),
  -- By which it proves who it is: a point of P-256, x before y.
  authentication_public bytea not null check (octet_length(authentication_public) = 64),
  -- Keys are named by their thumbprint (RFC 7638, SHA-256, base64url), which both ends can work out.
  authentication_id text not null check (length(authentication_id) = 43),
  -- What is sealed to: 32 bytes of X25519.
  receiving_algorithm text not null check (receiving_algorithm = 'x25519'),
  receiving_public bytea not null check (octet_length(receiving_public) = 32),
  receiving_id text not null check (length(receiving_id) = 43),
  keys_since timestamptz not null,
  registered_at timestamptz not null,
  -- The record of its registration: whoever lost the answer gets the receipt of this one.
  record_id uuid not null,
  seen_at timestamptz,
  -- Its row stays, so that the log can be read with its name, and so that these keys never come back.
  revoked_at timestamptz,
  version bigint not null default 1,
  primary key (tenant_id, node_id),
  unique (tenant_id, authentication_id),
  unique (tenant_id, receiving_id)
);
create unique index node_name on nodes.node (tenant_id, lower(name)) where revoked_at is null;
select tenancy.guard('nodes.node', 'tenant');
grant select, update (name, version, revoked_at) on nodes.node to cofferdam_app;

-- Whose node this is, before it is known who asks.
create table nodes.node_place (
  node_id uuid primary key,
  tenant_id uuid not null
);

-- INVARIANT: what was revoked is never anything else again, whoever writes.
create function nodes.stays_revoked() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if old.revoked_at is not null and new is distinct from old then
    raise exception using errcode = '23514', message = 'what was revoked stays as it is';
  end if;
  return new;
end $$;
create trigger stays_revoked before update on nodes.node for each row execute function nodes.stays_revoked();
create trigger stays_revoked before update of revoked_at, used_at, node_id on nodes.bootstrap
  for each row execute function nodes.stays_revoked();

create function nodes.bootstrap_changed() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    insert into nodes.bootstrap_handle (token_hash, tenant_id, bootstrap_id)
    values (new.token_hash, new.tenant_id, new.bootstrap_id);
  else
    delete from nodes.bootstrap_handle where token_hash = old.token_hash;
  end if;
  return null;
end $$;
create trigger bootstrap_changed after insert or delete on nodes.bootstrap
  for each row execute function nodes.bootstrap_changed();

-- Whatever a server remembers of a node is forgotten within a second after it lost its keys.
create function nodes.node_changed() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    insert into nodes.node_place (node_id, tenant_id) values (new.node_id, new.tenant_id);
    return null;
  end if;
  if tg_op = 'DELETE' then
    delete from nodes.node_place where node_id = old.node_id;
  end if;
  perform identity.revoke(old.node_id);
  return null;
end $$;
create trigger node_made after insert or delete on nodes.node for each row execute function nodes.node_changed();
create trigger node_changed after update of revoked_at, authentication_id, receiving_id on nodes.node
  for each row execute function nodes.node_changed();

-- For other modules: the keys that something may be sealed to.
create view nodes.receiving_key with (security_invoker = true) as
  select n.tenant_id, n.node_id, n.receiving_id as key_id, n.receiving_algorithm as algorithm, n.receiving_public as key_public
    from nodes.node n
   where n.revoked_at is null;
grant select on nodes.receiving_key to cofferdam_app;

-- The token of a hash, kept until the transaction ends, and the node that it made.
create function nodes.find_bootstrap(hash bytea)
returns table (tenant_id uuid, bootstrap_id uuid, name text, expires_at timestamptz, revoked boolean, node_id uuid,
               node_name text, node_revoked boolean, authentication_id text, receiving_id text, record_id uuid,
               registered_at timestamptz)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  found_token nodes.bootstrap%rowtype;
begin
  if tenancy.bound_purpose() <> 'register_node' then
    raise exception using errcode = '42501', message = 'finding a bootstrap token is for the purpose register_node';
  end if;
  select b.* into found_token
    from nodes.bootstrap_handle h
    join nodes.bootstrap b on b.tenant_id = h.tenant_id and b.bootstrap_id = h.bootstrap_id
   where h.token_hash = hash
     for update of b;
  if not found then
    return;
  end if;
  -- By a statement of its own: it sees the node that whoever held the lock has made.
  return query
    select found_token.tenant_id, found_token.bootstrap_id, found_token.name, found_token.expires_at,
           found_token.revoked_at is not null, found_token.node_id, n.name, n.revoked_at is not null, n.authentication_id,
           n.receiving_id, n.record_id, n.registered_at
      from (values (true)) one
      left join nodes.node n on n.tenant_id = found_token.tenant_id and n.node_id = found_token.node_id;
end $$;

-- Makes a node and uses its token up; tokens that nobody needs to see any more make room. Of many at once each waits for the one before. Returns: registered, or why not: spent,
-- name_taken, key_used, too_many.
create function nodes.register_node(
  tenant uuid, bootstrap uuid, node uuid, record uuid, authentication bytea, authentication_name text,
  receiving bytea, receiving_name text, at timestamptz, most integer)
returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  called text;
begin
  if tenancy.bound_purpose() <> 'register_node' then
    raise exception using errcode = '42501', message = 'registering a node is for the purpose register_node';
  end if;
  perform pg_advisory_xact_lock(hashtextextended('cofferdam nodes ' || tenant, 0));
  delete from nodes.bootstrap b where b.tenant_id = tenant and b.expires_at < at - interval '30 days';
  update nodes.bootstrap b set used_at = at, node_id = node
   where b.tenant_id = tenant and b.bootstrap_id = bootstrap
     and b.node_id is null and b.revoked_at is null and b.expires_at > at
  returning b.name into called;
  if called is null then
    return 'spent';
  end if;
  if exists (select from nodes.node n
              where n.tenant_id = tenant and n.revoked_at is null and lower(n.name) = lower(called)) then
    return 'name_taken';
  end if;
  if exists (select from nodes.node n
              where n.tenant_id = tenant
                and (n.authentication_id = authentication_name or n.receiving_id = receiving_name)) then
    return 'key_used';
  end if;
  if (select count(*) from nodes.node n where n.tenant_id = tenant and n.revoked_at is null) >= most then
    return 'too_many';
  end if;
  insert into nodes.node (tenant_id, node_id, name, authentication_public, authentication_id, receiving_algorithm,
                          receiving_public, receiving_id, keys_since, registered_at, record_id)
  values (tenant, node, called, authentication, authentication_name, 'x25519', receiving, receiving_name, at, at, record);
  return 'registered';
end $$;

-- Whether the tenant is to be told that a token of its was tried which is good no more: once an hour.
create function nodes.note_try(tenant uuid, bootstrap uuid, at timestamptz) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tenancy.bound_purpose() <> 'register_node' then
    raise exception using errcode = '42501', message = 'trying a bootstrap token is for the purpose register_node';
  end if;
  update nodes.bootstrap b set tried_at = at
   where b.tenant_id = tenant and b.bootstrap_id = bootstrap
     and (b.tried_at is null or b.tried_at <= at - interval '1 hour');
  return found;
end $$;

-- Gives a node other keys in the place of those that it showed. Of many at once each waits for the one before. Returns:
-- changed, or why not: unknown, outdated (it has others by now), key_used.
create function nodes.change_keys(
  tenant uuid, node uuid, instead_of text, authentication bytea, authentication_name text, receiving bytea,
  receiving_name text, at timestamptz)
returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  known nodes.node%rowtype;
begin
  if tenancy.bound_purpose() <> 'change_node_keys' then
    raise exception using errcode = '42501', message = 'changing keys is for the purpose change_node_keys';
  end if;
  perform pg_advisory_xact_lock(hashtextextended('cofferdam nodes ' || tenant, 0));
  select * into known from nodes.node n where n.tenant_id = tenant and n.node_id = node and n.revoked_at is null for update;
  if not found then
    return 'unknown';
  end if;
  if known.authentication_id <> instead_of then
    return 'outdated';
  end if;
  if exists (select from nodes.node n
              where n.tenant_id = tenant
                and (n.authentication_id = authentication_name or n.receiving_id = receiving_name)) then
    return 'key_used';
  end if;
  update nodes.node n
     set authentication_public = authentication, authentication_id = authentication_name, receiving_public = receiving,
         receiving_id = receiving_name, keys_since = at, version = n.version + 1
   where n.tenant_id = tenant and n.node_id = node;
  return 'changed';
end $$;

-- A node by its id alone, as a client that shows who it is by its key.
create function nodes.find_node(node uuid)
returns table (tenant_id uuid, authentication_public bytea, authentication_id text, seen_at timestamptz)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tenancy.bound_purpose() <> 'authenticate' then
    raise exception using errcode = '42501', message = 'finding a node is for the purpose authenticate';
  end if;
  return query
    select n.tenant_id, n.authentication_public, n.authentication_id, n.seen_at
      from nodes.node_place p
      join nodes.node n on n.tenant_id = p.tenant_id and n.node_id = p.node_id
     where p.node_id = node and n.revoked_at is null;
end $$;

-- Remembers when a node was seen last.
create function nodes.see_node(tenant uuid, node uuid, at timestamptz) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tenancy.bound_purpose() <> 'authenticate' then
    raise exception using errcode = '42501', message = 'seeing a node is for the purpose authenticate';
  end if;
  update nodes.node n set seen_at = greatest(n.seen_at, at)
   where n.tenant_id = tenant and n.node_id = node and n.revoked_at is null;
end $$;

revoke execute on function nodes.stays_revoked(), nodes.bootstrap_changed(), nodes.node_changed(),
  nodes.find_bootstrap(bytea),
  nodes.register_node(uuid, uuid, uuid, uuid, bytea, text, bytea, text, timestamptz, integer),
  nodes.note_try(uuid, uuid, timestamptz),
  nodes.change_keys(uuid, uuid, text, bytea, text, bytea, text, timestamptz), nodes.find_node(uuid),
  nodes.see_node(uuid, uuid, timestamptz) from public;
grant execute on function nodes.find_bootstrap(bytea),
  nodes.register_node(uuid, uuid, uuid, uuid, bytea, text, bytea, text, timestamptz, integer),
  nodes.note_try(uuid, uuid, timestamptz),
  nodes.change_keys(uuid, uuid, text, bytea, text, bytea, text, timestamptz), nodes.find_node(uuid),
  nodes.see_node(uuid, uuid, timestamptz) to cofferdam_ops;
