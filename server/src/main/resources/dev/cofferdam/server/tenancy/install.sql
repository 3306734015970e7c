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
    {denied_functions}
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
    {denied_relations}
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
