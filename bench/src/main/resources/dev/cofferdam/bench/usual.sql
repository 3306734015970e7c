-- The same five tables as they usually are: `plain` without row security, `usual` with a policy on a plain setting.
select format(
$table$
  create schema if not exists %2$s;
  grant usage on schema %2$s to bench_plain;
  create table %2$s.%1$s (
    tenant_id uuid not null,
    id bigint not null,
    title text not null,
    body text not null,
    primary key (tenant_id, id));
  grant select, insert, update, delete on %2$s.%1$s to bench_plain;
$table$, name, way)
|| case way when 'usual' then format(
$policy$
  alter table usual.%1$s enable row level security;
  create policy tenant on usual.%1$s
    using (tenant_id = current_setting('app.tenant')::uuid) with check (tenant_id = current_setting('app.tenant')::uuid);
$policy$, name) else '' end
from unnest(array['document', 'folder', 'label', 'revision', 'author']) name, unnest(array['plain', 'usual']) way;
