-- Why a tenant's own provider cannot be used, and the letters by which its owners hear of it (docs/design/federation.md).
alter table identity.provider
  add column failing_because text check (failing_because in ('document', 'keys', 'tokens', 'signature', 'credential')),
  -- What owners were told last; and when they are to be told something else, null when they know how it is.
  add column told_failing boolean not null default false,
  add column letter_attempts integer not null default 0,
  add column letter_due timestamptz;
grant update (failing_because, told_failing, letter_attempts, letter_due) on identity.provider to cofferdam_app;

-- Letters that wait to be sent, of all tenants.
create table identity.provider_letter (
  tenant_id uuid not null,
  provider_id uuid not null,
  due_at timestamptz not null,
  primary key (tenant_id, provider_id)
);
create index on identity.provider_letter (due_at);

create or replace function identity.provider_changed() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op <> 'INSERT' then
    delete from identity.provider_letter where tenant_id = old.tenant_id and provider_id = old.provider_id;
  end if;
  if tg_op = 'DELETE' then
    delete from identity.provider_place where provider_id = old.provider_id;
    return null;
  end if;
  if tg_op = 'INSERT' then
    insert into identity.provider_place (provider_id, tenant_id) values (new.provider_id, new.tenant_id);
  end if;
  if new.letter_due is not null then
    insert into identity.provider_letter (tenant_id, provider_id, due_at)
    values (new.tenant_id, new.provider_id, new.letter_due);
  end if;
  return null;
end $$;
drop trigger provider_changed on identity.provider;
create trigger provider_changed after insert or update or delete on identity.provider
  for each row execute function identity.provider_changed();

-- Takes up to `most` letters that are due, for one sender until `until`: who dies with one leaves it to the others.
create function identity.claim_provider_letters(at timestamptz, until timestamptz, most integer)
returns table (tenant_id uuid, provider_id uuid)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tenancy.bound_purpose() <> 'tenant_sign_in' then
    raise exception using errcode = '42501', message = 'sending these letters is for the purpose tenant_sign_in';
  end if;
  return query
    update identity.provider_letter l set due_at = until
      from (select w.tenant_id, w.provider_id from identity.provider_letter w
             where w.due_at <= at order by w.due_at limit most for update skip locked) due
     where l.tenant_id = due.tenant_id and l.provider_id = due.provider_id
    returning l.tenant_id, l.provider_id;
end $$;

-- As before; and nobody is told how a provider is at which nobody signs in.
create or replace function identity.end_provider(
  tenant uuid, provider uuid, read bigint, forget boolean, at timestamptz) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tenancy.bound_purpose() <> 'tenant_sign_in' then
    raise exception using errcode = '42501', message = 'ending a provider is for the purpose tenant_sign_in';
  end if;
  if forget then
    delete from identity.provider p where p.tenant_id = tenant and p.provider_id = provider and p.version = read;
  else
    update identity.provider p
       set state = 'inactive', failing_since = null, failing_because = null, told_failing = false, letter_due = null,
           version = version + 1, changed_at = at
     where p.tenant_id = tenant and p.provider_id = provider and p.version = read;
  end if;
  if not found then
    return false;
  end if;
  delete from identity.session s using identity.tenant_claim c
   where c.tenant_id = tenant and s.person_id = c.person_id and s.provider_id = provider;
  return true;
end $$;

revoke execute on function identity.claim_provider_letters(timestamptz, timestamptz, integer) from public;
grant execute on function identity.claim_provider_letters(timestamptz, timestamptz, integer) to cofferdam_ops;
