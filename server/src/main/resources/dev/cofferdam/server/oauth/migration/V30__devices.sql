-- Programs without a browser of their own: what one asks, under a code that a person types (docs/design/devices.md).

-- Before somebody has typed the code it is nobody's, and in no tenant; then it is a member's, and goes with the membership.
create table oauth.device_request (
  device_id uuid primary key,
  -- SHA-256 of the random half of the device code, and the MAC of the code that is typed: short as it is, a hash of it alone
  -- would be found by trying.
  device_hash bytea not null check (octet_length(device_hash) = 32),
  user_hash bytea not null unique check (octet_length(user_hash) = 32),
  -- The name of this server under which it was asked, and is answered and redeemed.
  issuer text not null check (length(issuer) <= 300),
  client_id text not null check (length(client_id) <= 500),
  named text not null check (length(named) between 1 and 80),
  -- Whether it showed by a key that it is this client; a public one only says so.
  proven boolean not null,
  scopes text[] not null check (cardinality(scopes) between 1 and 20),
  -- The address that asked, for whoever types the code; gone with the row.
  asked_from inet not null,
  asked_at timestamptz not null,
  expires_at timestamptz not null,
  state text not null default 'pending' check (state in ('pending', 'denied', 'allowed', 'redeemed')),
  -- Seconds that the program has to leave between two questions, and when it last asked.
  every integer not null check (every between 1 and 600),
  polled_at timestamptz,
  -- Whose word it has.
  tenant_id uuid,
  person_id uuid,
  acr text check (acr in ('single_factor', 'multi_factor', 'phishing_resistant')),
  auth_time timestamptz,
  provider_id uuid,
  -- What it began, to end it when the device code comes again.
  grant_id uuid,
  foreign key (tenant_id, person_id) references identity.membership (tenant_id, person_id) on delete cascade,
  check (state in ('pending', 'denied') or (tenant_id is not null and person_id is not null and acr is not null
                                            and auth_time is not null)),
  check ((state = 'redeemed') = (grant_id is not null))
);
create index on oauth.device_request (expires_at);
create index on oauth.device_request (tenant_id, person_id);

-- Begins a grant, for whichever way it was consented in. Many grants of one person: those that were used longest ago end.
create function oauth.begin_grant(
  tenant uuid, new_grant uuid, client text, called text, person uuid, for_scopes text[], with_acr text,
  with_time timestamptz, with_provider uuid, new_refresh bytea, by_jkt text, at timestamptz, expires timestamptz,
  ends timestamptz, most integer)
returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  delete from oauth.client_grant g
   where g.tenant_id = tenant and g.person_id = person
     and (g.expires_at <= at
          or g.grant_id in (select o.grant_id from oauth.client_grant o
                             where o.tenant_id = tenant and o.person_id = person
                             order by o.used_at desc, o.grant_id desc offset most - 1));
  insert into oauth.client_grant (tenant_id, grant_id, client_id, named, person_id, scopes, acr, auth_time, provider_id,
                                  refresh_hash, jkt, created_at, used_at, expires_at, ends_at)
  values (tenant, new_grant, client, called, person, for_scopes, with_acr, with_time, with_provider, new_refresh, by_jkt,
          at, at, expires, ends);
end $$;

-- As in V11, and the grant begun by the function above.
create or replace function oauth.redeem_code(
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
  perform oauth.begin_grant(tenant, new_grant, code.client_id, code.named, code.person_id, code.scopes, code.acr,
                            code.auth_time, code.provider_id, new_refresh, by_jkt, at, expires, ends, most);
  update oauth.code c set grant_id = new_grant where c.tenant_id = tenant and c.code_hash = hash;
  answer := 'begun';
  begun := new_grant;
  for_scopes := code.scopes;
  signed_acr := code.acr;
  signed_at := code.auth_time;
end $$;

-- Keeps what a program asks, if there is room: what has expired a while ago makes it. Of many at once each waits for the one
-- before, so that the bound is exact. Returns: asked; taken, when the code that is typed is another's; too_many.
create function oauth.ask_device(
  device uuid, hash bytea, typed bytea, of_issuer text, client text, called text, shown boolean, for_scopes text[],
  from_address text, at timestamptz, expires timestamptz, seconds integer, most integer)
returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tenancy.bound_purpose() <> 'device' then
    raise exception using errcode = '42501', message = 'asking as a device is for the purpose device';
  end if;
  perform pg_advisory_xact_lock(hashtextextended('cofferdam device requests', 0));
  delete from oauth.device_request d where d.expires_at < at - interval '10 minutes';
  if (select count(*) from oauth.device_request) >= most then
    return 'too_many';
  end if;
  insert into oauth.device_request (device_id, device_hash, user_hash, issuer, client_id, named, proven, scopes,
                                    asked_from, asked_at, expires_at, every)
  values (device, hash, typed, of_issuer, client, called, shown, for_scopes, from_address::inet, at, expires,
          seconds)
  on conflict (user_hash) do nothing;
  return case when found then 'asked' else 'taken' end;
end $$;

-- What stands behind a code that was typed, as long as nobody has answered it.
create function oauth.find_device(typed bytea, of_issuer text, at timestamptz)
returns table (device_id uuid, client_id text, proven boolean, scopes text[], asked_from text, asked_at timestamptz)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tenancy.bound_purpose() <> 'device' then
    raise exception using errcode = '42501', message = 'finding what a device asks is for the purpose device';
  end if;
  return query
    select d.device_id, d.client_id, d.proven, d.scopes, host(d.asked_from), d.asked_at
      from oauth.device_request d
     where d.user_hash = typed and d.issuer = of_issuer and d.state = 'pending' and d.expires_at > at;
end $$;

-- Answers it, once, in the tenant that `session` of the person works in. Returns: answered; unknown, when it has expired, was
-- answered or never was; or why not: ended, role_changed (identity.hold_maker).
create function oauth.answer_device(
  device uuid, allowed boolean, tenant uuid, person uuid, person_was text, session uuid, at timestamptz)
returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  held record;
begin
  if tenancy.bound_purpose() <> 'device' then
    raise exception using errcode = '42501', message = 'answering a device is for the purpose device';
  end if;
  perform from oauth.device_request d
    where d.device_id = device and d.state = 'pending' and d.expires_at > at for update;
  if not found then
    return 'unknown';
  end if;
  held := identity.hold_maker(tenant, person, person_was, session, null, at);
  if held.answer <> 'good' then
    return held.answer;
  end if;
  update oauth.device_request d
     set state = case when allowed then 'allowed' else 'denied' end,
         tenant_id = tenant, person_id = person, acr = held.shown_acr, auth_time = held.shown_time,
         provider_id = held.shown_provider
   where d.device_id = device;
  return 'answered';
end $$;

-- A question of the program, by its device code: whether somebody has answered. One that comes too early has it wait longer.
-- `answer`: unknown, also for another client and under another name of this server; expired; pending; slow_down; denied;
-- answered, and in which tenant, for what was allowed or is used up.
create function oauth.poll_device(
  device uuid, hash bytea, client text, of_issuer text, at timestamptz, out answer text, out tenant uuid)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  -- What a network may take from one question to the next.
  leeway constant interval := '1 second';
  asked oauth.device_request%rowtype;
begin
  if tenancy.bound_purpose() <> 'oauth' then
    raise exception using errcode = '42501', message = 'asking for an answer is for the purpose oauth';
  end if;
  select * into asked from oauth.device_request d where d.device_id = device and d.device_hash = hash for update;
  if not found or asked.client_id <> client or asked.issuer <> of_issuer then
    answer := 'unknown';
    return;
  end if;
  if asked.state = 'redeemed' then
    answer := 'answered';
    tenant := asked.tenant_id;
  elsif asked.expires_at <= at then
    answer := 'expired';
  elsif asked.state = 'denied' then
    answer := 'denied';
  elsif asked.state = 'allowed' then
    answer := 'answered';
    tenant := asked.tenant_id;
  else
    answer := case
      when asked.polled_at + make_interval(secs => asked.every) - leeway > at then 'slow_down'
      else 'pending'
    end;
    update oauth.device_request d
       set polled_at = at,
           every = case when answer = 'slow_down' then least(asked.every + 5, 60) else asked.every end
     where d.device_id = device;
  end if;
end $$;

-- Redeems a device code that was allowed, once: of a hundred at once each waits for the row, and one finds it unused. One that
-- was redeemed before ends the grant that it began. `answer`: begun, with the grant; unknown; reused, with whose grant it was.
create function oauth.redeem_device(
  tenant uuid, device uuid, hash bytea, client text, of_issuer text, by_jkt text, new_grant uuid, new_refresh bytea,
  at timestamptz, expires timestamptz, ends timestamptz, most integer,
  out answer text, out begun uuid, out person uuid, out for_scopes text[], out role text, out signed_acr text,
  out signed_at timestamptz)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  asked oauth.device_request%rowtype;
begin
  if tenancy.bound_purpose() <> 'oauth' then
    raise exception using errcode = '42501', message = 'redeeming a device code is for the purpose oauth';
  end if;
  answer := 'unknown';
  select * into asked from oauth.device_request d
   where d.device_id = device and d.device_hash = hash and d.tenant_id = tenant for update;
  if not found or asked.client_id <> client or asked.issuer <> of_issuer then
    return;
  end if;
  person := asked.person_id;
  if asked.grant_id is not null then
    answer := 'reused';
    begun := asked.grant_id;
    delete from oauth.client_grant g where g.tenant_id = tenant and g.grant_id = asked.grant_id;
    return;
  end if;
  if asked.state <> 'allowed' or asked.expires_at <= at then
    return;
  end if;
  role := identity.standing(tenant, asked.person_id, asked.acr, asked.provider_id);
  if role is null then
    return;
  end if;
  perform oauth.begin_grant(tenant, new_grant, asked.client_id, asked.named, asked.person_id, asked.scopes, asked.acr,
                            asked.auth_time, asked.provider_id, new_refresh, by_jkt, at, expires, ends, most);
  update oauth.device_request d set state = 'redeemed', grant_id = new_grant where d.device_id = device;
  answer := 'begun';
  begun := new_grant;
  for_scopes := asked.scopes;
  signed_acr := asked.acr;
  signed_at := asked.auth_time;
end $$;

revoke execute on function
  oauth.begin_grant(uuid, uuid, text, text, uuid, text[], text, timestamptz, uuid, bytea, text, timestamptz, timestamptz,
                    timestamptz, integer),
  oauth.ask_device(uuid, bytea, bytea, text, text, text, boolean, text[], text, timestamptz, timestamptz, integer,
                   integer),
  oauth.find_device(bytea, text, timestamptz), oauth.answer_device(uuid, boolean, uuid, uuid, text, uuid, timestamptz),
  oauth.poll_device(uuid, bytea, text, text, timestamptz),
  oauth.redeem_device(uuid, uuid, bytea, text, text, text, uuid, bytea, timestamptz, timestamptz, timestamptz, integer)
from public;
grant execute on function
  oauth.ask_device(uuid, bytea, bytea, text, text, text, boolean, text[], text, timestamptz, timestamptz, integer,
                   integer),
  oauth.find_device(bytea, text, timestamptz), oauth.answer_device(uuid, boolean, uuid, uuid, text, uuid, timestamptz),
  oauth.poll_device(uuid, bytea, text, text, timestamptz),
  oauth.redeem_device(uuid, uuid, bytea, text, text, text, uuid, bytea, timestamptz, timestamptz, timestamptz, integer)
to cofferdam_ops;
