-- How strongly one must have signed in to work in a tenant (docs/design/people.md).
create table identity.sign_in_policy (
  tenant_id uuid primary key,
  least_acr text not null check (least_acr in ('single_factor', 'multi_factor', 'phishing_resistant')),
  version bigint not null default 1,
  changed_at timestamptz not null
);
select tenancy.guard('identity.sign_in_policy', 'tenant');
grant select, insert, update (least_acr, version, changed_at) on identity.sign_in_policy to cofferdam_app;

-- What servers remember of the members is old when more is asked of them.
create function identity.sign_in_policy_changed() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  member uuid;
begin
  for member in select w.person_id from identity.workspace w where w.tenant_id = new.tenant_id order by w.person_id loop
    perform identity.revoke(member);
  end loop;
  return null;
end $$;
create trigger sign_in_policy_changed after insert or update on identity.sign_in_policy
  for each row execute function identity.sign_in_policy_changed();
create index on identity.workspace (tenant_id);

-- The session of a handle, how its person signed in last, what they are in its workspace now, and how strongly one must
-- have signed in to work there.
drop function identity.find_session(bytea);
create function identity.find_session(hash bytea)
returns table (person_id uuid, session_id uuid, tenant_id uuid, role text, acr text, auth_time timestamptz,
               seen_at timestamptz, expires_at timestamptz, least_acr text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tenancy.bound_purpose() <> 'authenticate' then
    raise exception using errcode = '42501', message = 'finding a session is for the purpose authenticate';
  end if;
  return query
    select s.person_id, s.session_id, s.tenant_id, m.role,
           coalesce(s.step_up_acr, s.acr), coalesce(s.step_up_time, s.auth_time), s.seen_at, s.expires_at, p.least_acr
      from identity.session_handle h
      join identity.session s on s.person_id = h.person_id and s.session_id = h.session_id
      left join identity.membership m on m.tenant_id = s.tenant_id and m.person_id = s.person_id
      left join identity.sign_in_policy p on p.tenant_id = s.tenant_id
     where h.handle_hash = hash;
end $$;

revoke execute on function identity.sign_in_policy_changed(), identity.find_session(bytea) from public;
grant execute on function identity.find_session(bytea) to cofferdam_ops;
