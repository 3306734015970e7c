-- What whoever makes something that acts for a tenant is there now. For the functions of this and of other modules that make
-- such things: tokens, clients. Returns: good, or why not: role_changed (they are not `maker_was` any more), ended (there is no
-- such session of theirs in the tenant), weak (they have not proven with more than one factor since `proven_since` who they are).
create function identity.maker_standing(
  tenant uuid, maker uuid, maker_was text, session uuid, proven_since timestamptz, at timestamptz)
returns text
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  maker_is text;
  shown identity.session%rowtype;
begin
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
  return 'good';
end $$;
revoke execute on function identity.maker_standing(uuid, uuid, text, uuid, timestamptz, timestamptz) from public;

-- As in V20, and asked of the function above.
create or replace function identity.make_token(
  tenant uuid, token uuid, hash bytea, named text, for_scopes text[], maker uuid, maker_was text, session uuid,
  proven_since timestamptz, service uuid, service_role text, at timestamptz, expires timestamptz, most integer)
returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  standing text;
  shown identity.session%rowtype;
begin
  if tenancy.bound_purpose() <> 'token' then
    raise exception using errcode = '42501', message = 'making a token is for the purpose token';
  end if;
  standing := identity.maker_standing(tenant, maker, maker_was, session, proven_since, at);
  if standing <> 'good' then
    return standing;
  end if;
  select * into strict shown from identity.session s where s.person_id = maker and s.session_id = session;
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
