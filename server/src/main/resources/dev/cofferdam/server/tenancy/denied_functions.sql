-- The functions of PostgreSQL that only the owner may call: taken from PUBLIC at install, looked for at start.
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
        'pg_get_expr', 'pg_get_constraintdef', 'pg_get_indexdef', 'pg_get_viewdef', 'pg_get_keywords', 'pg_show_all_settings',
        'pg_get_userbyid', 'pg_get_function_result', 'pg_get_function_arguments', 'pg_get_serial_sequence',
        'pg_get_function_identity_arguments', 'pg_get_partkeydef', 'pg_has_role', 'pg_options_to_table',
        'pg_table_is_visible', 'pg_type_is_visible', 'pg_function_is_visible', 'pg_operator_is_visible',
        'pg_column_is_updatable', 'pg_relation_is_updatable', 'pg_index_column_has_property',
        'pg_index_has_property', 'pg_indexam_has_property'])
   -- The input and output functions of types are called by the server itself and touch nothing.
   and p.proname !~ '(_in|_out|recv|send|handler|sel|validator|_typanalyze)$'
