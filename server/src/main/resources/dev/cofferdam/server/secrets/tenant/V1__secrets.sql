-- Secrets, their versions, and what was sealed of them for nodes; in the place of each tenant.

create table {schema}.secret (
  tenant_id uuid not null,
  secret_id uuid not null,
  project_id uuid not null,
  name text not null check (name ~ '^[a-z][a-z0-9_-]{0,62}$'),
  note text not null check (length(note) <= 1000),
  -- The newest version, 0 before the first.
  current_version bigint not null default 0 check (current_version >= 0),
  valued_at timestamptz,
  rotate_after_days integer check (rotate_after_days between 1 and 3650),
  deleted_at timestamptz,
  -- Of all that is changed here, for those who change it.
  revision bigint not null default 1,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (tenant_id, secret_id),
  -- Also of one that is deleted, so that it can be restored.
  unique (tenant_id, project_id, name)
);

create table {schema}.secret_version (
  tenant_id uuid not null,
  secret_id uuid not null,
  version bigint not null check (version > 0),
  -- Of the ring `data`.
  data_key_id uuid not null,
  -- Null once that key was destroyed.
  value_sealed bytea,
  made_at timestamptz not null,
  made_by uuid not null,
  primary key (tenant_id, secret_id, version),
  foreign key (tenant_id, secret_id) references {schema}.secret (tenant_id, secret_id) on delete cascade
);
create index secret_version_key on {schema}.secret_version (tenant_id, data_key_id);
-- Ciphertext: there is nothing to compress.
alter table {schema}.secret_version alter column value_sealed set storage external;

create table {schema}.sealed_answer (
  tenant_id uuid not null,
  secret_id uuid not null,
  version bigint not null,
  -- The thumbprint of the key that it is sealed to, and whose key that was.
  receiving_id text not null check (length(receiving_id) = 43),
  node_id uuid not null,
  answer_sealed bytea not null,
  made_at timestamptz not null,
  primary key (tenant_id, secret_id, version, receiving_id),
  foreign key (tenant_id, secret_id, version)
    references {schema}.secret_version (tenant_id, secret_id, version) on delete cascade
);
create index sealed_answer_node on {schema}.sealed_answer (tenant_id, node_id);
alter table {schema}.sealed_answer alter column answer_sealed set storage external;

select tenancy.guard('{schema}.secret', 'tenant');
select tenancy.guard('{schema}.secret_version', 'tenant');
select tenancy.guard('{schema}.sealed_answer', 'tenant');

grant select, insert, delete,
      update (note, current_version, valued_at, rotate_after_days, deleted_at, revision, changed_at)
  on {schema}.secret to cofferdam_app;
-- A value is never written over: it is emptied, when its key is destroyed, or its row goes.
grant select, insert, delete, update (value_sealed) on {schema}.secret_version to cofferdam_app;
grant select, insert, delete on {schema}.sealed_answer to cofferdam_app;
