-- What stands in some schemas, one line of text for each thing. Parameters: the schemas; further tables by their full
-- names, without the rest of their schemas. Runs with search_path = pg_catalog, so that PostgreSQL writes every other
-- name with its schema.
--
-- Left out, because it may differ between databases that are alike: Flyway's history, which Flyway makes and may make
-- otherwise in its next release; order of columns; storage, tuning, statistics, comments, replication.
with schema as (
  select oid, nspname, nspowner, nspacl from pg_namespace where nspname = any (?::text[])
), relation as (
  select c.*, c.oid::regclass::text as name,
         case c.relkind when 'r' then 'table' when 'p' then 'partitioned table' when 'f' then 'foreign table' when 'v' then 'view'
           when 'm' then 'materialized view' when 'S' then 'sequence' else 'composite type' end as kind
    from pg_class c left join schema s on s.oid = c.relnamespace
   where c.relkind not in ('i', 'I', 't')
     and (s.oid is not null or c.oid in (select to_regclass(name) from unnest(?::text[]) name))
     and (c.relname <> 'schema_history' or s.nspname like 'tenant\_%')
), routine as (
  select p.*, p.oid::regprocedure::text as name from pg_proc p join schema s on s.oid = p.pronamespace
), type as (
  -- Not the types that come with a table or with another type.
  select t.*, t.oid::regtype::text as name from pg_type t join schema s on s.oid = t.typnamespace
   where t.typcategory <> 'A' and (t.typrelid = 0 or t.typrelid in (select oid from relation where relkind = 'c'))
), owned (name, owner, rights) as (
  select 'schema ' || quote_ident(nspname), nspowner, coalesce(nspacl, acldefault('n', nspowner)) from schema
  union all
  select kind || ' ' || name, relowner, coalesce(relacl, acldefault(case relkind when 'S' then 's' else 'r' end::"char", relowner))
    from relation where relkind <> 'c'
  union all
  select format('column %s.%I', r.name, attname), null, attacl
    from relation r join pg_attribute a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
  union all
  select 'function ' || name, proowner, coalesce(proacl, acldefault('f', proowner)) from routine
  union all
  select 'type ' || name, typowner, coalesce(typacl, acldefault('T', typowner)) from type
  union all
  select format('what %s makes in schema %I (%s)', defaclrole::regrole, nspname, defaclobjtype), null, defaclacl
    from pg_default_acl join schema s on s.oid = defaclnamespace
), line (text) as (
  select format('owner of %s: %s', name, owner::regrole) from owned where owner is not null
  union all
  select format('right on %s: %s may %s', name, holder, string_agg(what, ', ' order by what collate "C"))
    from (select name, case grantee when 0 then 'PUBLIC' else grantee::regrole::text end as holder,
                 lower(privilege_type) || case when is_grantable then ' and grant it' else '' end as what
            from owned, aclexplode(rights))
   group by name, holder
  union all
  select concat_ws(' ', kind, name,
                case relpersistence when 'u' then 'unlogged' end,
                case when relrowsecurity then 'with row security' end,
                case when relforcerowsecurity then 'forced' end,
                -- Of a table they are tuning.
                case when relkind in ('v', 'm') then 'with ' || array_to_string(reloptions, ', ') end,
                'partition ' || pg_get_expr(relpartbound, oid),
                (select format('as %s start %s increment %s from %s to %s cache %s cycle %s', seqtypid::regtype, seqstart, seqincrement,
                               seqmin, seqmax, seqcache, seqcycle)
                   from pg_sequence where seqrelid = r.oid))
    from relation r
  union all
  select concat_ws(' ', format('column %s.%I', r.name, attname), format_type(atttypid, atttypmod),
                case when attcollation <> (select typcollation from pg_type where oid = atttypid)
                     then 'collate ' || attcollation::regcollation end,
                case when attnotnull then 'not null' end,
                case when attgenerated <> '' then 'generated ' || attgenerated::text end,
                case when attidentity <> '' then 'identity ' || attidentity::text end,
                'default ' || pg_get_expr(adbin, adrelid))
    from relation r join pg_attribute a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
    left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
   where r.relkind <> 'S'
  union all
  -- That a column is not null stands with the column, unless rows are exempt.
  select concat_ws(' ', 'constraint', quote_ident(conname), 'on', r.name, pg_get_constraintdef(c.oid),
                case when not convalidated then 'not validated' end)
    from relation r join pg_constraint c on c.conrelid = r.oid
   where contype <> 'n' or not convalidated
  union all
  select concat_ws(' ', 'constraint', quote_ident(conname), 'on', t.name, pg_get_constraintdef(c.oid),
                case when not convalidated then 'not validated' end)
    from type t join pg_constraint c on c.contypid = t.oid
  union all
  select concat_ws(' ', 'index', pg_get_indexdef(i.indexrelid), case when not (indisvalid and indisready) then 'not valid' end)
    from relation r join pg_index i on i.indrelid = r.oid
  union all
  select concat_ws(' ', 'policy', quote_ident(polname), 'on', r.name, case when polpermissive then 'permissive' else 'restrictive' end,
                'for', case polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete' else 'all' end,
                'to', (select string_agg(case role when 0 then 'PUBLIC' else role::regrole::text end, ', ' order by role::regrole::text collate "C")
                         from unnest(polroles) role),
                'using ' || pg_get_expr(polqual, polrelid), 'check ' || pg_get_expr(polwithcheck, polrelid))
    from relation r join pg_policy p on p.polrelid = r.oid
  union all
  -- Of the triggers that enforce foreign keys, only whether they are off. Their names hold numbers.
  select case when tgisinternal
              then format('trigger of constraint %I on %s', (select conname from pg_constraint where oid = tgconstraint), r.name)
              else format('trigger %I on %s: %s', tgname, r.name, pg_get_triggerdef(t.oid)) end
         || case tgenabled when 'O' then '' when 'D' then ', disabled' when 'A' then ', always' else ', on replicas' end
    from relation r join pg_trigger t on t.tgrelid = r.oid
   where not tgisinternal or tgenabled <> 'O'
  union all
  -- Also what a view selects, which is a rule.
  select format('rule on %s: %s', r.name, pg_get_ruledef(w.oid)) || case ev_enabled when 'O' then '' else ', ' || ev_enabled::text end
    from relation r join pg_rewrite w on w.ev_class = r.oid
  union all
  select format('parent of %s: %s', r.name, inhparent::regclass) from relation r join pg_inherits i on i.inhrelid = r.oid
  union all
  select concat_ws(' ', case prokind when 'p' then 'procedure' when 'a' then 'aggregate' else 'function' end,
                format('%s.%I(%s)', pronamespace::regnamespace, proname, pg_get_function_arguments(p.oid)),
                'returns ' || pg_get_function_result(p.oid), 'language', lanname,
                case provolatile when 'i' then 'immutable' when 's' then 'stable' else 'volatile' end,
                'parallel', case proparallel when 's' then 'safe' when 'r' then 'restricted' else 'unsafe' end,
                case when prosecdef then 'security definer' end,
                case when proleakproof then 'leakproof' end,
                case when proisstrict then 'strict' end,
                'set ' || array_to_string(proconfig, ', '),
                -- The whole with its body, which is too long to stand here.
                'definition ' || case when prokind <> 'a'
                                      then left(encode(sha256(convert_to(pg_get_functiondef(p.oid), 'UTF8')), 'hex'), 32) end)
    from routine p join pg_language l on l.oid = prolang
  union all
  select concat_ws(' ', 'type', name,
                (select 'enum ' || string_agg(quote_literal(enumlabel), ', ' order by enumsortorder) from pg_enum where enumtypid = t.oid),
                case when typbasetype <> 0 then 'domain of ' || format_type(typbasetype, typtypmod) end,
                case when typnotnull then 'not null' end,
                'default ' || typdefault)
    from type t
  union all
  -- Whatever else can stand in a schema: operators, collations, text search and the like.
  select format('%s %s', o.type, o.identity)
    from pg_depend d join schema s on d.refclassid = 'pg_namespace'::regclass and d.refobjid = s.oid,
         pg_identify_object(d.classid, d.objid, d.objsubid) o
   where d.classid not in ('pg_class'::regclass, 'pg_proc'::regclass, 'pg_type'::regclass, 'pg_constraint'::regclass,
                           'pg_default_acl'::regclass, 'pg_statistic_ext'::regclass, 'pg_publication_namespace'::regclass)
)
select distinct replace(text, E'\n', '\n') from line
