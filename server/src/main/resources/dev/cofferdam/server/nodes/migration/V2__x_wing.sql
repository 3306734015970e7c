-- Nodes whose receiving key is of X-Wing: 1,216 bytes, where one of X25519 has 32. So the length says which it is.

alter table nodes.node
  drop constraint node_receiving_algorithm_check,
  drop constraint node_receiving_public_check,
  add constraint node_receiving_kind check (
    receiving_algorithm = 'x25519' and octet_length(receiving_public) = 32
    or receiving_algorithm = 'x-wing' and octet_length(receiving_public) = 1216);

create or replace function nodes.register_node(
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
  values (tenant, node, called, authentication, authentication_name,
          case octet_length(receiving) when 1216 then 'x-wing' else 'x25519' end, receiving, receiving_name, at, at, record);
  return 'registered';
end $$;

create or replace function nodes.change_keys(
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
         receiving_algorithm = case octet_length(receiving) when 1216 then 'x-wing' else 'x25519' end,
         receiving_id = receiving_name, keys_since = at, version = n.version + 1
   where n.tenant_id = tenant and n.node_id = node;
  return 'changed';
end $$;
