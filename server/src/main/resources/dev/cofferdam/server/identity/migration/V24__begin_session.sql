-- How a session begins, at whichever provider: said once for sign_in and sign_in_at, which differ in whom they take people for.

-- The session that the browser brought along ends, and of many the ones that were idle longest.
create function identity.begin_session(
  who uuid, new_session uuid, new_hash bytea, previous_hash bytea, as_operator boolean, tenant uuid, provider uuid,
  acr text, amr text[], auth_time timestamptz, profile bytea, address inet, agent text,
  at timestamptz, expires timestamptz, most integer)
returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  delete from identity.session s using identity.session_handle h
   where h.handle_hash = previous_hash and s.person_id = h.person_id and s.session_id = h.session_id;
  delete from identity.session s
   where s.person_id = who
     and s.session_id in (select o.session_id from identity.session o where o.person_id = who
                           order by o.seen_at desc, o.session_id offset most - 1);
  insert into identity.session (person_id, session_id, handle_hash, operator, acr, amr, auth_time, profile_sealed, address,
                                agent, created_at, seen_at, expires_at, provider_tenant, provider_id)
  values (who, new_session, new_hash, as_operator, acr, amr, auth_time, profile, address, agent, at, at, expires,
          tenant, provider);
end $$;

-- Begins a session of the person that `iss` knows as `sub`, who is made at the first one.
create or replace function identity.sign_in(
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
  perform identity.begin_session(who, new_session, new_hash, previous_hash, as_operator, null, null, acr, amr, auth_time,
                                 profile, address, agent, at, expires, most);
  return who;
end $$;

-- The same of the person whom this provider of this tenant knows as `sub`, for that tenant alone. Null when the provider is
-- not active any more.
create or replace function identity.sign_in_at(
  tenant uuid, provider uuid, iss text, sub text, new_person uuid, new_session uuid, new_hash bytea, previous_hash bytea,
  acr text, amr text[], auth_time timestamptz, profile bytea, address inet, agent text,
  at timestamptz, expires timestamptz, most integer)
returns uuid
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  who uuid;
begin
  if tenancy.bound_purpose() <> 'tenant_sign_in' then
    raise exception using errcode = '42501', message = 'beginning a session is for the purpose tenant_sign_in';
  end if;
  -- Kept until the end: who deactivates it at the same time comes before, or ends this session too.
  perform from identity.provider p
    where p.tenant_id = tenant and p.provider_id = provider and p.state = 'active' and p.issuer = iss for share;
  if not found then
    return null;
  end if;
  select c.person_id into who from identity.tenant_claim c where c.tenant_id = tenant and c.issuer = iss and c.subject = sub;
  if who is null then
    insert into identity.person (person_id, created_at) values (new_person, at);
    insert into identity.tenant_claim (tenant_id, issuer, subject, person_id) values (tenant, iss, sub, new_person)
    on conflict do nothing;
    select c.person_id into who from identity.tenant_claim c where c.tenant_id = tenant and c.issuer = iss and c.subject = sub;
    if who <> new_person then
      delete from identity.person where person_id = new_person;
    end if;
  end if;
  perform identity.begin_session(who, new_session, new_hash, previous_hash, false, tenant, provider, acr, amr, auth_time,
                                 profile, address, agent, at, expires, most);
  return who;
end $$;

revoke execute on function identity.begin_session(uuid, uuid, bytea, bytea, boolean, uuid, uuid, text, text[], timestamptz,
  bytea, inet, text, timestamptz, timestamptz, integer) from public;
