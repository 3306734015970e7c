-- Tables as a SaaS under Cofferdam would have them, beside the placed ones in the folder `tenant`: one in partitions, one
-- with a sealed column, one of a person and one of the platform. Their rows hold the canaries.

revoke all on schema notes from public;
grant usage on schema notes to cofferdam_app;

create table notes.entry (
  tenant_id uuid not null,
  id uuid not null,
  body text not null,
  primary key (tenant_id, id)
) partition by hash (tenant_id);
create table notes.entry_0 partition of notes.entry for values with (modulus 2, remainder 0);
create table notes.entry_1 partition of notes.entry for values with (modulus 2, remainder 1);

create table notes.vault (
  tenant_id uuid not null,
  id uuid not null,
  value_sealed bytea not null,
  primary key (tenant_id, id)
);

create table notes.bookmark (
  person_id uuid not null,
  id uuid not null,
  body text not null,
  primary key (person_id, id)
);

create table notes.bulletin (
  id uuid primary key,
  body text not null
);

select tenancy.guard('notes.entry', 'tenant');
select tenancy.guard('notes.entry_0', 'tenant');
select tenancy.guard('notes.entry_1', 'tenant');
select tenancy.guard('notes.vault', 'tenant');
select tenancy.guard('notes.bookmark', 'person');
select tenancy.guard('notes.bulletin', 'platform', 'review');

grant select, insert, update, delete on notes.entry, notes.vault, notes.bookmark, notes.bulletin to cofferdam_app;
