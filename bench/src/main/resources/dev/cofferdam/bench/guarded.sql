-- Five tables as a SaaS would have them under tenancy: the policy compares with the bound tenant.
create schema bench;
grant usage on schema bench to cofferdam_app;
select format(
$table$
  create table bench.%1$s (
    tenant_id uuid not null default tenancy.bound_tenant(),
    id bigint not null,
    title text not null,
    body text not null,
    primary key (tenant_id, id));
  alter table bench.%1$s enable row level security;
  alter table bench.%1$s force row level security;
  create policy fill on bench.%1$s to cofferdam_owner using ((select tenancy.bound_purpose()) is not null);
  create policy tenant on bench.%1$s to cofferdam_app
    using (tenant_id = (select tenancy.bound_tenant())) with check (tenant_id = (select tenancy.bound_tenant()));
  grant select, insert, update, delete on bench.%1$s to cofferdam_app;
$table$, name)
from unnest(array['document', 'folder', 'label', 'revision', 'author']) name;
