-- The system tables and views that only the owner may read whole: taken from PUBLIC at install, looked for at start.
select c.oid
  from pg_catalog.pg_class c
 where c.relnamespace = 'pg_catalog'::pg_catalog.regnamespace
   and c.relkind in ('r', 'v')
   -- Only what PUBLIC has, or had before this ran: passwords and statistics stay the superuser's.
   and exists (select from pg_catalog.aclexplode(c.relacl) a where a.grantee = 0 and a.privilege_type = 'SELECT')
   and c.relname <> all (array[
        'pg_type', 'pg_namespace', 'pg_attribute', 'pg_attrdef', 'pg_index', 'pg_constraint', 'pg_proc',
        'pg_description', 'pg_am', 'pg_enum', 'pg_range', 'pg_cast', 'pg_collation', 'pg_operator', 'pg_opclass',
        'pg_amop', 'pg_amproc', 'pg_opfamily', 'pg_aggregate', 'pg_language', 'pg_inherits', 'pg_depend',
        'pg_rewrite', 'pg_trigger', 'pg_partitioned_table',
        'pg_tables', 'pg_views', 'pg_settings', 'pg_prepared_statements', 'pg_cursors'])
