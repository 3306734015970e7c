-- Nodes of tenants and their public keys (docs/design/nodes.md).
revoke all on schema nodes from public;
grant usage on schema nodes to cofferdam_app;

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
  seen_at timestamptz,
  -- Its row stays, so that the log can be read with its name, and so that its keys never come back.
  revoked_at timestamptz,
  version bigint not null default 1,
  primary key (tenant_id, node_id),
  unique (tenant_id, authentication_id),
  unique (tenant_id, receiving_id)
);
create unique index node_name on nodes.node (tenant_id, lower(name)) where revoked_at is null;
select tenancy.guard('nodes.node', 'tenant');
-- `for share` wants a right to change something. Nobody gets a key, or comes back, by what is written in a tenant's scope.
grant select, update (name, version) on nodes.node to cofferdam_app;

-- For other modules: the keys that something may be sealed to.
create view nodes.receiving_key with (security_invoker = true) as
  select n.tenant_id, n.node_id, n.receiving_id as key_id, n.receiving_algorithm as algorithm, n.receiving_public as key_public
    from nodes.node n
   where n.revoked_at is null;
grant select on nodes.receiving_key to cofferdam_app;
