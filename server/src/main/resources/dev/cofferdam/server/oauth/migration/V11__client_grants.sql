-- What people let clients have, and the codes by which that begins (docs/design/authorization.md).

-- A grant of a client: what one member of a tenant let it have there. It is the family of everything that was issued for it,
-- and has at any time one refresh token that is good.
create table oauth.client_grant (
  tenant_id uuid not null,
  grant_id uuid not null,
  -- The id of a client of the tenant, or of one that is nobody's: see the column `named`.
  client_id text not null check (length(client_id) <= 500),
  -- As the person saw it called.
  named text not null check (length(named) between 1 and 80),
  person_id uuid not null,
  scopes text[] not null check (cardinality(scopes) between 1 and 20),
  -- How the person had signed in who consented, and at which provider of the tenant's own, if at one.
  acr text not null check (acr in ('single_factor', 'multi_factor', 'phishing_resistant')),
  auth_time timestamptz not null,
  provider_id uuid,
  -- SHA-256 of the random half of the one refresh token that is good; every other one that we made was used before.
  refresh_hash bytea not null check (octet_length(refresh_hash) = 32),
  -- The thumbprint of the key that it is bound to, if it is (RFC 9449).
  jkt text check (length(jkt) = 43),
  created_at timestamptz not null,
  used_at timestamptz not null,
  -- When its refresh token is good no longer unless it is used before; never later than `ends_at`.
  expires_at timestamptz not null,
  ends_at timestamptz not null,
  primary key (tenant_id, grant_id),
  -- With the membership its grants go, and who comes back has given none.
  foreign key (tenant_id, person_id) references identity.membership (tenant_id, person_id) on delete cascade,
  check (expires_at <= ends_at)
);
create index on oauth.client_grant (tenant_id, person_id);
create index on oauth.client_grant (tenant_id, client_id);
select tenancy.guard('oauth.client_grant', 'tenant');
-- Nobody gives a grant, or widens one, by what is written in a tenant's scope: see make_code and redeem_code.
grant select (tenant_id, grant_id, client_id, named, person_id, scopes, acr, auth_time, provider_id, created_at, used_at,
              expires_at, ends_at), delete
  on oauth.client_grant to cofferdam_app;

create function oauth.client_grant_ended() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform identity.revoke(old.person_id);
  return null;
end $$;
create trigger client_grant_ended after delete on oauth.client_grant
  for each row execute function oauth.client_grant_ended();

-- A code that a client has not redeemed yet, or has: then it names the grant that it began, to end it when it comes again.
create table oauth.code (
  tenant_id uuid not null,
  code_hash bytea not null check (octet_length(code_hash) = 32),
  client_id text not null check (length(client_id) <= 500),
  named text not null check (length(named) between 1 and 80),
  person_id uuid not null,
  redirect_uri text not null check (length(redirect_uri) <= 500),
  -- Of S256, the only method there is (RFC 7636).
  challenge text not null check (length(challenge) = 43),
  scopes text[] not null check (cardinality(scopes) between 1 and 20),
  acr text not null check (acr in ('single_factor', 'multi_factor', 'phishing_resistant')),
  auth_time timestamptz not null,
  provider_id uuid,
  jkt text check (length(jkt) = 43),
  expires_at timestamptz not null,
  grant_id uuid,
  primary key (tenant_id, code_hash),
  foreign key (tenant_id, person_id) references identity.membership (tenant_id, person_id) on delete cascade
);
create index on oauth.code (tenant_id, expires_at);
create index on oauth.code (tenant_id, person_id);
select tenancy.guard('oauth.code', 'tenant');
grant select (tenant_id, client_id, person_id, expires_at), delete on oauth.code to cofferdam_app;

-- A client that is gone has nothing any more. With the rights of whoever removes it.
create function oauth.client_gone() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  delete from oauth.code c where c.tenant_id = old.tenant_id and c.client_id = old.client_id::text;
  delete from oauth.client_grant g where g.tenant_id = old.tenant_id and g.client_id = old.client_id::text;
  return null;
end $$;
create trigger client_gone after delete on oauth.client
  for each row execute function oauth.client_gone();

-- Whom the tenant's own provider vouches for no longer has let nobody have anything either. With the rights of whoever ends it.
create function oauth.provider_ended() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op = 'DELETE' or new.state <> 'active' then
    delete from oauth.code c where c.tenant_id = old.tenant_id and c.provider_id = old.provider_id;
    delete from oauth.client_grant g where g.tenant_id = old.tenant_id and g.provider_id = old.provider_id;
  end if;
  return null;
end $$;
create trigger oauth_provider_ended after update of state or delete on identity.provider
  for each row execute function oauth.provider_ended();

-- Makes a code for what `person` let a client have, in the tenant that `session` of theirs works in. Codes that were used or
-- expired a while ago make room. Returns: made, or why not: ended, role_changed (identity.hold_maker), too_many.
create function oauth.make_code(
  tenant uuid, hash bytea, client text, called text, person uuid, person_was text, session uuid, to_uri text,
  by_challenge text, for_scopes text[], by_jkt text, at timestamptz, expires timestamptz, most integer)
returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  held record;
begin
  if tenancy.bound_purpose() <> 'consent' then
    raise exception using errcode = '42501', message = 'making a code is for the purpose consent';
  end if;
  held := identity.hold_maker(tenant, person, person_was, session, null, at);
  if held.answer <> 'good' then
    return held.answer;
  end if;
  delete from oauth.code c where c.tenant_id = tenant and c.expires_at < at - interval '10 minutes';
  if (select count(*) from oauth.code c where c.tenant_id = tenant and c.person_id = person and c.grant_id is null) >= most then
    return 'too_many';
  end if;
  insert into oauth.code (tenant_id, code_hash, client_id, named, person_id, redirect_uri, challenge, scopes, acr, auth_time,
                          provider_id, jkt, expires_at)
  values (tenant, hash, client, called, person, to_uri, by_challenge, for_scopes, held.shown_acr, held.shown_time,
          held.shown_provider, by_jkt, expires);
  return 'made';
end $$;

-- Redeems a code, once: of a hundred at once each waits for the row, and one finds it unused. Who has another client's, no
-- proof or another place to answer to leaves it as it is. One that was redeemed before ends the grant that it began.
-- `answer`: begun, with the grant; unknown; reused, with whose grant it was.
create function oauth.redeem_code(
  tenant uuid, hash bytea, client text, to_uri text, proven text, by_jkt text, new_grant uuid, new_refresh bytea,
  at timestamptz, expires timestamptz, ends timestamptz, most integer,
  out answer text, out begun uuid, out person uuid, out for_scopes text[], out role text, out signed_acr text,
  out signed_at timestamptz)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  code oauth.code%rowtype;
begin
  if tenancy.bound_purpose() <> 'oauth' then
    raise exception using errcode = '42501', message = 'redeeming a code is for the purpose oauth';
  end if;
  answer := 'unknown';
  select * into code from oauth.code c where c.tenant_id = tenant and c.code_hash = hash for update;
  if not found then
    return;
  end if;
  person := code.person_id;
  if code.grant_id is not null then
    answer := 'reused';
    begun := code.grant_id;
    delete from oauth.client_grant g where g.tenant_id = tenant and g.grant_id = code.grant_id;
    return;
  end if;
  if code.client_id <> client or code.redirect_uri <> to_uri or code.challenge <> proven or code.expires_at <= at
     or (code.jkt is not null and code.jkt is distinct from by_jkt) then
    return;
  end if;
  role := identity.standing(tenant, code.person_id, code.acr, code.provider_id);
  if role is null then
    return;
  end if;
  -- Many grants of one client by one person: the ones that were used longest ago end.
  delete from oauth.client_grant g
   where g.tenant_id = tenant and g.person_id = code.person_id
     and (g.expires_at <= at
          or g.grant_id in (select o.grant_id from oauth.client_grant o
                             where o.tenant_id = tenant and o.person_id = code.person_id
                             order by o.used_at desc, o.grant_id desc offset most - 1));
  insert into oauth.client_grant (tenant_id, grant_id, client_id, named, person_id, scopes, acr, auth_time, provider_id,
                                  refresh_hash, jkt, created_at, used_at, expires_at, ends_at)
  values (tenant, new_grant, code.client_id, code.named, code.person_id, code.scopes, code.acr, code.auth_time,
          code.provider_id, new_refresh, by_jkt, at, at, expires, ends);
  update oauth.code c set grant_id = new_grant where c.tenant_id = tenant and c.code_hash = hash;
  answer := 'begun';
  begun := new_grant;
  for_scopes := code.scopes;
  signed_acr := code.acr;
  signed_at := code.auth_time;
end $$;

-- Takes the refresh token of a grant for a new one, once. One that was ours and is not the newest was used before: somebody has
-- a copy, and the grant ends. Who shows another client's leaves it as it is. `answer`: rotated; unknown; reused.
create function oauth.rotate_refresh(
  tenant uuid, shown_grant uuid, hash bytea, client text, by_jkt text, new_refresh bytea, at timestamptz,
  expires timestamptz,
  out answer text, out person uuid, out for_scopes text[], out role text, out signed_acr text, out signed_at timestamptz)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  given oauth.client_grant%rowtype;
begin
  if tenancy.bound_purpose() <> 'oauth' then
    raise exception using errcode = '42501', message = 'rotating a refresh token is for the purpose oauth';
  end if;
  answer := 'unknown';
  select * into given from oauth.client_grant g where g.tenant_id = tenant and g.grant_id = shown_grant for update;
  if not found or given.client_id <> client or (given.jkt is not null and given.jkt is distinct from by_jkt) then
    return;
  end if;
  person := given.person_id;
  if given.refresh_hash <> hash then
    delete from oauth.client_grant g where g.tenant_id = tenant and g.grant_id = shown_grant;
    answer := 'reused';
    return;
  end if;
  role := identity.standing(tenant, given.person_id, given.acr, given.provider_id);
  if role is null or given.expires_at <= at then
    return;
  end if;
  update oauth.client_grant g
     set refresh_hash = new_refresh, used_at = at, expires_at = least(expires, g.ends_at)
   where g.tenant_id = tenant and g.grant_id = shown_grant;
  answer := 'rotated';
  for_scopes := given.scopes;
  signed_acr := given.acr;
  signed_at := given.auth_time;
end $$;

-- Ends a grant on the word of its client, who has shown a token of it. Returns whose it was; null when it was none.
create function oauth.end_grant(tenant uuid, shown_grant uuid, client text) returns uuid
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  person uuid;
begin
  if tenancy.bound_purpose() <> 'oauth' then
    raise exception using errcode = '42501', message = 'ending a grant is for the purpose oauth';
  end if;
  delete from oauth.client_grant g
   where g.tenant_id = tenant and g.grant_id = shown_grant and g.client_id = client
  returning g.person_id into person;
  return person;
end $$;

-- What a grant says now: whose it is and what they are in the tenant. None when it ended, or counts no longer.
create function oauth.find_grant(tenant uuid, shown_grant uuid)
returns table (client_id text, person_id uuid, role text, scopes text[], ends_at timestamptz)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tenancy.bound_purpose() <> 'authenticate' then
    raise exception using errcode = '42501', message = 'finding a grant is for the purpose authenticate';
  end if;
  return query
    select g.client_id, g.person_id, n.role, g.scopes, g.ends_at
      from oauth.client_grant g
      cross join lateral (select identity.standing(g.tenant_id, g.person_id, g.acr, g.provider_id) as role) n
     where g.tenant_id = tenant and g.grant_id = shown_grant and n.role is not null;
end $$;

revoke execute on function oauth.client_grant_ended(), oauth.client_gone(), oauth.provider_ended(),
  oauth.make_code(uuid, bytea, text, text, uuid, text, uuid, text, text, text[], text, timestamptz, timestamptz, integer),
  oauth.redeem_code(uuid, bytea, text, text, text, text, uuid, bytea, timestamptz, timestamptz, timestamptz, integer),
  oauth.rotate_refresh(uuid, uuid, bytea, text, text, bytea, timestamptz, timestamptz),
  oauth.end_grant(uuid, uuid, text), oauth.find_grant(uuid, uuid)
from public;
grant execute on function
  oauth.make_code(uuid, bytea, text, text, uuid, text, uuid, text, text, text[], text, timestamptz, timestamptz, integer),
  oauth.redeem_code(uuid, bytea, text, text, text, text, uuid, bytea, timestamptz, timestamptz, timestamptz, integer),
  oauth.rotate_refresh(uuid, uuid, bytea, text, text, bytea, timestamptz, timestamptz),
  oauth.end_grant(uuid, uuid, text), oauth.find_grant(uuid, uuid)
to cofferdam_ops;
