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

-- Append-only tables. A migration makes a table one with
--   create trigger append_only before update or delete or truncate on … for each statement execute function public.append_only();
--   alter table … enable always trigger append_only;
-- From then on no role but a superuser changes, removes or empties what stands in it, nor takes the guard away: the
-- function and the event triggers are the superuser's, so that the owner cannot replace them. Rows, columns and indexes
-- can still be added.
do $$
begin
  -- It comes with the database's owner, who could drop what is in it.
  execute pg_catalog.format('alter schema public owner to %I', current_user);
end $$;
grant usage on schema public to cofferdam_owner;

create or replace function public.append_only() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if not (select rolsuper from pg_roles where rolname = current_user) then
    raise exception using errcode = '0A000',
      message = format('%I.%I is append-only: there is no %s', tg_table_schema, tg_table_name, lower(tg_op));
  end if;
  return null;
end $$;

-- The guard may not be dropped, alone or with what it guards, nor a column with what is in it.
create or replace function public.append_only_dropped() returns event_trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if not (select rolsuper from pg_roles where rolname = current_user)
     and exists (select from pg_event_trigger_dropped_objects() d
                  where d.object_type = 'trigger' and d.object_identity like 'append\_only on %'
                     or d.object_type = 'table column'
                        and exists (select from pg_trigger t where t.tgrelid = d.objid
                                       and t.tgfoid = 'public.append_only()'::regprocedure)) then
    raise exception using errcode = '0A000', message = 'an append-only table is not dropped, in whole or in part';
  end if;
end $$;

-- It may not be switched off or renamed: it is known by its name when it is dropped.
create or replace function public.append_only_altered() returns event_trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if not (select rolsuper from pg_roles where rolname = current_user)
     and exists (select from pg_event_trigger_ddl_commands() c where c.command_tag in ('ALTER TABLE', 'ALTER TRIGGER'))
     and exists (select from pg_trigger t where t.tgfoid = 'public.append_only()'::regprocedure
                    and (t.tgname <> 'append_only' or t.tgenabled in ('D', 'R'))) then
    raise exception using errcode = '0A000', message = 'the guard of an append-only table stays on';
  end if;
end $$;

-- Nor may the rows be written anew with other contents.
create or replace function public.append_only_rewritten() returns event_trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if not (select rolsuper from pg_roles where rolname = current_user)
     and exists (select from pg_trigger t where t.tgrelid = pg_event_trigger_table_rewrite_oid()
                    and t.tgfoid = 'public.append_only()'::regprocedure) then
    raise exception using errcode = '0A000', message = 'an append-only table is not rewritten';
  end if;
end $$;

revoke execute on function public.append_only(), public.append_only_dropped(), public.append_only_altered(),
  public.append_only_rewritten() from public;
grant execute on function public.append_only() to cofferdam_owner;

drop event trigger if exists append_only_dropped;
create event trigger append_only_dropped on sql_drop execute function public.append_only_dropped();
drop event trigger if exists append_only_altered;
create event trigger append_only_altered on ddl_command_end when tag in ('ALTER TABLE', 'ALTER TRIGGER')
  execute function public.append_only_altered();
drop event trigger if exists append_only_rewritten;
create event trigger append_only_rewritten on table_rewrite execute function public.append_only_rewritten();
alter event trigger append_only_dropped enable always;
alter event trigger append_only_altered enable always;
alter event trigger append_only_rewritten enable always;
