-- What whoever makes a credential stands on, said once for every kind of credential; and what their holders are now. Both are
-- asked by functions with the owner's rights, those of the authorization server among them, and by nobody else.

-- Looks again, behind locks, at what it was decided on that somebody may make a credential: that they still are in the tenant
-- what they were, that their session still works there, and if `proven_since` is given that they have proven since then with
-- more than one factor who they are. Kept until the end: who removes them, or ends their session, at the same time comes
-- before or after. `answer`: good, role_changed, ended or weak; behind it, how they had signed in and at which provider of the
-- tenant's own, if at one.
create function identity.hold_maker(
  tenant uuid, maker uuid, maker_was text, shown_session uuid, proven_since timestamptz, at timestamptz,
  out answer text, out shown_acr text, out shown_time timestamptz, out shown_provider uuid)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  maker_is text;
  shown identity.session%rowtype;
begin
  select m.role into maker_is from identity.membership m where m.tenant_id = tenant and m.person_id = maker for share;
  if maker_is is null or maker_is is distinct from maker_was then
    answer := 'role_changed';
    return;
  end if;
  select * into shown from identity.session s
   where s.person_id = maker and s.session_id = shown_session and s.tenant_id = tenant and not s.operator
     and s.expires_at > at
     for share;
  if not found then
    answer := 'ended';
    return;
  end if;
  shown_acr := coalesce(shown.step_up_acr, shown.acr);
  shown_time := coalesce(shown.step_up_time, shown.auth_time);
  shown_provider := shown.provider_id;
  answer := case
    when proven_since is not null
         and (shown_acr = 'single_factor' or shown_time < proven_since or shown_time > at) then 'weak'
    else 'good'
  end;
end $$;

-- What somebody is in the tenant now, as far as a credential counts that they made after this sign-in, at this provider of the
-- tenant's own or at the platform's: null when it does not, or when they are no member.
create function identity.standing(tenant uuid, person uuid, shown_acr text, shown_provider uuid) returns text
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  strength constant text[] := array['single_factor', 'multi_factor', 'phishing_resistant'];
begin
  return (
    select m.role
      from identity.membership m
      left join identity.sign_in_policy p on p.tenant_id = m.tenant_id
     where m.tenant_id = tenant and m.person_id = person
       and array_position(strength, shown_acr) >= array_position(strength, coalesce(p.least_acr, 'single_factor'))
       and (shown_provider is null
            or exists (select from identity.provider o
                        where o.tenant_id = tenant and o.provider_id = shown_provider and o.state = 'active')));
end $$;

-- As in V20, and asked of the function above.
create or replace function identity.find_token(hash bytea)
returns table (tenant_id uuid, token_id uuid, person_id uuid, service_id uuid, role text, scopes text[],
               used_at timestamptz, expires_at timestamptz)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tenancy.bound_purpose() <> 'authenticate' then
    raise exception using errcode = '42501', message = 'finding a token is for the purpose authenticate';
  end if;
  return query
    select t.tenant_id, t.token_id, t.person_id, t.service_id, n.role, t.scopes, t.used_at, t.expires_at
      from identity.token_handle h
      join identity.token t on t.tenant_id = h.tenant_id and t.token_id = h.token_id
      cross join lateral (
        select case when t.service_id is null then identity.standing(t.tenant_id, t.person_id, t.acr, t.provider_id)
                    else t.role end as role) n
     where h.token_hash = hash and n.role is not null;
end $$;

revoke execute on function
  identity.hold_maker(uuid, uuid, text, uuid, timestamptz, timestamptz), identity.standing(uuid, uuid, text, uuid)
from public;
