-- Tenants' own identity providers, and the people whom they alone know (docs/design/federation.md).

-- Never changed but for its state: another client or issuer is another provider, which is tried before anybody relies on it.
create table identity.provider (
  tenant_id uuid not null,
  provider_id uuid not null,
  alias text not null check (alias ~ '^[a-z][a-z0-9-]{0,62}$'),
  issuer text not null check (length(issuer) between 1 and 500),
  client_id text not null check (length(client_id) between 1 and 255),
  proves_by text not null check (proves_by in ('client_secret', 'private_key_jwt')),
  -- The secret that was agreed on, or the private key.
  credential_sealed bytea not null,
  -- What its values of acr mean in this tenant, and what a sign-in must reach.
  multi_factor text[] not null,
  phishing_resistant text[] not null,
  least_acr text not null check (least_acr in ('single_factor', 'multi_factor', 'phishing_resistant')),
  state text not null default 'inactive' check (state in ('inactive', 'active')),
  -- When an owner last signed in at it to see that it works; null before.
  tried_at timestamptz,
  -- Since when it cannot be used, as sign-ins found.
  failing_since timestamptz,
  version bigint not null default 1,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (tenant_id, provider_id),
  unique (tenant_id, alias),
  check (state = 'inactive' or tried_at is not null)
);
select tenancy.guard('identity.provider', 'tenant');
grant select, insert, update (state, tried_at, failing_since, version, changed_at) on identity.provider to cofferdam_app;

-- Whose provider this is, before it is known who asks.
create table identity.provider_place (
  provider_id uuid primary key,
  tenant_id uuid not null
);

-- A person of a tenant's provider is that tenant's one issuer's one subject: the same subject at another tenant, or at the
-- platform, is another person.
create table identity.tenant_claim (
  tenant_id uuid not null,
  issuer text not null check (length(issuer) between 1 and 500),
  subject text not null check (length(subject) between 1 and 255),
  person_id uuid not null unique references identity.person (person_id),
  primary key (tenant_id, issuer, subject)
);

-- At which provider a session was begun; null for the platform's.
alter table identity.session
  add column provider_tenant uuid,
  add column provider_id uuid,
  add check ((provider_tenant is null) = (provider_id is null)),
  -- INVARIANT: who signed in at a tenant's provider works in that tenant or in none.
  add check (provider_tenant is null or tenant_id is null or tenant_id = provider_tenant);
grant select (provider_tenant, provider_id) on identity.session to cofferdam_app;

alter table identity.membership add column own_provider boolean not null default false;

-- INVARIANT: a person of a tenant's provider is a member of that tenant or of none, whoever tries to make them one.
create function identity.membership_made() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  home uuid;
begin
  select c.tenant_id into home from identity.tenant_claim c where c.person_id = new.person_id;
  if home is not null and home <> new.tenant_id then
    raise exception using errcode = '42501', message = 'a person of a tenant''s own provider is in no other tenant';
  end if;
  new.own_provider := home is not null;
  return new;
end $$;
create trigger membership_made before insert on identity.membership
  for each row execute function identity.membership_made();

-- With the tenant its people go.
create function identity.tenant_claim_gone() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  delete from identity.session where person_id = old.person_id;
  delete from identity.person where person_id = old.person_id;
  return null;
end $$;
create trigger tenant_claim_gone after delete on identity.tenant_claim
  for each row execute function identity.tenant_claim_gone();

create function identity.provider_changed() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    insert into identity.provider_place (provider_id, tenant_id) values (new.provider_id, new.tenant_id);
    return null;
  end if;
  delete from identity.provider_place where provider_id = old.provider_id;
  return null;
end $$;
create trigger provider_changed after insert or delete on identity.provider
  for each row execute function identity.provider_changed();

-- Whose provider it is; no row where there is none.
create function identity.find_provider(provider uuid) returns table (tenant_id uuid)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tenancy.bound_purpose() <> 'tenant_sign_in' then
    raise exception using errcode = '42501', message = 'finding a provider is for the purpose tenant_sign_in';
  end if;
  return query select p.tenant_id from identity.provider_place p where p.provider_id = provider;
end $$;

-- Lets nobody sign in at a provider any more, or forgets it, and ends the sessions that were begun at it. False when it is
-- not at the version that was read.
create function identity.end_provider(tenant uuid, provider uuid, read bigint, forget boolean, at timestamptz) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tenancy.bound_purpose() <> 'tenant_sign_in' then
    raise exception using errcode = '42501', message = 'ending a provider is for the purpose tenant_sign_in';
  end if;
  if forget then
    delete from identity.provider p where p.tenant_id = tenant and p.provider_id = provider and p.version = read;
  else
    update identity.provider p
       set state = 'inactive', failing_since = null, version = version + 1, changed_at = at
     where p.tenant_id = tenant and p.provider_id = provider and p.version = read;
  end if;
  if not found then
    return false;
  end if;
  delete from identity.session s using identity.tenant_claim c
   where c.tenant_id = tenant and s.person_id = c.person_id and s.provider_id = provider;
  return true;
end $$;

-- Begins a session of the person whom this provider of this tenant knows as `sub`, who is made at the first one. As
-- sign_in, for that tenant alone. Null when the provider is not active any more.
create function identity.sign_in_at(
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
  delete from identity.session s using identity.session_handle h
   where h.handle_hash = previous_hash and s.person_id = h.person_id and s.session_id = h.session_id;
  delete from identity.session s
   where s.person_id = who
     and s.session_id in (select o.session_id from identity.session o where o.person_id = who
                           order by o.seen_at desc, o.session_id offset most - 1);
  insert into identity.session (person_id, session_id, handle_hash, acr, amr, auth_time, profile_sealed, address, agent,
                                created_at, seen_at, expires_at, provider_tenant, provider_id)
  values (who, new_session, new_hash, acr, amr, auth_time, profile, address, agent, at, at, expires, tenant, provider);
  return who;
end $$;

-- As step_up, for a session that was begun at this provider of this tenant, in its workspace.
create function identity.step_up_at(
  tenant uuid, provider uuid, person uuid, session uuid, old_hash bytea, new_hash bytea, iss text, sub text,
  new_acr text, new_amr text[], new_time timestamptz)
returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  known identity.session%rowtype;
begin
  if tenancy.bound_purpose() <> 'tenant_sign_in' then
    raise exception using errcode = '42501', message = 'signing in again is for the purpose tenant_sign_in';
  end if;
  select * into known from identity.session s
    where s.person_id = person and s.session_id = session and s.handle_hash = old_hash for update;
  if not found then
    return 'ended';
  elsif known.tenant_id is distinct from tenant then
    return 'workspace_changed';
  elsif known.provider_tenant is distinct from tenant or known.provider_id is distinct from provider
     or not exists (select from identity.tenant_claim c
                     where c.tenant_id = tenant and c.issuer = iss and c.subject = sub and c.person_id = person) then
    return 'another_person';
  end if;
  update identity.session s
     set handle_hash = new_hash, step_up_acr = new_acr, step_up_amr = new_amr, step_up_time = new_time
   where s.person_id = person and s.session_id = session;
  return 'renewed';
end $$;

revoke execute on function identity.membership_made(), identity.tenant_claim_gone(), identity.provider_changed(),
  identity.find_provider(uuid), identity.end_provider(uuid, uuid, bigint, boolean, timestamptz),
  identity.sign_in_at(uuid, uuid, text, text, uuid, uuid, bytea, bytea, text, text[], timestamptz, bytea, inet, text,
                      timestamptz, timestamptz, integer),
  identity.step_up_at(uuid, uuid, uuid, uuid, bytea, bytea, text, text, text, text[], timestamptz) from public;
grant execute on function identity.find_provider(uuid), identity.end_provider(uuid, uuid, bigint, boolean, timestamptz),
  identity.sign_in_at(uuid, uuid, text, text, uuid, uuid, bytea, bytea, text, text[], timestamptz, bytea, inet, text,
                      timestamptz, timestamptz, integer),
  identity.step_up_at(uuid, uuid, uuid, uuid, bytea, bytea, text, text, text, text[], timestamptz)
to cofferdam_ops;
