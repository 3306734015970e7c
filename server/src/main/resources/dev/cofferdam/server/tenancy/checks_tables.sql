-- What stands in the database, against the list. Each row: rule, sentence.
-- Parameters: the listed schemas, tables with kind and purposes, views with readers.
with schema_listed as (
  select unnest(:schemas::text[]) as name
), listed as (
  select name, kind, purposes, to_regclass(name) as oid
    from unnest(:tables::text[], :kinds::text[], :purposes::text[]) t (name, kind, purposes)
), view_listed as (
  select name, readers, to_regclass(name) as oid from unnest(:views::text[], :readers::text[]) v (name, readers)
), relation as (
  select n.nspname || '.' || c.relname as name, c.*
    from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
   where n.nspname in (select name from schema_listed)
), guarded as (
  select r.oid, l.name, l.kind, l.purposes, r.relrowsecurity, r.relforcerowsecurity, r.relispartition,
         case l.kind when 'TENANT' then 'tenant_id' when 'PERSON' then 'person_id' end as scope_column,
         case l.kind
           when 'TENANT' then '(tenant_id = ( SELECT tenancy.bound_tenant() AS bound_tenant))'
           when 'PERSON' then '(person_id = ( SELECT tenancy.bound_person() AS bound_person))'
           when 'PLATFORM' then format('(( SELECT tenancy.bound_purpose() AS bound_purpose) = ANY (%L::text[]))', l.purposes)
         end as expected
    from listed l join relation r on r.oid = l.oid
   where l.kind <> 'INTERNAL'
), policy as (
  select g.oid, g.name, g.expected, p.polname, p.polpermissive, p.polcmd, p.polqual, p.polwithcheck,
         p.oid as policy_oid,
         case when p.polroles = array['cofferdam_app'::regrole::oid] then 'app'
              when p.polroles = array['cofferdam_owner'::regrole::oid] then 'owner'
         end as for_role,
         pg_catalog.pg_get_expr(p.polqual, p.polrelid) as qual,
         pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid) as with_check
    from guarded g join pg_catalog.pg_policy p on p.polrelid = g.oid
), compared as (
  select *,
         for_role is not null and polpermissive and polcmd = '*'
           and qual = case for_role when 'app' then expected
                        else '(( SELECT tenancy.bound_purpose() AS bound_purpose) IS NOT NULL)' end
           and coalesce(with_check, qual) = qual as right_one
    from policy
), judged as (
  -- Why one is wrong is looked for only where one is: the search is dear.
  select *,
         not right_one and (exists (select from pg_catalog.pg_depend d join pg_catalog.pg_proc f on f.oid = d.refobjid
                  where d.classid = 'pg_catalog.pg_policy'::regclass and d.objid = policy_oid
                    and d.refclassid = 'pg_catalog.pg_proc'::regclass and f.provolatile = 'v')
           or exists (select from pg_catalog.pg_proc f
                       where f.pronamespace = 'pg_catalog'::regnamespace and f.provolatile = 'v'
                         and coalesce(qual, '') || coalesce(with_check, '') ~ ('\y' || f.proname || '\('))) as is_volatile,
         coalesce(qual, '') || coalesce(with_check, '') ~ 'tenancy\.bound_'
           and replace(coalesce(qual, '') || coalesce(with_check, ''), '( SELECT tenancy.bound_', '') ~ 'tenancy\.bound_'
           as per_row
    from compared
), grants as (
  select r.oid, r.name, a.grantee, a.privilege_type
    from relation r, lateral pg_catalog.aclexplode(r.relacl) a
  union all
  select r.oid, r.name, a.grantee, a.privilege_type
    from relation r join pg_catalog.pg_attribute t on t.attrelid = r.oid,
         lateral pg_catalog.aclexplode(t.attacl) a
), served as (
  select g.oid, g.name, g.privilege_type,
         case g.grantee when 0 then 'everybody' else g.grantee::regrole::text end as role
    from grants g
   where g.grantee = 0 or g.grantee in ('cofferdam_app'::regrole, 'cofferdam_ops'::regrole)
)
select 'UNLISTED_SCHEMA', 'schema ' || nspname || ' is not listed'
  from pg_catalog.pg_namespace
 where nspname not in (select name from schema_listed)
   and nspname !~ '^pg_' and nspname not in ('information_schema', 'public')
   and nspname !~ '^tenant_[0-9a-f]{32}$'
union all
select 'UNLISTED_TABLE', 'table ' || r.name || ' is not listed'
  from relation r
 where r.relkind in ('r', 'p', 'f', 'm') and r.oid not in (select oid from listed where oid is not null)
union all
select 'MISSING_TABLE', 'table ' || l.name || ' is listed and is not there'
  from listed l left join relation r on r.oid = l.oid and r.relkind in ('r', 'p')
 where r.oid is null
union all
select 'ROW_SECURITY_OFF', 'table ' || name || ' has no row security' from guarded where not relrowsecurity
union all
select 'ROW_SECURITY_NOT_FORCED', 'table ' || name || ' does not force row security on its owner'
  from guarded where relrowsecurity and not relforcerowsecurity
union all
select 'POLICY_MISSING', 'table ' || g.name || ' has no policy for cofferdam_' || wanted
  from guarded g, unnest(array['app', 'owner']) wanted
 where not exists (select from policy p where p.oid = g.oid and p.for_role = wanted)
union all
select case when is_volatile then 'POLICY_VOLATILE' when per_row then 'POLICY_PER_ROW' else 'POLICY_NOT_ITS_KIND' end,
       'policy ' || polname || ' of table ' || name
         || case when is_volatile then ' calls a volatile function'
                 when per_row then ' would be evaluated for each row: write (select tenancy.bound_…())'
                 else ' is not the one of the table''s kind' end
  from (select *, row_number() over (partition by oid, for_role order by right_one desc, polname) as nth from judged) j
 where for_role is not null and nth = 1 and not right_one
union all
select 'POLICY_EXTRA', 'policy ' || polname || ' of table ' || name || ' is not one of the two that belong there'
  from (select *, row_number() over (partition by oid, for_role order by right_one desc, polname) as nth from judged) j
 where for_role is null or nth > 1
union all
select distinct 'INTERNAL_GRANTED', s.role || ' has rights on ' || s.name || ', which is internal'
  from served s join listed l on l.oid = s.oid and l.kind = 'INTERNAL'
union all
select distinct 'TABLE_GRANTED', s.role || ' has ' || s.privilege_type || ' on ' || s.name
  from served s join listed l on l.oid = s.oid and l.kind <> 'INTERNAL'
 where s.role <> 'cofferdam_app' or s.privilege_type not in ('SELECT', 'INSERT', 'UPDATE', 'DELETE')
union all
select distinct 'PARTITION_GRANTED', s.role || ' reaches ' || s.name || ' without its parent'
  from served s
 where exists (select from pg_catalog.pg_inherits i where i.inhrelid = s.oid)
union all
select 'KEY_NOT_SCOPED', 'index ' || i.indexrelid::regclass || ' of table ' || g.name || ' does not begin with ' || g.scope_column
  from guarded g join pg_catalog.pg_index i on i.indrelid = g.oid
 where g.scope_column is not null
   and (select attname from pg_catalog.pg_attribute a where a.attrelid = g.oid and a.attnum = i.indkey[0])
       is distinct from g.scope_column
union all
select 'FOREIGN_KEY_NOT_SCOPED', 'foreign key ' || c.conname || ' of table ' || g.name || ' does not begin with ' || g.scope_column
         || ' on both sides'
  from guarded g join pg_catalog.pg_constraint c on c.conrelid = g.oid and c.contype = 'f'
 where g.scope_column is not null
   and ((select attname from pg_catalog.pg_attribute a where a.attrelid = c.conrelid and a.attnum = c.conkey[1])
          is distinct from g.scope_column
        or (select attname from pg_catalog.pg_attribute a where a.attrelid = c.confrelid and a.attnum = c.confkey[1])
          is distinct from g.scope_column)
union all
select 'SEQUENCE', 'column ' || a.attname || ' of table ' || g.name || ' counts for all tenants together'
  from guarded g join pg_catalog.pg_attribute a on a.attrelid = g.oid and a.attnum > 0
  left join pg_catalog.pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
 where a.attidentity <> '' or pg_catalog.pg_get_expr(d.adbin, d.adrelid) ~ 'nextval\('
union all
select distinct 'SEQUENCE', s.role || ' has rights on the sequence ' || s.name
  from served s join relation r on r.oid = s.oid and r.relkind = 'S'
union all
select 'UNLISTED_VIEW', 'view ' || r.name || ' is not listed'
  from relation r where r.relkind = 'v' and r.oid not in (select oid from view_listed where oid is not null)
union all
select 'MISSING_VIEW', 'view ' || v.name || ' is listed and is not there'
  from view_listed v left join relation r on r.oid = v.oid and r.relkind = 'v' where r.oid is null
union all
select 'VIEW_OWNER_RIGHTS', 'view ' || r.name || ' reads with the rights of its owner: set security_invoker'
  from relation r
 where r.relkind = 'v' and not coalesce(r.reloptions, '{}') && array['security_invoker=true', 'security_invoker=on']
