-- Who belongs together, what there is, and who is what to it; in the place of each tenant.

create table {schema}.member_group (
  tenant_id uuid not null,
  group_id uuid not null,
  name text not null check (length(name) between 1 and 100),
  version bigint not null default 1,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (tenant_id, group_id)
);
create unique index member_group_name on {schema}.member_group (tenant_id, lower(name));

-- By its subject first: that is how facts are read.
create table {schema}.group_member (
  tenant_id uuid not null,
  subject_kind text not null check (subject_kind in ('person', 'node')),
  subject_id uuid not null,
  group_id uuid not null,
  added_at timestamptz not null,
  primary key (tenant_id, subject_kind, subject_id, group_id),
  foreign key (tenant_id, group_id) references {schema}.member_group (tenant_id, group_id) on delete cascade
);
create index group_member_listed on {schema}.group_member (tenant_id, group_id, subject_kind, subject_id);

create table {schema}.project (
  tenant_id uuid not null,
  project_id uuid not null,
  name text not null check (length(name) between 1 and 100),
  state text not null check (state in ('active', 'archived')),
  version bigint not null default 1,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (tenant_id, project_id)
);
create unique index project_name on {schema}.project (tenant_id, lower(name));

-- One relation of one subject to one object: a project, or later a thing in one. relation: 1 reader, 2 writer, 3 manager.
create table {schema}.granted (
  tenant_id uuid not null,
  object_id uuid not null,
  subject_kind text not null check (subject_kind in ('person', 'group', 'node')),
  subject_id uuid not null,
  relation smallint not null check (relation between 1 and 3),
  granted_at timestamptz not null,
  primary key (tenant_id, object_id, subject_kind, subject_id)
);
create index granted_to on {schema}.granted (tenant_id, subject_kind, subject_id, object_id);

select tenancy.guard('{schema}.member_group', 'tenant');
select tenancy.guard('{schema}.group_member', 'tenant');
select tenancy.guard('{schema}.project', 'tenant');
select tenancy.guard('{schema}.granted', 'tenant');

grant select, insert, update (name, version, changed_at), delete on {schema}.member_group to cofferdam_app;
grant select, insert, delete on {schema}.group_member to cofferdam_app;
-- A project is archived and never removed: what was done in it stands in the audit log.
grant select, insert, update (name, state, version, changed_at) on {schema}.project to cofferdam_app;
grant select, insert, update (relation, granted_at), delete on {schema}.granted to cofferdam_app;
