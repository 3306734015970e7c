-- Access tokens that their client gave up (RFC 7009), by what they call themselves, until they would have expired. One that a person
-- let its client have ends with the grant instead.
create table oauth.ended_token (
  token_id uuid primary key,
  expires_at timestamptz not null
);
create index on oauth.ended_token (expires_at);

-- Ends one, and what servers remember of those of its holder. Returns whether it had not ended before.
create function oauth.end_token(ended uuid, holder uuid, until timestamptz, at timestamptz) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tenancy.bound_purpose() is distinct from 'oauth' then
    raise exception using errcode = '42501', message = 'ending a token is for the purpose oauth';
  end if;
  -- By how much servers' clocks may differ, longer: what one has swept no other takes for good.
  delete from oauth.ended_token e
   using (select x.token_id from oauth.ended_token x where x.expires_at < at - interval '1 minute'
           limit 100 for update skip locked) old
   where e.token_id = old.token_id;
  insert into oauth.ended_token (token_id, expires_at) values (ended, until) on conflict do nothing;
  if not found then
    return false;
  end if;
  perform identity.revoke(holder);
  return true;
end $$;

create function oauth.is_ended(shown uuid) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tenancy.bound_purpose() is distinct from 'authenticate' then
    raise exception using errcode = '42501', message = 'asking whether a token has ended is for the purpose authenticate';
  end if;
  return exists (select from oauth.ended_token e where e.token_id = shown);
end $$;

revoke execute on function
  oauth.end_token(uuid, uuid, timestamptz, timestamptz), oauth.is_ended(uuid)
from public;
grant execute on function
  oauth.end_token(uuid, uuid, timestamptz, timestamptz), oauth.is_ended(uuid)
to cofferdam_ops;
