create table {schema}.note (
  tenant_id uuid not null,
  id uuid not null,
  title text not null,
  body text not null,
  primary key (tenant_id, id),
  unique (tenant_id, title)
);

create table {schema}.comment (
  tenant_id uuid not null,
  id uuid not null,
  note_id uuid not null,
  body text not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, note_id) references {schema}.note (tenant_id, id)
);

select tenancy.guard('{schema}.note', 'tenant');
select tenancy.guard('{schema}.comment', 'tenant');
grant select, insert, update, delete on {schema}.note, {schema}.comment to cofferdam_app;
