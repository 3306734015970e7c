revoke all on schema ledger from public;
grant usage on schema ledger to cofferdam_app;

create table ledger.preference (
  person_id uuid not null,
  name text not null,
  value text not null,
  primary key (person_id, name)
);
select tenancy.guard('ledger.preference', 'person');
grant select, insert, update, delete on ledger.preference to cofferdam_app;

create table ledger.rate (
  currency text primary key,
  rate numeric not null
);
select tenancy.guard('ledger.rate', 'platform', 'report', 'tenant_life');
grant select on ledger.rate to cofferdam_app;
