-- In whose log the record of an outcome stands, where that is not its caller's own: a tenant that the request made.
alter table edge.outcome add column tenant_id uuid;

drop function edge.kept(uuid, text, timestamptz);
drop function edge.keep(text, uuid, text, bytea, uuid, text, text, timestamptz, timestamptz);

-- What an earlier request with this key came to, in the bound scope and in no other.
create function edge.kept(person uuid, key text, at timestamptz)
returns table (digest bytea, record_id uuid, tenant_id uuid, tag text, answer text)
language sql stable security definer
begin atomic
  select o.digest, o.record_id, o.tenant_id, o.tag, o.answer
    from edge.outcome o
   where o.scope = case when left(current_setting('backtrace_functions'), 2) in ('t_', 'p_')
                        then current_setting('backtrace_functions')
                        else tenancy.unbound('tenant or person') end
     and o.person_id = person and o.attempt = key and o.expires_at > at;
end;

-- Keeps what a request came to, in the transaction of its change. Of two at once the second waits here for the first.
-- False when there is one already. For its own scope alone; sign-up, which has no tenant yet, for the person that it is for.
create function edge.keep(
  owner text, person uuid, key text, of_request bytea, record uuid, elsewhere uuid, version text, body text,
  at timestamptz, until timestamptz)
returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  bound text := current_setting('backtrace_functions');
begin
  if bound is distinct from owner
     and not (bound = 'x_sign_up' and owner = 'p_' || replace(person::text, '-', '')) then
    raise exception using errcode = '42501', message = 'an outcome is kept in the scope that it belongs to';
  end if;
  delete from edge.outcome o where o.scope = owner and o.person_id = person and o.expires_at <= at;
  insert into edge.outcome (scope, person_id, attempt, digest, record_id, tenant_id, tag, answer, expires_at)
  values (owner, person, key, of_request, record, elsewhere, version, body, until)
  on conflict do nothing;
  return found;
end $$;

revoke execute on all functions in schema edge from public;
grant execute on function edge.kept(uuid, text, timestamptz) to cofferdam_app;
grant execute on function edge.keep(text, uuid, text, bytea, uuid, uuid, text, text, timestamptz, timestamptz)
  to cofferdam_app, cofferdam_ops;
