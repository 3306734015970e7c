-- What the schema of a tenant is, or the shared tables that it should be like, as lines of text without the schema's
-- name: tables, columns, constraints, indexes, policies, triggers, rights. Parameters: the schema; the shared tables.
with relation as (
  select c.oid, c.relname, c.relkind, c.relrowsecurity, c.relforcerowsecurity, c.relowner, c.relacl, c.relnamespace
    from pg_catalog.pg_class c
   where c.relkind not in ('i', 'I', 't')
     and (c.relnamespace = to_regnamespace(:schema::text)
          or c.oid in (select to_regclass(name) from unnest(:shared::text[]) name))
), line as (
  select relnamespace, format('table %s %s row security %s forced %s owner %s rights %s', relname, relkind, relrowsecurity,
                relforcerowsecurity, relowner::regrole,
                (select string_agg(a::text, ' ' order by a::text) from unnest(relacl) a)) as text
    from relation
  union all
  select relnamespace, format('column %s.%s %s not null %s default %s identity %s generated %s rights %s', relname, attname,
                format_type(atttypid, atttypmod), attnotnull, pg_get_expr(adbin, adrelid), attidentity, attgenerated,
                (select string_agg(a::text, ' ' order by a::text) from unnest(attacl) a))
    from relation r join pg_catalog.pg_attribute a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
    left join pg_catalog.pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
  union all
  select relnamespace, format('constraint %s.%s %s valid %s', relname, conname, pg_get_constraintdef(c.oid), convalidated)
    from relation r join pg_catalog.pg_constraint c on c.conrelid = r.oid
  union all
  select relnamespace, format('index %s valid %s', pg_get_indexdef(i.indexrelid), indisvalid)
    from relation r join pg_catalog.pg_index i on i.indrelid = r.oid
  union all
  select relnamespace, format('policy %s.%s %s %s %s using %s check %s', relname, polname, polpermissive, polcmd,
                polroles::regrole[], pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid))
    from relation r join pg_catalog.pg_policy p on p.polrelid = r.oid
  union all
  select relnamespace, format('trigger %s %s', pg_get_triggerdef(t.oid), tgenabled)
    from relation r join pg_catalog.pg_trigger t on t.tgrelid = r.oid and not t.tgisinternal
  union all
  select relnamespace, format('parent %s %s', relname, inhparent::regclass)
    from relation r join pg_catalog.pg_inherits i on i.inhrelid = r.oid
  union all
  select pronamespace, format('function %s', p.oid::regprocedure)
    from pg_catalog.pg_proc p where pronamespace = to_regnamespace(:schema::text)
)
select distinct replace(text, relnamespace::regnamespace || '.', '') as text from line order by 1
