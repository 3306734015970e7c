-- After a rotation what lies under the tenant's ring `column` is sealed anew (docs/design/rotation.md).
grant update (address_sealed) on identity.invite to cofferdam_app;
grant update (credential_sealed) on identity.provider to cofferdam_app;

-- How many handles, codes and tokens are alive that were made in a while, for whoever asks what a key of the platform still
-- protects. A handle is made anew in a session that goes on, so of sessions it may be more than there are.
create function identity.made_between(what text, since timestamptz, till timestamptz, at timestamptz) returns bigint
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tenancy.bound_purpose() is distinct from 'keyring' then
    raise exception using errcode = '42501', message = 'counting what keys made is for the purpose keyring';
  end if;
  return case what
    when 'session' then (select count(*) from identity.session s
                          where s.created_at >= since and s.created_at < till and s.expires_at > at)
    when 'invite' then (select count(*) from identity.invite i
                         where i.created_at >= since and i.created_at < till and i.expires_at > at and i.state = 'open')
    when 'token' then (select count(*) from identity.token t
                        where t.created_at >= since and t.created_at < till and t.expires_at > at)
  end;
end $$;

-- How many sessions have what their person is called under a key of the ring `platform-column`, or under any.
create function identity.profiles_under(key uuid, at timestamptz) returns bigint
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tenancy.bound_purpose() is distinct from 'keyring' then
    raise exception using errcode = '42501', message = 'counting what keys sealed is for the purpose keyring';
  end if;
  return (select count(*) from identity.session s
           where s.profile_sealed is not null and s.expires_at > at
             and (key is null or substring(s.profile_sealed from 2 for 16) = uuid_send(key)));
end $$;

-- The same for sign-ins that are under way.
create function identity.sign_ins_under(key uuid) returns bigint
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tenancy.bound_purpose() is distinct from 'keyring' then
    raise exception using errcode = '42501', message = 'counting what keys sealed is for the purpose keyring';
  end if;
  return (select count(*) from identity.pending_sign_in p
           where key is null or substring(p.pending_sealed from 2 for 16) = uuid_send(key));
end $$;

revoke execute on function identity.made_between(text, timestamptz, timestamptz, timestamptz),
  identity.profiles_under(uuid, timestamptz), identity.sign_ins_under(uuid) from public;
grant execute on function identity.made_between(text, timestamptz, timestamptz, timestamptz),
  identity.profiles_under(uuid, timestamptz), identity.sign_ins_under(uuid) to cofferdam_app;
