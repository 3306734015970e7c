-- The record that waits in the outbox under this id, for a tenant in its own log and for the platform: so that who asks
-- for a receipt before its leaf is there is told apart from who asks for somebody else's.
create function audit.waiting_record(log uuid, id uuid) returns bytea
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  scope constant text := current_setting('backtrace_functions');
  platform constant uuid := '00000000-0000-0000-0000-000000000000';
begin
  if not (scope like 'x\_%'
          or scope like 't\_%' and log <> platform and log = tenancy.bound_tenant()) then
    raise exception using errcode = '42501', message = 'the bound scope does not read what waits for this log';
  end if;
  return (select o.record from audit.outbox o where o.log_id = log and o.record_id = id);
end $$;

revoke execute on function audit.waiting_record(uuid, uuid) from public;
grant execute on function audit.waiting_record(uuid, uuid) to cofferdam_app;
