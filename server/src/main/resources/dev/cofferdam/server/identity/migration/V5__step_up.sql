-- A sign-in again, in a session that there is: it counts in the workspace that it was made in, and is gone with it.
alter table identity.session
  add column step_up_acr text check (step_up_acr in ('single_factor', 'multi_factor', 'phishing_resistant')),
  add column step_up_amr text[],
  add column step_up_time timestamptz,
  add check (num_nulls(step_up_acr, step_up_amr, step_up_time) in (0, 3));
grant select (step_up_acr, step_up_amr, step_up_time) on identity.session to cofferdam_app;

-- The session of a handle, how its person signed in last, and what they are in its workspace now.
create or replace function identity.find_session(hash bytea)
returns table (person_id uuid, session_id uuid, tenant_id uuid, role text, acr text, auth_time timestamptz,
               seen_at timestamptz, expires_at timestamptz)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tenancy.bound_purpose() <> 'authenticate' then
    raise exception using errcode = '42501', message = 'finding a session is for the purpose authenticate';
  end if;
  return query
    select s.person_id, s.session_id, s.tenant_id, m.role,
           coalesce(s.step_up_acr, s.acr), coalesce(s.step_up_time, s.auth_time), s.seen_at, s.expires_at
      from identity.session_handle h
      join identity.session s on s.person_id = h.person_id and s.session_id = h.session_id
      left join identity.membership m on m.tenant_id = s.tenant_id and m.person_id = s.person_id
     where h.handle_hash = hash;
end $$;

-- Puts a session into a workspace of its person's, or into none, and gives it another handle. Of several at once with
-- the same handle one does. Returns: moved, ended (no such session with that handle), not_a_member.
create or replace function identity.move_session(person uuid, session uuid, old_hash bytea, new_hash bytea, tenant uuid) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tenancy.bound_purpose() <> 'workspaces' then
    raise exception using errcode = '42501', message = 'choosing a workspace is for the purpose workspaces';
  end if;
  perform from identity.session s
    where s.person_id = person and s.session_id = session and s.handle_hash = old_hash for update;
  if not found then
    return 'ended';
  end if;
  if tenant is not null
     and not exists (select from identity.membership m where m.tenant_id = tenant and m.person_id = person) then
    return 'not_a_member';
  end if;
  update identity.session s
     set handle_hash = new_hash, tenant_id = tenant, step_up_acr = null, step_up_amr = null, step_up_time = null
   where s.person_id = person and s.session_id = session;
  return 'moved';
end $$;

-- Lets the sign-in of `iss` and `sub` count for a session of the same person, in the workspace that it still works in, and
-- gives it another handle. The acr and the time are of one sign-in, never the better of two.
-- Returns: renewed, ended (no such session with that handle), workspace_changed, another_person.
create function identity.step_up(
  person uuid, session uuid, workspace uuid, old_hash bytea, new_hash bytea, iss text, sub text,
  new_acr text, new_amr text[], new_time timestamptz)
returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  works_in uuid;
begin
  if tenancy.bound_purpose() <> 'step_up' then
    raise exception using errcode = '42501', message = 'signing in again is for the purpose step_up';
  end if;
  select s.tenant_id into works_in from identity.session s
    where s.person_id = person and s.session_id = session and s.handle_hash = old_hash for update;
  if not found then
    return 'ended';
  elsif works_in is distinct from workspace then
    return 'workspace_changed';
  elsif not exists (select from identity.person_claim c where c.issuer = iss and c.subject = sub and c.person_id = person) then
    return 'another_person';
  end if;
  update identity.session s
     set handle_hash = new_hash, step_up_acr = new_acr, step_up_amr = new_amr, step_up_time = new_time
   where s.person_id = person and s.session_id = session;
  return 'renewed';
end $$;

revoke execute on all functions in schema identity from public;
grant execute on function
  identity.step_up(uuid, uuid, uuid, bytea, bytea, text, text, text, text[], timestamptz)
to cofferdam_ops;
