-- A log is closed before the key is destroyed that signs it: then nothing comes that nobody could sign (docs/design/audit.md).

-- The logs that are closed. Nothing is written into their outbox any more.
create table audit.closed (
  log_id uuid primary key,
  -- The record that says so: the last that came through the outbox.
  record_id uuid not null
);
create trigger append_only before update or delete or truncate on audit.closed
  for each statement execute function public.append_only();
alter table audit.closed enable always trigger append_only;

-- Writes a record into the outbox, in the caller's transaction. A tenant writes into its own log, a person into the
-- platform's, a purpose of the platform into any.
create or replace function audit.record(log uuid, id uuid, content bytea) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  scope constant text := current_setting('backtrace_functions');
  platform constant uuid := '00000000-0000-0000-0000-000000000000';
begin
  if not (scope like 'x\_%'
          or scope like 'p\_%' and log = platform
          or scope like 't\_%' and log <> platform and log = tenancy.bound_tenant()) then
    raise exception using errcode = '42501', message = 'the bound scope does not write into this log';
  end if;
  -- Whoever closes the log waits until this transaction has ended; whoever comes later sees that it is closed.
  perform pg_advisory_xact_lock_shared(hashtextextended('cofferdam log ' || log, 0));
  if exists (select from audit.closed c where c.log_id = log) then
    raise exception using errcode = '55000', message = 'the log is closed';
  end if;
  insert into audit.outbox (log_id, record_id, written_in, record) values (log, id, pg_current_xact_id(), content);
end $$;

-- Closes a tenant's log with a last record; gives the id of that record, which was given here or by whoever was first.
create function audit.close_log(log uuid, id uuid, content bytea) returns uuid
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  first uuid;
begin
  if tenancy.bound_purpose() <> 'audit' or log = '00000000-0000-0000-0000-000000000000' then
    raise exception using errcode = '42501', message = 'closing a tenant''s log is for the purpose audit';
  end if;
  perform pg_advisory_xact_lock(hashtextextended('cofferdam log ' || log, 0));
  select c.record_id into first from audit.closed c where c.log_id = log;
  if found then
    return first;
  end if;
  insert into audit.closed (log_id, record_id) values (log, id);
  insert into audit.outbox (log_id, record_id, written_in, record) values (log, id, pg_current_xact_id(), content);
  return id;
end $$;

-- Whether a log is closed, and all that waited stands in it: for those who may write into it.
create function audit.is_closed(log uuid) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  scope constant text := current_setting('backtrace_functions');
  platform constant uuid := '00000000-0000-0000-0000-000000000000';
begin
  if not (scope like 'x\_%' or scope like 't\_%' and log <> platform and log = tenancy.bound_tenant()) then
    raise exception using errcode = '42501', message = 'the bound scope does not ask about this log';
  end if;
  return exists (select from audit.closed c where c.log_id = log)
         and not exists (select from audit.outbox o where o.log_id = log);
end $$;

revoke execute on function audit.close_log(uuid, uuid, bytea), audit.is_closed(uuid) from public;
grant execute on function audit.close_log(uuid, uuid, bytea) to cofferdam_ops;
grant execute on function audit.is_closed(uuid) to cofferdam_app, cofferdam_ops;
