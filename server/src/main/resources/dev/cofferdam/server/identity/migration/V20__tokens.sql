-- Tokens of people and of services: what a program shows instead of a session (docs/design/tokens.md).
create table identity.token (
  tenant_id uuid not null,
  token_id uuid not null,
  -- Whose it is: a member's, or a service's of the tenant.
  person_id uuid,
  service_id uuid,
  -- What the service is in the tenant. What a person is there is asked of membership each time.
  role text check (role in ('admin', 'member', 'auditor')),
  label text not null check (length(label) between 1 and 80),
  scopes text[] not null check (cardinality(scopes) between 1 and 20),
  -- SHA-256 of the random half. The other half is a MAC, which no row is enough to make.
  token_hash bytea not null check (octet_length(token_hash) = 32),
  -- How its person had signed in who made it, and at which provider of the tenant's own, if at one.
  acr text check (acr in ('single_factor', 'multi_factor', 'phishing_resistant')),
  provider_id uuid,
  made_by uuid not null,
  created_at timestamptz not null,
  used_at timestamptz,
  expires_at timestamptz not null,
  primary key (tenant_id, token_id),
  -- With the membership its tokens go, and who comes back has none.
  foreign key (tenant_id, person_id) references identity.membership (tenant_id, person_id) on delete cascade,
  check (num_nonnulls(person_id, service_id) = 1),
  check ((service_id is null) = (role is null)),
  check ((person_id is null) = (acr is null)),
  check (expires_at > created_at)
);
create index on identity.token (tenant_id, person_id);
select tenancy.guard('identity.token', 'tenant');
-- Nobody gets a token, another scope, role or time by what is written in a tenant's scope: see make_token.
grant select (tenant_id, token_id, person_id, service_id, role, label, scopes, provider_id, made_by, created_at, used_at,
              expires_at), delete
  on identity.token to cofferdam_app;

-- Tokens by their hash, before it is known whose they are.
create table identity.token_handle (
  token_hash bytea primary key,
  tenant_id uuid not null,
  token_id uuid not null
);

create function identity.token_changed() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    insert into identity.token_handle (token_hash, tenant_id, token_id) values (new.token_hash, new.tenant_id, new.token_id);
    return null;
  end if;
  delete from identity.token_handle where token_hash = old.token_hash;
  perform identity.revoke(coalesce(old.person_id, old.service_id));
  return null;
end $$;
create trigger token_changed after insert or delete on identity.token
  for each row execute function identity.token_changed();

-- Whom the tenant's own provider vouches for no longer has no tokens either that they made when it did. With the rights of
-- whoever ends it: by end_provider, or with the whole tenant, in its scope.
create function identity.provider_ended() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op = 'DELETE' or new.state <> 'active' then
    delete from identity.token t where t.tenant_id = old.tenant_id and t.provider_id = old.provider_id;
  end if;
  return null;
end $$;
create trigger provider_ended after update of state or delete on identity.provider
  for each row execute function identity.provider_ended();

-- Makes a token of `maker`, or when `service` is given one of that service, in the tenant that `session` of theirs works in.
-- What they are there was `maker_was` when it was decided that they may: it must still be so. Those that have expired make
-- room. Of many at once each waits for the one before. Returns: made, or why not: ended (no such session), weak (they have not
-- proven with more than one factor since `proven_since` who they are), role_changed, too_many.
create function identity.make_token(
  tenant uuid, token uuid, hash bytea, named text, for_scopes text[], maker uuid, maker_was text, session uuid,
  proven_since timestamptz, service uuid, service_role text, at timestamptz, expires timestamptz, most integer)
returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  maker_is text;
  shown identity.session%rowtype;
begin
  if tenancy.bound_purpose() <> 'token' then
    raise exception using errcode = '42501', message = 'making a token is for the purpose token';
  end if;
  -- Kept until the end: who removes the maker, or ends their session, at the same time comes before or after.
  select m.role into maker_is from identity.membership m where m.tenant_id = tenant and m.person_id = maker for share;
  if maker_is is null or maker_is is distinct from maker_was then
    return 'role_changed';
  end if;
  select * into shown from identity.session s
   where s.person_id = maker and s.session_id = session and s.tenant_id = tenant and not s.operator and s.expires_at > at
     for share;
  if not found then
    return 'ended';
  end if;
  if coalesce(shown.step_up_acr, shown.acr) = 'single_factor'
     or coalesce(shown.step_up_time, shown.auth_time) < proven_since
     or coalesce(shown.step_up_time, shown.auth_time) > at then
    return 'weak';
  end if;
  perform pg_advisory_xact_lock(
    hashtextextended('cofferdam tokens ' || tenant || case when service is null then maker::text else '' end, 0));
  delete from identity.token t
   where t.tenant_id = tenant and t.expires_at <= at
     and (case when service is null then t.person_id = maker else t.service_id is not null end);
  if (select count(*) from identity.token t
       where t.tenant_id = tenant
         and (case when service is null then t.person_id = maker else t.service_id is not null end)) >= most then
    return 'too_many';
  end if;
  insert into identity.token (tenant_id, token_id, person_id, service_id, role, label, scopes, token_hash, acr, provider_id,
                              made_by, created_at, expires_at)
  values (tenant, token, case when service is null then maker end, service, service_role, named, for_scopes, hash,
          case when service is null then coalesce(shown.step_up_acr, shown.acr) end,
          case when service is null then shown.provider_id end, maker, at, expires);
  return 'made';
end $$;

-- The token of a hash, and what its holder is in the tenant now. A token whose person is no member, or made it after a
-- weaker sign-in than the tenant asks for by now, is none.
create function identity.find_token(hash bytea)
returns table (tenant_id uuid, token_id uuid, person_id uuid, service_id uuid, role text, scopes text[],
               used_at timestamptz, expires_at timestamptz)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  strength constant text[] := array['single_factor', 'multi_factor', 'phishing_resistant'];
begin
  if tenancy.bound_purpose() <> 'authenticate' then
    raise exception using errcode = '42501', message = 'finding a token is for the purpose authenticate';
  end if;
  return query
    select t.tenant_id, t.token_id, t.person_id, t.service_id, coalesce(m.role, t.role), t.scopes, t.used_at, t.expires_at
      from identity.token_handle h
      join identity.token t on t.tenant_id = h.tenant_id and t.token_id = h.token_id
      left join identity.membership m on m.tenant_id = t.tenant_id and m.person_id = t.person_id
      left join identity.sign_in_policy p on p.tenant_id = t.tenant_id
     where h.token_hash = hash
       and (t.service_id is not null
            or (m.role is not null
                and array_position(strength, t.acr) >= array_position(strength, coalesce(p.least_acr, 'single_factor'))
                and (t.provider_id is null
                     or exists (select from identity.provider o
                                 where o.tenant_id = t.tenant_id and o.provider_id = t.provider_id
                                   and o.state = 'active'))));
end $$;

-- Remembers when a token was used last.
create function identity.use_token(tenant uuid, token uuid, at timestamptz) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tenancy.bound_purpose() <> 'authenticate' then
    raise exception using errcode = '42501', message = 'using a token is for the purpose authenticate';
  end if;
  update identity.token t set used_at = greatest(t.used_at, at) where t.tenant_id = tenant and t.token_id = token;
end $$;

revoke execute on function identity.token_changed(), identity.provider_ended(),
  identity.make_token(uuid, uuid, bytea, text, text[], uuid, text, uuid, timestamptz, uuid, text, timestamptz, timestamptz,
                      integer),
  identity.find_token(bytea), identity.use_token(uuid, uuid, timestamptz) from public;
grant execute on function
  identity.make_token(uuid, uuid, bytea, text, text[], uuid, text, uuid, timestamptz, uuid, text, timestamptz, timestamptz,
                      integer),
  identity.find_token(bytea), identity.use_token(uuid, uuid, timestamptz) to cofferdam_ops;
