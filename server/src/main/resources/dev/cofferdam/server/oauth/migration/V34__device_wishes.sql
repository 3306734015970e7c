-- What else a program asks by a code: how its person is to have signed in (RFC 9470), and a token of their own instead of a grant
-- (RFC 9396, docs/adr/0104).
alter table oauth.device_request
  add column least_acr text not null default 'single_factor'
    check (least_acr in ('single_factor', 'multi_factor', 'phishing_resistant')),
  -- In seconds.
  add column max_age integer check (max_age between 0 and 86400),
  -- The token: with the scopes of the request, and made when it is fetched. There is nothing secret before that.
  add column label text check (length(label) between 1 and 80),
  add column days integer check (days between 1 and 366),
  -- As what, in which session and when its person allowed it: looked at again when it is made.
  add column allowed_role text,
  add column allowed_session uuid,
  add column allowed_at timestamptz,
  -- What was made, to end it when the device code comes again.
  add column token_id uuid,
  add constraint device_request_token check ((label is null) = (days is null)),
  add constraint device_request_fetched check (token_id is null or label is not null),
  drop constraint device_request_check1,
  add constraint device_request_redeemed check ((state = 'redeemed') = (num_nonnulls(grant_id, token_id) = 1));

drop function oauth.ask_device(uuid, bytea, bytea, text, text, text, boolean, text[], text, timestamptz, timestamptz, integer,
                               integer);
drop function oauth.find_device(bytea, text, timestamptz);
drop function oauth.poll_device(uuid, bytea, text, text, timestamptz);

-- As in V30, with what else is asked.
create function oauth.ask_device(
  device uuid, hash bytea, typed bytea, of_issuer text, client text, called text, shown boolean, for_scopes text[],
  of_acr text, of_age integer, label text, days integer, from_address text, at timestamptz, expires timestamptz,
  seconds integer, most integer)
returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tenancy.bound_purpose() is distinct from 'device' then
    raise exception using errcode = '42501', message = 'asking as a device is for the purpose device';
  end if;
  perform pg_advisory_xact_lock(hashtextextended('cofferdam device requests', 0));
  delete from oauth.device_request d where d.expires_at < at - interval '10 minutes';
  if (select count(*) from oauth.device_request) >= most then
    return 'too_many';
  end if;
  insert into oauth.device_request (device_id, device_hash, user_hash, issuer, client_id, named, proven, scopes, least_acr,
                                    max_age, label, days, asked_from, asked_at, expires_at, every)
  values (device, hash, typed, of_issuer, client, called, shown, for_scopes, of_acr, of_age, label, days,
          from_address::inet, at, expires, seconds)
  on conflict (user_hash) do nothing;
  return case when found then 'asked' else 'taken' end;
end $$;

-- As in V30, with what else is asked.
create function oauth.find_device(typed bytea, of_issuer text, at timestamptz)
returns table (device_id uuid, client_id text, proven boolean, scopes text[], least_acr text, max_age integer,
               label text, days integer, asked_from text, asked_at timestamptz)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tenancy.bound_purpose() is distinct from 'device' then
    raise exception using errcode = '42501', message = 'finding what a device asks is for the purpose device';
  end if;
  return query
    select d.device_id, d.client_id, d.proven, d.scopes, d.least_acr, d.max_age, d.label, d.days,
           host(d.asked_from), d.asked_at
      from oauth.device_request d
     where d.user_hash = typed and d.issuer = of_issuer and d.state = 'pending' and d.expires_at > at;
end $$;

-- As in V30. What is allowed needs the sign-in that was asked for: made no longer ago than that, or for this very request (to 30
-- seconds, by which clocks differ); and for a token one of the last five minutes with more than one factor. Returns also: weak.
create or replace function oauth.answer_device(
  device uuid, allowed boolean, tenant uuid, person uuid, person_was text, session uuid, at timestamptz)
returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  strength constant text[] := array['single_factor', 'multi_factor', 'phishing_resistant'];
  asked oauth.device_request%rowtype;
  held record;
begin
  if tenancy.bound_purpose() is distinct from 'device' then
    raise exception using errcode = '42501', message = 'answering a device is for the purpose device';
  end if;
  select * into asked from oauth.device_request d
   where d.device_id = device and d.state = 'pending' and d.expires_at > at for update;
  if not found then
    return 'unknown';
  end if;
  held := identity.hold_maker(tenant, person, person_was, session,
                              case when allowed and asked.label is not null then at - interval '5 minutes' end, at);
  if held.answer <> 'good' then
    return held.answer;
  end if;
  if allowed
     and (array_position(strength, held.shown_acr) < array_position(strength, asked.least_acr)
          or (asked.max_age is not null
              and (held.shown_time > at
                   or held.shown_time < least(asked.asked_at - interval '30 seconds',
                                              at - make_interval(secs => asked.max_age))))) then
    return 'weak';
  end if;
  update oauth.device_request d
     set state = case when allowed then 'allowed' else 'denied' end,
         tenant_id = tenant, person_id = person, acr = held.shown_acr, auth_time = held.shown_time,
         provider_id = held.shown_provider, allowed_role = person_was, allowed_session = session, allowed_at = at
   where d.device_id = device;
  return 'answered';
end $$;

-- As in V30, and whether what was allowed is a token.
create function oauth.poll_device(
  device uuid, hash bytea, client text, of_issuer text, at timestamptz, out answer text, out tenant uuid, out a_token boolean)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  -- What a network may take from one question to the next.
  leeway constant interval := '1 second';
  asked oauth.device_request%rowtype;
begin
  if tenancy.bound_purpose() is distinct from 'oauth' then
    raise exception using errcode = '42501', message = 'asking for an answer is for the purpose oauth';
  end if;
  select * into asked from oauth.device_request d where d.device_id = device and d.device_hash = hash for update;
  if not found or asked.client_id <> client or asked.issuer <> of_issuer then
    answer := 'unknown';
    return;
  end if;
  a_token := asked.label is not null;
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

-- As in V30. What was allowed as a token begins no grant.
create or replace function oauth.redeem_device(
  tenant uuid, device uuid, hash bytea, client text, of_issuer text, by_jkt text, new_grant uuid, new_refresh bytea,
  at timestamptz, expires timestamptz, ends timestamptz, most integer,
  out answer text, out begun uuid, out person uuid, out for_scopes text[], out role text, out signed_acr text,
  out signed_at timestamptz)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  asked oauth.device_request%rowtype;
begin
  if tenancy.bound_purpose() is distinct from 'oauth' then
    raise exception using errcode = '42501', message = 'redeeming a device code is for the purpose oauth';
  end if;
  answer := 'unknown';
  select * into asked from oauth.device_request d
   where d.device_id = device and d.device_hash = hash and d.tenant_id = tenant and d.label is null for update;
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

-- Makes the token that was allowed, as its person does on the page of tokens (identity.make_token), and as they were when they
-- allowed it. Once: of a hundred at once each waits for the row. What comes again ends what was made. `answer`: made; unknown;
-- reused, with what was ended; lost, when it cannot be made any more, after which the code is as one that was denied.
create function oauth.redeem_device_token(
  tenant uuid, device uuid, hash bytea, client text, of_issuer text, token uuid, token_hash bytea, at timestamptz, most integer,
  out answer text, out token_made uuid, out person uuid, out label text, out for_scopes text[], out expires timestamptz)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  asked oauth.device_request%rowtype;
begin
  if tenancy.bound_purpose() is distinct from 'token' then
    raise exception using errcode = '42501', message = 'making a token that was allowed is for the purpose token';
  end if;
  answer := 'unknown';
  select * into asked from oauth.device_request d
   where d.device_id = device and d.device_hash = hash and d.tenant_id = tenant and d.label is not null for update;
  if not found or asked.client_id <> client or asked.issuer <> of_issuer then
    return;
  end if;
  person := asked.person_id;
  if asked.token_id is not null then
    answer := 'reused';
    token_made := asked.token_id;
    perform identity.end_token(tenant, asked.token_id);
    return;
  end if;
  if asked.state <> 'allowed' or asked.expires_at <= at then
    return;
  end if;
  expires := at + make_interval(hours => 24 * asked.days);
  if identity.make_token(tenant, token, token_hash, asked.label, asked.scopes, asked.person_id, asked.allowed_role,
                         asked.allowed_session, asked.allowed_at - interval '5 minutes', null, null, at, expires, most)
     <> 'made' then
    update oauth.device_request d set state = 'denied' where d.device_id = device;
    answer := 'lost';
    return;
  end if;
  update oauth.device_request d set state = 'redeemed', token_id = token where d.device_id = device;
  answer := 'made';
  token_made := token;
  label := asked.label;
  for_scopes := asked.scopes;
end $$;

revoke execute on function
  oauth.ask_device(uuid, bytea, bytea, text, text, text, boolean, text[], text, integer, text, integer, text, timestamptz,
                   timestamptz, integer, integer),
  oauth.find_device(bytea, text, timestamptz), oauth.poll_device(uuid, bytea, text, text, timestamptz),
  oauth.redeem_device_token(uuid, uuid, bytea, text, text, uuid, bytea, timestamptz, integer)
from public;
grant execute on function
  oauth.ask_device(uuid, bytea, bytea, text, text, text, boolean, text[], text, integer, text, integer, text, timestamptz,
                   timestamptz, integer, integer),
  oauth.find_device(bytea, text, timestamptz), oauth.poll_device(uuid, bytea, text, text, timestamptz),
  oauth.redeem_device_token(uuid, uuid, bytea, text, text, uuid, bytea, timestamptz, integer)
to cofferdam_ops;
