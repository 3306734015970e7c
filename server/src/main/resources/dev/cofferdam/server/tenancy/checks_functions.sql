-- The functions that run with their owner's rights, and who may call any. Each row: rule, sentence.
-- Parameters: the listed signatures with their callers.
with listed as (
  select name, callers, to_regprocedure(name) as oid
    from unnest(:functions::text[], :callers::text[]) f (name, callers)
), own as (
  select p.*, p.oid::regprocedure::text as signature
    from pg_catalog.pg_proc p join pg_catalog.pg_namespace n on n.oid = p.pronamespace
   where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
), called as (
  select o.oid, o.signature, o.prosecdef,
         case a.grantee when 0 then 'everybody' else a.grantee::regrole::text end as role
    from own o, lateral pg_catalog.aclexplode(coalesce(o.proacl, pg_catalog.acldefault('f', o.proowner))) a
   where a.grantee <> o.proowner
)
select 'UNLISTED_DEFINER', 'function ' || signature || ' runs with its owner''s rights and is not listed'
  from own where prosecdef and oid not in (select oid from listed where oid is not null)
union all
select 'MISSING_FUNCTION', 'function ' || l.name || ' is listed and is not there'
  from listed l left join own o on o.oid = l.oid and o.prosecdef where o.oid is null
union all
select 'FUNCTION_PUBLIC', 'everybody may call function ' || signature from called where role = 'everybody'
union all
select 'FUNCTION_GRANTED', c.role || ' may call function ' || c.signature || ', and is not listed as its caller'
  from called c join listed l on l.oid = c.oid
 where c.role <> 'everybody' and not c.role = any (l.callers::text[])
union all
select 'FUNCTION_GRANTED', wanted || ' may not call function ' || l.name || ', and is listed as its caller'
  from listed l, unnest(l.callers::text[]) wanted
 where l.oid is not null
   and not exists (select from called c where c.oid = l.oid and c.role in (wanted, 'everybody'))
union all
select 'FUNCTION_NAME_RESOLUTION', 'function ' || signature || ' runs with its owner''s rights and looks names up by its caller''s path'
  from own
 where prosecdef and prosqlbody is null
   and not exists (select from unnest(coalesce(proconfig, '{}')) c where c ~ '^search_path=pg_catalog, ?pg_temp$')
union all
select 'ROLE_OWNS', 'function ' || signature || ' belongs to ' || proowner::regrole || ' and not to cofferdam_owner'
  from own where prosecdef and proowner <> 'cofferdam_owner'::regrole
