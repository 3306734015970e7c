-- Run once by a superuser, in the database that Cofferdam is to use. Nothing needs a superuser afterwards.
-- The roles exist already, with their passwords, when this runs: see Installation.
--
-- It takes from PUBLIC what would let a statement of one tenant outlive its transaction, leave something for the
-- next one, or learn of others. The revokes on pg_catalog hold for this database alone.

revoke all on schema public from public;

-- A session setting made by a function leaves no command tag by which the pool could notice it.
revoke execute on function pg_catalog.set_config(text, text, boolean) from public;
grant execute on function pg_catalog.set_config(text, text, boolean) to cofferdam_owner;

-- The setting that carries the verified scope. PostgreSQL lets only a superuser change it, and now the owner.
grant set on parameter backtrace_functions to cofferdam_owner;

-- Anonymous blocks could hide a SET, and functions could hide anything.
revoke usage on language plpgsql from public;
revoke usage on language sql from public;
grant usage on language plpgsql, sql to cofferdam_owner;

-- Large objects have no tenant.
revoke execute on function
  pg_catalog.lo_create(oid),
  pg_catalog.lo_creat(integer),
  pg_catalog.lo_from_bytea(oid, bytea),
  pg_catalog.lo_open(oid, integer),
  pg_catalog.lo_put(oid, bigint, bytea),
  pg_catalog.lo_get(oid),
  pg_catalog.lo_get(oid, bigint, integer),
  pg_catalog.lo_unlink(oid)
from public;

-- Session advisory locks outlive a transaction; transaction ones, of either kind, are a channel between tenants.
revoke execute on function
  pg_catalog.pg_advisory_lock(bigint),
  pg_catalog.pg_advisory_lock(integer, integer),
  pg_catalog.pg_advisory_lock_shared(bigint),
  pg_catalog.pg_advisory_lock_shared(integer, integer),
  pg_catalog.pg_try_advisory_lock(bigint),
  pg_catalog.pg_try_advisory_lock(integer, integer),
  pg_catalog.pg_try_advisory_lock_shared(bigint),
  pg_catalog.pg_try_advisory_lock_shared(integer, integer),
  pg_catalog.pg_advisory_xact_lock(bigint),
  pg_catalog.pg_advisory_xact_lock(integer, integer),
  pg_catalog.pg_advisory_xact_lock_shared(bigint),
  pg_catalog.pg_advisory_xact_lock_shared(integer, integer),
  pg_catalog.pg_try_advisory_xact_lock(bigint),
  pg_catalog.pg_try_advisory_xact_lock(integer, integer),
  pg_catalog.pg_try_advisory_xact_lock_shared(bigint),
  pg_catalog.pg_try_advisory_xact_lock_shared(integer, integer)
from public;
grant execute on function
  pg_catalog.pg_advisory_lock(bigint),
  pg_catalog.pg_try_advisory_lock(bigint),
  pg_catalog.pg_advisory_xact_lock(bigint),
  pg_catalog.pg_try_advisory_xact_lock(bigint)
to cofferdam_owner;

-- Sleeping, signalling and running text as a query serve no statement of ours.
revoke execute on function
  pg_catalog.pg_sleep(double precision),
  pg_catalog.pg_sleep_for(interval),
  pg_catalog.pg_sleep_until(timestamp with time zone),
  pg_catalog.pg_cancel_backend(integer),
  pg_catalog.pg_terminate_backend(integer, bigint),
  pg_catalog.pg_notify(text, text),
  pg_catalog.query_to_xml(text, boolean, boolean, text),
  pg_catalog.query_to_xmlschema(text, boolean, boolean, text),
  pg_catalog.query_to_xml_and_xmlschema(text, boolean, boolean, text),
  pg_catalog.database_to_xml(boolean, boolean, text),
  pg_catalog.database_to_xmlschema(boolean, boolean, text),
  pg_catalog.database_to_xml_and_xmlschema(boolean, boolean, text)
from public;

-- Counts, sizes and estimates over all tenants, and what other sessions are doing.
revoke select on
  pg_catalog.pg_stats,
  pg_catalog.pg_stats_ext,
  pg_catalog.pg_stats_ext_exprs,
  pg_catalog.pg_stat_activity,
  pg_catalog.pg_stat_all_tables,
  pg_catalog.pg_stat_sys_tables,
  pg_catalog.pg_stat_user_tables,
  pg_catalog.pg_stat_xact_all_tables,
  pg_catalog.pg_stat_xact_user_tables,
  pg_catalog.pg_stat_all_indexes,
  pg_catalog.pg_stat_user_indexes,
  pg_catalog.pg_statio_all_tables,
  pg_catalog.pg_statio_user_tables,
  pg_catalog.pg_statio_all_indexes,
  pg_catalog.pg_statio_user_indexes,
  pg_catalog.pg_statio_all_sequences,
  pg_catalog.pg_statio_user_sequences,
  pg_catalog.pg_stat_database,
  pg_catalog.pg_stat_user_functions,
  pg_catalog.pg_locks,
  pg_catalog.pg_sequences,
  pg_catalog.pg_roles,
  pg_catalog.pg_settings
from public;
revoke execute on function
  pg_catalog.pg_relation_size(regclass),
  pg_catalog.pg_relation_size(regclass, text),
  pg_catalog.pg_table_size(regclass),
  pg_catalog.pg_indexes_size(regclass),
  pg_catalog.pg_total_relation_size(regclass),
  pg_catalog.pg_database_size(name),
  pg_catalog.pg_database_size(oid),
  pg_catalog.pg_stat_get_live_tuples(oid),
  pg_catalog.pg_stat_get_dead_tuples(oid),
  pg_catalog.pg_stat_get_tuples_inserted(oid),
  pg_catalog.pg_stat_get_tuples_updated(oid),
  pg_catalog.pg_stat_get_tuples_deleted(oid),
  pg_catalog.pg_stat_get_tuples_returned(oid),
  pg_catalog.pg_stat_get_tuples_fetched(oid),
  pg_catalog.pg_stat_get_activity(integer),
  pg_catalog.pg_lock_status()
from public;
