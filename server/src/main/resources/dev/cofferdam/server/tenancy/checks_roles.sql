-- What the roles may be and the server must say. Each row: rule, sentence.
with serving as (
  select rolname as role, r.* from pg_catalog.pg_roles r where rolname in ('cofferdam_app', 'cofferdam_ops')
)
select 'SERVER_VERSION', 'PostgreSQL ' || current_setting('server_version') || ' was found, and Cofferdam knows 18'
 where current_setting('server_version_num')::integer / 10000 <> 18
union all
select 'SERVER_SETTING', 'row_security is off for the database or a role'
 where exists (select from pg_catalog.pg_db_role_setting s, unnest(s.setconfig) c where c ~* '^row_security=(off|false|no|0)')
union all
select 'ROLE_POWER', role || ' is ' || power
  from serving,
       lateral (values (rolsuper, 'a superuser'), (rolbypassrls, 'free to bypass row security'),
                       (rolcreatedb, 'allowed to create databases'), (rolcreaterole, 'allowed to create roles'),
                       (rolreplication, 'allowed to replicate')) p (has, power)
 where has
union all
select 'ROLE_POWER', 'cofferdam_owner is a superuser, creates roles, replicates or bypasses row security'
  from pg_catalog.pg_roles
 where rolname = 'cofferdam_owner' and (rolsuper or rolcreaterole or rolreplication or rolbypassrls)
union all
select 'ROLE_MEMBERSHIP', m.member::regrole || ' is a member of ' || m.roleid::regrole
  from pg_catalog.pg_auth_members m
 where m.member in (select oid from pg_catalog.pg_roles where rolname in ('cofferdam_app', 'cofferdam_ops', 'cofferdam_owner'))
union all
select 'ROLE_OWNS', role || ' owns ' || pg_catalog.pg_describe_object(d.classid, d.objid, d.objsubid)
  from serving, pg_catalog.pg_shdepend d
 where d.refclassid = 'pg_catalog.pg_authid'::regclass and d.refobjid = serving.oid and d.deptype = 'o'
   and d.dbid = (select oid from pg_catalog.pg_database where datname = current_database())
union all
select 'ROLE_MAY_CREATE', role || ' may ' || power || ' in the database'
  from serving, unnest(array['CREATE', 'TEMPORARY']) power
 where has_database_privilege(serving.oid, current_database(), power)
union all
select 'ROLE_MAY_CREATE', role || ' may create in schema ' || nspname
  from serving, pg_catalog.pg_namespace n
 where has_schema_privilege(serving.oid, n.oid, 'CREATE')
union all
select 'ROLE_MAY_CREATE', role || ' may use schema public'
  from serving
 where to_regnamespace('public') is not null and has_schema_privilege(serving.oid, 'public', 'USAGE')
union all
select 'ROLE_MAY_SET', coalesce(nullif(a.grantee, 0)::regrole::text, 'everybody') || ' may set ' || p.parname
  from pg_catalog.pg_parameter_acl p, lateral pg_catalog.aclexplode(p.paracl) a
 where a.grantee = 0 or a.grantee in (select oid from serving)
union all
select 'ROLE_SETTING', s.role || ' lacks its setting ' || wanted
  from serving s,
       unnest(array['log_parameter_max_length=0', 'log_parameter_max_length_on_error=0']) wanted
 where not coalesce(s.rolconfig, '{}') @> array[wanted]
union all
select 'ROLE_SETTING', 'cofferdam_owner may not set what carries the binding'
 where not has_parameter_privilege('cofferdam_owner', 'backtrace_functions', 'SET')
union all
select 'SYSTEM_FUNCTION', role || ' may call ' || denied.oid::regprocedure
  from serving, ({denied_functions}) denied
 where has_function_privilege(serving.oid, denied.oid, 'EXECUTE')
union all
select 'SYSTEM_RELATION', 'everybody may read ' || denied.oid::regclass
  from ({denied_relations}) denied
union all
select 'SYSTEM_RELATION', role || ' may read ' || relation
  from serving,
       unnest(array['pg_catalog.pg_statistic', 'pg_catalog.pg_stats', 'pg_catalog.pg_stat_activity', 'pg_catalog.pg_authid',
                    'pg_catalog.pg_locks', 'pg_catalog.pg_stat_all_tables', 'pg_catalog.pg_largeobject']) relation
 where has_table_privilege(serving.oid, relation, 'SELECT')
union all
select 'APPEND_ONLY', 'the event trigger ' || wanted || ', which guards append-only tables, is not there as a superuser made it'
  from unnest(array['append_only_dropped', 'append_only_altered', 'append_only_rewritten']) wanted
 where not exists (select from pg_catalog.pg_event_trigger e join pg_catalog.pg_roles r on r.oid = e.evtowner
                     join pg_catalog.pg_proc p on p.oid = e.evtfoid join pg_catalog.pg_roles o on o.oid = p.proowner
                    where e.evtname = wanted and e.evtenabled = 'A' and r.rolsuper and o.rolsuper and p.proname = wanted
                      and p.pronamespace = (select oid from pg_catalog.pg_namespace where nspname = 'public'))
union all
select 'APPEND_ONLY', 'schema public belongs to ' || nspowner::regrole || ', who can drop what guards append-only tables'
  from pg_catalog.pg_namespace
 where nspname = 'public' and not (select rolsuper from pg_catalog.pg_roles r where r.oid = nspowner)
union all
select 'LANGUAGE', role || ' may write in the language ' || lanname
  from serving, pg_catalog.pg_language l
 where has_language_privilege(serving.oid, l.oid, 'USAGE') and lanname not in ('internal', 'c')
