-- How many grants have a refresh token that is good and was made in a while, for whoever asks what a key of the ring
-- `refresh` protects.
create function oauth.refresh_between(since timestamptz, till timestamptz, at timestamptz) returns bigint
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tenancy.bound_purpose() is distinct from 'keyring' then
    raise exception using errcode = '42501', message = 'counting what keys made is for the purpose keyring';
  end if;
  return (select count(*) from oauth.client_grant g
           where greatest(g.created_at, g.used_at) >= since and greatest(g.created_at, g.used_at) < till
             and g.expires_at > at);
end $$;
revoke execute on function oauth.refresh_between(timestamptz, timestamptz, timestamptz) from public;
grant execute on function oauth.refresh_between(timestamptz, timestamptz, timestamptz) to cofferdam_app;
