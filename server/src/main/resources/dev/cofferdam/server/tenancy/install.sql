-- Run by a superuser, in the database that Cofferdam is to use. Nothing needs a superuser afterwards.
-- The roles exist already when this runs (roles.sql). Running it again changes nothing.
--
-- It takes from PUBLIC what would let a statement of one tenant outlive its transaction, leave something for the
-- next one, or learn of others; cofferdam_owner keeps what PUBLIC had. The revokes hold for this database alone.
-- What PostgreSQL cannot revoke (LISTEN and NOTIFY, PREPARE, SET of ordinary settings, EXPLAIN) the driver handles.

-- Whoever connects must be one of the three roles; only the owner may make anything.
do $$
begin
  execute pg_catalog.format('alter database %I owner to cofferdam_owner', pg_catalog.current_database());
  execute pg_catalog.format('revoke all on database %I from public, cofferdam_app, cofferdam_ops',
                            pg_catalog.current_database());
  execute pg_catalog.format('grant connect on database %I to cofferdam_app, cofferdam_ops',
                            pg_catalog.current_database());
end $$;
revoke all on schema public from public, cofferdam_app, cofferdam_ops;

-- What the owner makes is nobody's until it is granted: without this, every new function would be PUBLIC's.
alter default privileges for role cofferdam_owner revoke execute on functions from public;
alter default privileges for role cofferdam_owner revoke usage on types from public;

-- The setting that carries the verified scope. PostgreSQL lets only a superuser change it, and now the owner.
grant set on parameter backtrace_functions to cofferdam_owner;

-- Anonymous blocks could hide a SET, and functions could hide anything.
revoke usage on language plpgsql from public;
revoke usage on language sql from public;
grant usage on language plpgsql, sql to cofferdam_owner;

-- Functions of PostgreSQL. A rule with reviewed exceptions, not a list of sins: what a new release adds is refused.
-- Denied is what is volatile, and what is not a pure function and has a name of these families:
--   pg_, has_largeobject: inspection, sizes, statistics, locks, signals, files, replication, sleeping, notifying
--   lo, txid_, age, mxid_age: large objects have no tenant; transaction numbers count everybody's work
--   set_config, setseed, setval…: state of the session, which would outlive the transaction without a command tag
--   …_to_xml, ts_stat, ts_rewrite: run text as a query
do $$
declare
  denied oid;
begin
  for denied in
    select p.oid
      from pg_catalog.pg_proc p
     where p.pronamespace = 'pg_catalog'::pg_catalog.regnamespace
       and p.prokind in ('f', 'p')
       and p.prorettype <> 'pg_catalog.trigger'::pg_catalog.regtype
       and p.provolatile <> 'i'
       and (p.provolatile = 'v'
            or p.proname ~ '^(pg_|lo_|lo[a-z]+64$|loread$|lowrite$|txid_|binary_upgrade_|brin_|gin_clean|currtid)'
            or p.proname ~ '^(has_largeobject_privilege|age|mxid_age|nextval|setval|currval|lastval|setseed|set_config)$'
            or p.proname ~ '(_to_xml|_to_xmlschema|_to_xml_and_xmlschema)$'
            or p.proname ~ '^(ts_stat|ts_rewrite|row_security_active|current_query)$')
       and p.proname <> all (array[
            -- chance, time and identifiers
            'clock_timestamp', 'timeofday', 'random', 'random_normal', 'array_sample', 'array_shuffle',
            'gen_random_uuid', 'uuidv4', 'uuidv7',
            -- one value, and the session's own state
            'pg_typeof', 'pg_basetype', 'pg_collation_for', 'pg_column_size', 'pg_column_compression',
            'pg_input_is_valid', 'pg_input_error_info', 'pg_backend_pid', 'pg_client_encoding',
            'pg_encoding_to_char', 'pg_char_to_encoding', 'pg_listening_channels', 'pg_prepared_statement',
            'pg_cursor', 'pg_trigger_depth', 'pg_my_temp_schema', 'pg_is_other_temp_schema', 'pg_is_in_recovery',
            -- definitions, for the metadata of JDBC drivers: they tell of the schema, never of rows
            'pg_get_expr', 'pg_get_constraintdef', 'pg_get_indexdef', 'pg_get_viewdef', 'pg_get_keywords',
            'pg_get_userbyid', 'pg_get_function_result', 'pg_get_function_arguments', 'pg_get_serial_sequence',
            'pg_get_function_identity_arguments', 'pg_get_partkeydef', 'pg_has_role', 'pg_options_to_table',
            'pg_table_is_visible', 'pg_type_is_visible', 'pg_function_is_visible', 'pg_operator_is_visible',
            'pg_column_is_updatable', 'pg_relation_is_updatable', 'pg_index_column_has_property',
            'pg_index_has_property', 'pg_indexam_has_property'])
       -- The input and output functions of types are called by the server itself and touch nothing.
       and p.proname !~ '(_in|_out|recv|send|handler|sel|validator|_typanalyze)$'
  loop
    execute pg_catalog.format('revoke execute on routine %s from public', denied::pg_catalog.regprocedure);
    execute pg_catalog.format('grant execute on routine %s to cofferdam_owner', denied::pg_catalog.regprocedure);
  end loop;
end $$;

-- System tables and views, in the same manner. Left to all are definitions, which say nothing of rows.
do $$
declare
  denied oid;
begin
  for denied in
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
            'pg_tables', 'pg_views', 'pg_prepared_statements', 'pg_cursors'])
  loop
    execute pg_catalog.format('revoke select on %s from public', denied::pg_catalog.regclass);
    execute pg_catalog.format('grant select on %s to cofferdam_owner', denied::pg_catalog.regclass);
  end loop;
end $$;

-- Of these tables all but the columns that count: rows and pages of every tenant together, transaction numbers.
do $$
declare
  relation text;
  readable text;
begin
  foreach relation in array array['pg_class', 'pg_database'] loop
    select string_agg(quote_ident(attname), ', ' order by attnum) into readable
      from pg_catalog.pg_attribute
     where attrelid = ('pg_catalog.' || relation)::pg_catalog.regclass
       and attnum > 0 and not attisdropped
       and attname not in ('relpages', 'reltuples', 'relallvisible', 'relallfrozen', 'relfrozenxid', 'relminmxid',
                           'relfilenode', 'datfrozenxid', 'datminmxid');
    execute format('grant select (%s) on pg_catalog.%I to public', readable, relation);
  end loop;
end $$;
