-- Ends a token, for the functions of other modules by which one is fetched: what it is fetched with has come again, so somebody
-- has a copy.
create function identity.end_token(tenant uuid, token uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tenancy.bound_purpose() is distinct from 'token' then
    raise exception using errcode = '42501', message = 'ending a token is for the purpose token';
  end if;
  delete from identity.token t where t.tenant_id = tenant and t.token_id = token;
end $$;
revoke execute on function identity.end_token(uuid, uuid) from public;
