-- Domains that tenants claim and prove (docs/design/federation.md).
create table identity.domain (
  tenant_id uuid not null,
  domain_id uuid not null,
  -- In ASCII and lower case.
  name text not null check (length(name) between 3 and 230),
  -- What the TXT record must say. Public once it is set, and drawn for this claim alone.
  challenge text not null check (length(challenge) between 20 and 100),
  state text not null default 'pending' check (state in ('pending', 'proven', 'lapsed')),
  -- What the last look at the DNS came to; null before the first.
  finding text check (finding in ('shown', 'absent', 'contested', 'unanswered')),
  checked_at timestamptz,
  proven_at timestamptz,
  -- Believed until then, whoever looks or fails to look meanwhile.
  held_until timestamptz,
  lapse text check (lapse in ('expired', 'superseded')),
  -- When it is to be looked at again, or its letter to be sent; null when nothing is to be done.
  due_at timestamptz,
  letter text not null default 'none' check (letter in ('none', 'waiting')),
  letter_attempts integer not null default 0,
  claimed_by uuid not null,
  claimed_at timestamptz not null,
  primary key (tenant_id, domain_id),
  unique (tenant_id, name),
  check ((state = 'pending') = (proven_at is null)),
  check ((proven_at is null) = (held_until is null)),
  check ((state = 'lapsed') = (lapse is not null)),
  check ((finding is null) = (checked_at is null))
);
select tenancy.guard('identity.domain', 'tenant');
-- What is proven is for note_domain to say.
grant select, insert (tenant_id, domain_id, name, challenge, claimed_by, claimed_at), delete,
  update (letter, letter_attempts, due_at)
  on identity.domain to cofferdam_app;

-- The claims of all tenants by name. Which of them is proven, at most one of a name, nobody can ask.
create table identity.domain_claim (
  challenge text primary key,
  name text not null,
  tenant_id uuid not null,
  domain_id uuid not null,
  proven boolean not null
);
create index on identity.domain_claim (name);
create index on identity.domain_claim (tenant_id, domain_id);
create unique index domain_proven on identity.domain_claim (name) where proven;

-- Domains that wait to be looked at, of all tenants.
create table identity.domain_due (
  tenant_id uuid not null,
  domain_id uuid not null,
  due_at timestamptz not null,
  primary key (tenant_id, domain_id)
);
create index on identity.domain_due (due_at);

create function identity.domain_changed() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op <> 'INSERT' then
    delete from identity.domain_due where tenant_id = old.tenant_id and domain_id = old.domain_id;
  end if;
  if tg_op = 'DELETE' then
    delete from identity.domain_claim where tenant_id = old.tenant_id and domain_id = old.domain_id;
    return null;
  end if;
  if tg_op = 'INSERT' then
    insert into identity.domain_claim (challenge, name, tenant_id, domain_id, proven)
    values (new.challenge, new.name, new.tenant_id, new.domain_id, new.state = 'proven');
  elsif (new.state = 'proven') <> (old.state = 'proven') then
    update identity.domain_claim set proven = (new.state = 'proven')
     where tenant_id = new.tenant_id and domain_id = new.domain_id;
  end if;
  if new.due_at is not null then
    insert into identity.domain_due (tenant_id, domain_id, due_at) values (new.tenant_id, new.domain_id, new.due_at);
  end if;
  return null;
end $$;
create trigger domain_changed after insert or update or delete on identity.domain
  for each row execute function identity.domain_changed();

-- Takes up to `most` domains that are due, for one keeper until `until`: who dies with one leaves it to the others.
create function identity.claim_domains(at timestamptz, until timestamptz, most integer)
returns table (tenant_id uuid, domain_id uuid)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tenancy.bound_purpose() <> 'domains' then
    raise exception using errcode = '42501', message = 'looking at domains is for the purpose domains';
  end if;
  return query
    update identity.domain_due d set due_at = until
      from (select w.tenant_id, w.domain_id from identity.domain_due w
             where w.due_at <= at order by w.due_at limit most for update skip locked) due
     where d.tenant_id = due.tenant_id and d.domain_id = due.domain_id
    returning d.tenant_id, d.domain_id;
end $$;

-- Notes what the DNS says of a claim: `given`, the texts at its place, or null when there was no answer. Who shows their
-- challenge, and no other claim's with it, holds the domain until `until`; whoever held it before holds it no longer.
-- INVARIANT: what is answered depends on the caller's own claim and on the texts alone, since nobody guesses another's.
-- Returns what became of it (unknown, proven, kept, failing, lapsed, unproven), and whose it was, for that one's log alone.
create function identity.note_domain(
  tenant uuid, domain uuid, given text[], at timestamptz, until timestamptz, next timestamptz, again timestamptz)
returns table (outcome text, finding text, held_by uuid, held_as uuid)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  known identity.domain%rowtype;
  saw text;
  became text;
  other identity.domain_claim%rowtype;
begin
  if tenancy.bound_purpose() <> 'domains' then
    raise exception using errcode = '42501', message = 'noting a domain is for the purpose domains';
  end if;
  select * into known from identity.domain d where d.tenant_id = tenant and d.domain_id = domain;
  -- One at a time for each name, before any row is locked: so no two wait for each other.
  perform pg_advisory_xact_lock(hashtextextended('cofferdam domain ' || coalesce(known.name, ''), 0));
  select * into known from identity.domain d where d.tenant_id = tenant and d.domain_id = domain for update;
  if not found then
    return query select 'unknown', null::text, null::uuid, null::uuid;
    return;
  end if;
  saw := case
    when given is null then 'unanswered'
    when not known.challenge = any (given) then 'absent'
    when exists (select from identity.domain_claim c
                  where c.name = known.name and c.challenge <> known.challenge and c.challenge = any (given)) then 'contested'
    else 'shown' end;
  if saw = 'shown' then
    select * into other from identity.domain_claim c where c.name = known.name and c.proven and c.tenant_id <> tenant;
    if found then
      update identity.domain d
         set state = 'lapsed', lapse = 'superseded', letter = 'waiting', letter_attempts = 0, due_at = at
       where d.tenant_id = other.tenant_id and d.domain_id = other.domain_id;
    end if;
    became := case when known.state = 'proven' then 'kept' else 'proven' end;
    update identity.domain d
       set state = 'proven', finding = saw, checked_at = at, held_until = until, lapse = null, due_at = next,
           letter = 'none', proven_at = case when known.state = 'proven' then d.proven_at else at end
     where d.tenant_id = tenant and d.domain_id = domain;
  elsif known.state = 'proven' and known.held_until <= at then
    became := 'lapsed';
    update identity.domain d
       set state = 'lapsed', finding = saw, checked_at = at, lapse = 'expired', letter = 'waiting', letter_attempts = 0,
           due_at = at
     where d.tenant_id = tenant and d.domain_id = domain;
  elsif known.state = 'proven' then
    became := 'failing';
    update identity.domain d
       set finding = saw, checked_at = at, due_at = least(again, known.held_until),
           letter = case when known.finding = 'shown' then 'waiting' else d.letter end,
           letter_attempts = case when known.finding = 'shown' then 0 else d.letter_attempts end
     where d.tenant_id = tenant and d.domain_id = domain;
  else
    became := 'unproven';
    update identity.domain d set finding = saw, checked_at = at where d.tenant_id = tenant and d.domain_id = domain;
  end if;
  return query select became, saw, other.tenant_id, other.domain_id;
end $$;

revoke execute on function identity.domain_changed(), identity.claim_domains(timestamptz, timestamptz, integer),
  identity.note_domain(uuid, uuid, text[], timestamptz, timestamptz, timestamptz, timestamptz) from public;
grant execute on function identity.claim_domains(timestamptz, timestamptz, integer),
  identity.note_domain(uuid, uuid, text[], timestamptz, timestamptz, timestamptz, timestamptz) to cofferdam_ops;
