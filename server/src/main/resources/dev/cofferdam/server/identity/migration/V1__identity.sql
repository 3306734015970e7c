-- Persons, what they are in which tenant, their sessions, and what was revoked (docs/design/identity.md).

revoke all on schema identity from public;
grant usage on schema identity to cofferdam_app, cofferdam_ops;

-- Nothing but that there is one: who it is stands in person_claim, what the identity provider tells of it in its sessions.
create table identity.person (
  person_id uuid primary key,
  created_at timestamptz not null
);
select tenancy.guard('identity.person', 'person');
grant select on identity.person to cofferdam_app;

-- A person is one issuer's one subject. Apart from the person, so that nobody can probe who is known.
create table identity.person_claim (
  issuer text not null check (length(issuer) between 1 and 500),
  subject text not null check (length(subject) between 1 and 255),
  person_id uuid not null unique references identity.person (person_id),
  primary key (issuer, subject)
);

create table identity.membership (
  tenant_id uuid not null,
  person_id uuid not null,
  role text not null check (role in ('owner', 'admin', 'member', 'auditor')),
  version bigint not null default 1,
  joined_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (tenant_id, person_id)
);
select tenancy.guard('identity.membership', 'tenant');
-- Nobody becomes a member by an insert of the application's: see found_tenant.
grant select, delete on identity.membership to cofferdam_app;
grant update (role, version, changed_at) on identity.membership to cofferdam_app;

-- The same the other way round, for a person who asks for their workspaces: kept by the trigger below.
create table identity.workspace (
  person_id uuid not null,
  tenant_id uuid not null,
  primary key (person_id, tenant_id)
);

create table identity.session (
  person_id uuid not null references identity.person (person_id),
  session_id uuid not null,
  -- SHA-256 of the random half of the handle. The other half is a MAC, which no row is enough to make.
  handle_hash bytea not null check (octet_length(handle_hash) = 32),
  -- The workspace. What its person is there is asked of membership each time.
  tenant_id uuid,
  acr text not null check (acr in ('single_factor', 'multi_factor', 'phishing_resistant')),
  amr text[] not null,
  auth_time timestamptz not null,
  -- Name and e-mail address as the identity provider told them at this sign-in. They go with the session.
  profile_sealed bytea,
  address inet not null,
  agent text not null check (length(agent) <= 200),
  created_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (person_id, session_id)
);
select tenancy.guard('identity.session', 'person');
-- In a person's scope a session can be looked at and ended, and nothing else: nobody gets a handle, a workspace or a
-- stronger sign-in by what is written there.
grant select (person_id, session_id, tenant_id, acr, amr, auth_time, profile_sealed, address, agent, created_at, seen_at, expires_at),
  update (seen_at), delete
  on identity.session to cofferdam_app;

-- Sessions by their handle, before it is known whose they are.
create table identity.session_handle (
  handle_hash bytea primary key,
  person_id uuid not null,
  session_id uuid not null
);

-- What was revoked, in the order of the commits: whoever has seen number n has seen all before it.
create table identity.revocation (
  number bigint primary key,
  subject uuid not null,
  revoked_at timestamptz not null
);
create index on identity.revocation (revoked_at);
create table identity.revocation_head (
  only_row boolean primary key default true check (only_row),
  number bigint not null
);
insert into identity.revocation_head (number) values (0);

-- Everything that servers remember of `who` is old from now on. The locked head puts revocations in the order of their
-- commits, so that a server which polls never passes one that commits late.
create function identity.revoke(who uuid) returns void
language sql volatile
begin atomic
  with head as (update identity.revocation_head set number = number + 1 returning number)
  insert into identity.revocation (number, subject, revoked_at) select number, who, statement_timestamp() from head;
end;

create function identity.session_changed() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op <> 'INSERT' then
    delete from identity.session_handle where handle_hash = old.handle_hash;
    perform identity.revoke(old.person_id);
  end if;
  if tg_op <> 'DELETE' then
    insert into identity.session_handle (handle_hash, person_id, session_id)
    values (new.handle_hash, new.person_id, new.session_id);
  end if;
  return null;
end $$;
create trigger session_made after insert or delete on identity.session
  for each row execute function identity.session_changed();
create trigger session_moved after update of handle_hash, tenant_id on identity.session
  for each row execute function identity.session_changed();

create function identity.membership_changed() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    insert into identity.workspace (person_id, tenant_id) values (new.person_id, new.tenant_id);
    perform identity.revoke(new.person_id);
  else
    if tg_op = 'DELETE' then
      delete from identity.workspace where person_id = old.person_id and tenant_id = old.tenant_id;
    end if;
    perform identity.revoke(old.person_id);
  end if;
  return null;
end $$;
create trigger membership_changed after insert or update or delete on identity.membership
  for each row execute function identity.membership_changed();

-- Begins a session of the person that `iss` knows as `sub`, who is made at the first one. The session that the browser
-- brought along ends, and of many the ones that were idle longest.
create function identity.sign_in(
  iss text, sub text, new_person uuid, new_session uuid, new_hash bytea, previous_hash bytea,
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
  insert into identity.session (person_id, session_id, handle_hash, acr, amr, auth_time, profile_sealed, address, agent,
                                created_at, seen_at, expires_at)
  values (who, new_session, new_hash, acr, amr, auth_time, profile, address, agent, at, at, expires);
  return who;
end $$;

-- The session of a handle, and what its person is in its workspace now.
create function identity.find_session(hash bytea)
returns table (person_id uuid, session_id uuid, tenant_id uuid, role text, acr text, auth_time timestamptz,
               seen_at timestamptz, expires_at timestamptz)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tenancy.bound_purpose() <> 'authenticate' then
    raise exception using errcode = '42501', message = 'finding a session is for the purpose authenticate';
  end if;
  return query
    select s.person_id, s.session_id, s.tenant_id, m.role, s.acr, s.auth_time, s.seen_at, s.expires_at
      from identity.session_handle h
      join identity.session s on s.person_id = h.person_id and s.session_id = h.session_id
      left join identity.membership m on m.tenant_id = s.tenant_id and m.person_id = s.person_id
     where h.handle_hash = hash;
end $$;

-- Puts a session into a workspace of its person's, or into none, and gives it another handle. Of several at once with
-- the same handle one does. Returns: moved, ended (no such session with that handle), not_a_member.
create function identity.move_session(person uuid, session uuid, old_hash bytea, new_hash bytea, tenant uuid) returns text
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
  update identity.session s set handle_hash = new_hash, tenant_id = tenant
   where s.person_id = person and s.session_id = session;
  return 'moved';
end $$;

-- The tenants of a person.
create function identity.workspaces_of(person uuid)
returns table (tenant_id uuid, slug text, name text, state text, role text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tenancy.bound_purpose() <> 'workspaces' then
    raise exception using errcode = '42501', message = 'listing workspaces is for the purpose workspaces';
  end if;
  return query
    select d.tenant_id, d.slug, d.name, d.state, m.role
      from tenancy.directory(array(select w.tenant_id from identity.workspace w where w.person_id = person)) d
      join identity.membership m on m.tenant_id = d.tenant_id and m.person_id = person
     order by d.slug;
end $$;

-- Makes a person the first owner of a tenant that the same transaction creates.
create function identity.found_tenant(tenant uuid, person uuid, at timestamptz) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tenancy.bound_purpose() <> 'sign_up' then
    raise exception using errcode = '42501', message = 'founding a tenant is for the purpose sign_up';
  end if;
  if exists (select from identity.membership m where m.tenant_id = tenant) then
    raise exception using errcode = '23505', message = 'the tenant has members';
  end if;
  insert into identity.membership (tenant_id, person_id, role, joined_at, changed_at)
  values (tenant, person, 'owner', at, at);
end $$;

-- What was revoked after number `after`, in order. Always one row more, the first: the newest number there is.
create function identity.revocations(after bigint) returns table (number bigint, subject uuid)
language sql stable security definer
begin atomic
  select h.number, null::uuid from identity.revocation_head h
  union all
  (select r.number, r.subject from identity.revocation r where r.number > after order by r.number);
end;

-- Removes what nobody can use any more, some of it at a time. Returns how many sessions.
create function identity.sweep(expired timestamptz, idle timestamptz, forgotten timestamptz) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  swept integer;
begin
  if tenancy.bound_purpose() <> 'sweep' then
    raise exception using errcode = '42501', message = 'sweeping sessions is for the purpose sweep';
  end if;
  delete from identity.session s using (
    select o.person_id, o.session_id from identity.session o
     where o.expires_at <= expired or o.seen_at <= idle limit 200 for update skip locked) o
   where s.person_id = o.person_id and s.session_id = o.session_id;
  get diagnostics swept = row_count;
  delete from identity.revocation r where r.revoked_at <= forgotten;
  return swept;
end $$;

revoke execute on all functions in schema identity from public;
grant execute on function
  identity.sign_in(text, text, uuid, uuid, bytea, bytea, text, text[], timestamptz, bytea, inet, text,
                   timestamptz, timestamptz, integer),
  identity.find_session(bytea),
  identity.move_session(uuid, uuid, bytea, bytea, uuid),
  identity.workspaces_of(uuid),
  identity.found_tenant(uuid, uuid, timestamptz),
  identity.revocations(bigint),
  identity.sweep(timestamptz, timestamptz, timestamptz)
to cofferdam_ops;
