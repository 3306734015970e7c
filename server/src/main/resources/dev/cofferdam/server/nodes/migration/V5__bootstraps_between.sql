-- How many bootstrap tokens are good that were made in a while, for whoever asks what a key of the ring `bootstrap` protects.
create function nodes.bootstraps_between(since timestamptz, till timestamptz, at timestamptz) returns bigint
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tenancy.bound_purpose() is distinct from 'keyring' then
    raise exception using errcode = '42501', message = 'counting what keys made is for the purpose keyring';
  end if;
  return (select count(*) from nodes.bootstrap b
           where b.created_at >= since and b.created_at < till and b.expires_at > at
             and b.used_at is null and b.revoked_at is null);
end $$;
revoke execute on function nodes.bootstraps_between(timestamptz, timestamptz, timestamptz) from public;
grant execute on function nodes.bootstraps_between(timestamptz, timestamptz, timestamptz) to cofferdam_app;
