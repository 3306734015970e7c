-- Exchanges the keys of a client that acts as a service, by whoever could make it: looked at again as in make_service_client. What
-- servers remember of the client is told to be old; its tokens, of five minutes at most, stay. Returns: exchanged; unknown; or why
-- not: what maker_standing says.
create function oauth.exchange_client_keys(
  tenant uuid, client uuid, keys jsonb, maker uuid, maker_was text, session uuid, proven_since timestamptz, at timestamptz)
returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  standing text;
begin
  if tenancy.bound_purpose() is distinct from 'client' then
    raise exception using errcode = '42501', message = 'exchanging the keys of a client is for the purpose client';
  end if;
  standing := identity.maker_standing(tenant, maker, maker_was, session, proven_since, at);
  if standing <> 'good' then
    return standing;
  end if;
  update oauth.service_client c set keys_public = keys where c.tenant_id = tenant and c.client_id = client;
  if not found then
    return 'unknown';
  end if;
  perform identity.revoke(client);
  return 'exchanged';
end $$;
revoke execute on function
  oauth.exchange_client_keys(uuid, uuid, jsonb, uuid, text, uuid, timestamptz, timestamptz) from public;
grant execute on function
  oauth.exchange_client_keys(uuid, uuid, jsonb, uuid, text, uuid, timestamptz, timestamptz) to cofferdam_ops;
