-- Emergencies: an operator of the platform reads in a tenant for a short while, and its people see it (docs/adr/0051).
create table identity.emergency (
  tenant_id uuid not null,
  emergency_id uuid not null,
  operator_id uuid not null,
  -- The one session that it is for.
  session_id uuid not null,
  reason text not null check (length(btrim(reason)) >= 3 and length(reason) <= 300),
  opened_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  -- Who ended it before its time; null when nobody did.
  ended_by uuid,
  primary key (tenant_id, emergency_id),
  check (expires_at > opened_at and expires_at <= opened_at + interval '1 hour')
);
select tenancy.guard('identity.emergency', 'tenant');
-- An operator has one at a time in a tenant.
create unique index emergency_open on identity.emergency (tenant_id, operator_id) where ended_at is null;
-- Nobody opens one by an insert of the application's: see open_emergency.
grant select, update (ended_at, ended_by) on identity.emergency to cofferdam_app;

-- Letters that tell a tenant's owners of one: a row until it is handed over, or given up.
create table identity.emergency_letter (
  tenant_id uuid not null,
  emergency_id uuid not null,
  person_id uuid not null,
  due_at timestamptz not null,
  attempts integer not null default 0,
  primary key (tenant_id, emergency_id, person_id),
  foreign key (tenant_id, emergency_id) references identity.emergency (tenant_id, emergency_id) on delete cascade
);
select tenancy.guard('identity.emergency_letter', 'tenant');
grant select, update (due_at, attempts), delete on identity.emergency_letter to cofferdam_app;

-- What is over stays over, and what servers remember of the operator is old.
create function identity.emergency_changed() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op = 'UPDATE' and old.ended_at is not null then
    raise exception using errcode = '23514', message = 'an emergency that has ended stays as it is';
  end if;
  perform identity.revoke(old.operator_id);
  return null;
end $$;
create trigger emergency_changed after update or delete on identity.emergency
  for each row execute function identity.emergency_changed();

-- A session of an emergency is an operator's, and is that for good: it enters no workspace and acts as no operator elsewhere.
alter table identity.session
  add column emergency_tenant uuid,
  add column emergency_id uuid,
  add check (num_nulls(emergency_tenant, emergency_id) in (0, 2)),
  add check (emergency_id is null or operator);
grant select (emergency_tenant, emergency_id) on identity.session to cofferdam_app;

-- Opens an emergency of the operator who shows `old_hash`, in exchange for their session: that one ends, and one that reads
-- in the tenant begins, which lives as long as the emergency. Of many at once with the same handle one does. Returns: opened,
-- or why not: ended (no such session of an operator), weak (they have not proven with more than one factor since
-- `proven_since` who they are), open (they have one there).
create function identity.open_emergency(
  tenant uuid, emergency uuid, why text, operator_person uuid, old_session uuid, old_hash bytea, proven_since timestamptz,
  new_session uuid, new_hash bytea, profile bytea, address inet, at timestamptz, expires timestamptz)
returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  shown identity.session%rowtype;
  proven_acr text;
  proven_at timestamptz;
begin
  if tenancy.bound_purpose() <> 'emergency' then
    raise exception using errcode = '42501', message = 'opening an emergency is for the purpose emergency';
  end if;
  select * into shown from identity.session s
   where s.person_id = operator_person and s.session_id = old_session and s.handle_hash = old_hash
     and s.operator and s.emergency_id is null and s.expires_at > at for update;
  if not found then
    return 'ended';
  end if;
  proven_acr := coalesce(shown.step_up_acr, shown.acr);
  proven_at := coalesce(shown.step_up_time, shown.auth_time);
  if proven_acr = 'single_factor' or proven_at < proven_since or proven_at > at then
    return 'weak';
  end if;
  update identity.emergency e set ended_at = e.expires_at
   where e.tenant_id = tenant and e.operator_id = operator_person and e.ended_at is null and e.expires_at <= at;
  insert into identity.emergency (tenant_id, emergency_id, operator_id, session_id, reason, opened_at, expires_at)
  values (tenant, emergency, operator_person, new_session, why, at, expires)
  on conflict (tenant_id, operator_id) where ended_at is null do nothing;
  if not found then
    return 'open';
  end if;
  insert into identity.emergency_letter (tenant_id, emergency_id, person_id, due_at)
  select tenant, emergency, m.person_id, at from identity.membership m where m.tenant_id = tenant and m.role = 'owner';
  delete from identity.session s where s.person_id = operator_person and s.session_id = old_session;
  insert into identity.session (person_id, session_id, handle_hash, operator, emergency_tenant, emergency_id, acr, amr,
                                auth_time, profile_sealed, address, agent, created_at, seen_at, expires_at)
  values (operator_person, new_session, new_hash, true, tenant, emergency, proven_acr,
          coalesce(shown.step_up_amr, shown.amr), proven_at, profile, address, shown.agent, at, at, expires);
  return 'opened';
end $$;

-- Ends the emergency that a session is for, and the session. Returns the emergency and its tenant; nothing when it was over.
create function identity.end_emergency(operator_person uuid, session uuid, at timestamptz)
returns table (tenant_id uuid, emergency_id uuid)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tenancy.bound_purpose() <> 'emergency' then
    raise exception using errcode = '42501', message = 'ending an emergency is for the purpose emergency';
  end if;
  return query
    update identity.emergency e set ended_at = least(at, e.expires_at), ended_by = operator_person
      from identity.session s
     where s.person_id = operator_person and s.session_id = session
       and e.tenant_id = s.emergency_tenant and e.emergency_id = s.emergency_id and e.ended_at is null
    returning e.tenant_id, e.emergency_id;
  if found then
    delete from identity.session s where s.person_id = operator_person and s.session_id = session;
  end if;
end $$;

-- Takes up to `most` letters that are due, for one sender until `until`: who dies with one leaves it to the others.
create function identity.claim_emergency_letters(at timestamptz, until timestamptz, most integer)
returns table (tenant_id uuid, emergency_id uuid, person_id uuid)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tenancy.bound_purpose() <> 'emergency' then
    raise exception using errcode = '42501', message = 'sending letters is for the purpose emergency';
  end if;
  return query
    update identity.emergency_letter l set due_at = until
      from (select w.tenant_id, w.emergency_id, w.person_id from identity.emergency_letter w
             where w.due_at <= at order by w.due_at limit most for update skip locked) due
     where l.tenant_id = due.tenant_id and l.emergency_id = due.emergency_id and l.person_id = due.person_id
    returning l.tenant_id, l.emergency_id, l.person_id;
end $$;

drop function identity.find_session(bytea);

-- The session of a handle, how its person signed in last, what they are in its workspace now or whether they run the
-- platform, how strongly one must have signed in to work there, and in which tenant it reads for an emergency. A session of
-- an emergency that has ended is none.
create function identity.find_session(hash bytea)
returns table (person_id uuid, session_id uuid, tenant_id uuid, role text, acr text, auth_time timestamptz,
               operator boolean, seen_at timestamptz, expires_at timestamptz, least_acr text,
               emergency_tenant uuid, emergency_id uuid, emergency_until timestamptz)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tenancy.bound_purpose() <> 'authenticate' then
    raise exception using errcode = '42501', message = 'finding a session is for the purpose authenticate';
  end if;
  return query
    select s.person_id, s.session_id, s.tenant_id, m.role,
           coalesce(s.step_up_acr, s.acr), coalesce(s.step_up_time, s.auth_time), s.operator, s.seen_at, s.expires_at,
           p.least_acr, e.tenant_id, e.emergency_id, e.expires_at
      from identity.session_handle h
      join identity.session s on s.person_id = h.person_id and s.session_id = h.session_id
      left join identity.membership m on m.tenant_id = s.tenant_id and m.person_id = s.person_id
      left join identity.sign_in_policy p on p.tenant_id = s.tenant_id
      left join identity.emergency e
             on e.tenant_id = s.emergency_tenant and e.emergency_id = s.emergency_id
            and e.session_id = s.session_id and e.operator_id = s.person_id and e.ended_at is null
     where h.handle_hash = hash and (s.emergency_id is null or e.emergency_id is not null);
end $$;

revoke execute on function
  identity.emergency_changed(),
  identity.open_emergency(uuid, uuid, text, uuid, uuid, bytea, timestamptz, uuid, bytea, bytea, inet, timestamptz,
                          timestamptz),
  identity.end_emergency(uuid, uuid, timestamptz),
  identity.claim_emergency_letters(timestamptz, timestamptz, integer),
  identity.find_session(bytea)
from public;
grant execute on function
  identity.open_emergency(uuid, uuid, text, uuid, uuid, bytea, timestamptz, uuid, bytea, bytea, inet, timestamptz,
                          timestamptz),
  identity.end_emergency(uuid, uuid, timestamptz),
  identity.claim_emergency_letters(timestamptz, timestamptz, integer),
  identity.find_session(bytea)
to cofferdam_ops;
