create table {schema}.entry (
  tenant_id uuid not null default tenancy.bound_tenant(),
  entry_id uuid not null default uuidv7(),
  amount bigint not null,
  note text not null default '?',
  primary key (tenant_id, entry_id)
);
select tenancy.guard('{schema}.entry', 'tenant');
grant select, insert, update, delete on {schema}.entry to cofferdam_app;
