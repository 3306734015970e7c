-- Programs that registered themselves (RFC 7591), where the platform lets them. They are nobody's: what one says of itself is its
-- word alone, and it has nothing until a person lets it.
create table oauth.open_client (
  client_id uuid primary key,
  name text not null check (length(name) between 1 and 80),
  redirect_uris text[] not null check (cardinality(redirect_uris) between 1 and 10),
  scopes text[] not null check (cardinality(scopes) between 1 and 20),
  created_at timestamptz not null,
  -- When a person last let it have something; null for one that nobody has.
  used_at timestamptz
);
-- Those that make room first.
create index on oauth.open_client (created_at) where used_at is null;
select tenancy.guard('oauth.open_client', 'platform', 'registration');
grant select, update (used_at) on oauth.open_client to cofferdam_app;

-- Registers one, if there is room: those make it that were registered before `unused_since` and let have nothing, or used last
-- before `unneeded_since`. Of many at once each waits for the one before, so that the bound is exact.
create function oauth.register_open_client(
  client uuid, named text, to_uris text[], for_scopes text[], at timestamptz, unused_since timestamptz,
  unneeded_since timestamptz, most integer)
returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tenancy.bound_purpose() <> 'registration' then
    raise exception using errcode = '42501', message = 'registering a client is for the purpose registration';
  end if;
  perform pg_advisory_xact_lock(hashtextextended('cofferdam open clients', 0));
  delete from oauth.open_client c
   where (c.used_at is null and c.created_at < unused_since) or c.used_at < unneeded_since;
  if (select count(*) from oauth.open_client) >= most then
    return false;
  end if;
  insert into oauth.open_client (client_id, name, redirect_uris, scopes, created_at)
  values (client, named, to_uris, for_scopes, at);
  return true;
end $$;

revoke execute on function
  oauth.register_open_client(uuid, text, text[], text[], timestamptz, timestamptz, timestamptz, integer)
from public;
grant execute on function
  oauth.register_open_client(uuid, text, text[], text[], timestamptz, timestamptz, timestamptz, integer)
to cofferdam_ops;
