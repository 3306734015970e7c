-- Tables as a SaaS under Cofferdam would have them: one that is placed, one that refers to it, one in partitions,
-- one of a person and one of the platform. Their rows hold the canaries.

create schema if not exists notes;
revoke all on schema notes from public;
grant usage on schema notes to cofferdam_app;

create table notes.note (
  tenant_id uuid not null,
  id uuid not null,
  title text not null,
  body text not null,
  primary key (tenant_id, id),
  unique (tenant_id, title)
);

create table notes.comment (
  tenant_id uuid not null,
  id uuid not null,
  note_id uuid not null,
  body text not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, note_id) references notes.note (tenant_id, id)
);

create table notes.entry (
  tenant_id uuid not null,
  id uuid not null,
  body text not null,
  primary key (tenant_id, id)
) partition by hash (tenant_id);
create table notes.entry_0 partition of notes.entry for values with (modulus 2, remainder 0);
create table notes.entry_1 partition of notes.entry for values with (modulus 2, remainder 1);

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

select tenancy.guard('notes.note', 'tenant');
select tenancy.guard('notes.comment', 'tenant');
select tenancy.guard('notes.entry', 'tenant');
select tenancy.guard('notes.entry_0', 'tenant');
select tenancy.guard('notes.entry_1', 'tenant');
select tenancy.guard('notes.bookmark', 'person');
select tenancy.guard('notes.bulletin', 'platform', 'review');

grant select, insert, update, delete on
  notes.note, notes.comment, notes.entry, notes.entry_0, notes.entry_1, notes.bookmark, notes.bulletin
to cofferdam_app;
