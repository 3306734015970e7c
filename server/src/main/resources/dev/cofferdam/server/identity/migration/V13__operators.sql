-- Operators of the platform: named by the platform's identity provider at a sign-in, for that session and no other, which
-- enters no tenant (docs/adr/0048).
alter table identity.session
  add column operator boolean not null default false,
  add check (not operator or tenant_id is null);
grant select (operator) on identity.session to cofferdam_app;

drop function identity.sign_in(text, text, uuid, uuid, bytea, bytea, text, text[], timestamptz, bytea, inet, text,
                               timestamptz, timestamptz, integer);

-- Begins a session of the person that `iss` knows as `sub`, who is made at the first one. The session that the browser
-- brought along ends, and of many the ones that were idle longest.
create function identity.sign_in(
  iss text, sub text, as_operator boolean, new_person uuid, new_session uuid, new_hash bytea, previous_hash bytea,
  acr text, amr text[], auth_time timestamptz, profile bytea, address inet, agent text,
  at timestamptz, expires timestamptz, most integer)
returns uuid
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  who uuid;
begin
  if tenancy.bound_purpose() <> 'sign_in' then
    raise exception using errcode = '42501', message = 'beginning a session is for the purpose sign_in';
  end if;
  select c.person_id into who from identity.person_claim c where c.issuer = iss and c.subject = sub;
  if who is null then
    insert into identity.person (person_id, created_at) values (new_person, at);
    -- Of two first sign-ins at once the second waits here for the first.
    insert into identity.person_claim (issuer, subject, person_id) values (iss, sub, new_person) on conflict do nothing;
    select c.person_id into who from identity.person_claim c where c.issuer = iss and c.subject = sub;
    if who <> new_person then
      delete from identity.person where person_id = new_person;
    end if;
  end if;
  delete from identity.session s using identity.session_handle h
   where h.handle_hash = previous_hash and s.person_id = h.person_id and s.session_id = h.session_id;
  delete from identity.session s
   where s.person_id = who
     and s.session_id in (select o.session_id from identity.session o where o.person_id = who
                           order by o.seen_at desc, o.session_id offset most - 1);
  insert into identity.session (person_id, session_id, handle_hash, operator, acr, amr, auth_time, profile_sealed, address,
                                agent, created_at, seen_at, expires_at)
  values (who, new_session, new_hash, as_operator, acr, amr, auth_time, profile, address, agent, at, at, expires);
  return who;
end $$;

drop function identity.find_session(bytea);

-- The session of a handle, how its person signed in last, what they are in its workspace now or whether they run the
-- platform, and how strongly one must have signed in to work there.
create function identity.find_session(hash bytea)
returns table (person_id uuid, session_id uuid, tenant_id uuid, role text, acr text, auth_time timestamptz,
               operator boolean, seen_at timestamptz, expires_at timestamptz, least_acr text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tenancy.bound_purpose() <> 'authenticate' then
    raise exception using errcode = '42501', message = 'finding a session is for the purpose authenticate';
  end if;
  return query
    select s.person_id, s.session_id, s.tenant_id, m.role,
           coalesce(s.step_up_acr, s.acr), coalesce(s.step_up_time, s.auth_time), s.operator, s.seen_at, s.expires_at,
           p.least_acr
      from identity.session_handle h
      join identity.session s on s.person_id = h.person_id and s.session_id = h.session_id
      left join identity.membership m on m.tenant_id = s.tenant_id and m.person_id = s.person_id
      left join identity.sign_in_policy p on p.tenant_id = s.tenant_id
     where h.handle_hash = hash;
end $$;

revoke execute on all functions in schema identity from public;
grant execute on function
  identity.sign_in(text, text, boolean, uuid, uuid, bytea, bytea, text, text[], timestamptz, bytea, inet, text,
                   timestamptz, timestamptz, integer),
  identity.find_session(bytea)
to cofferdam_ops;
