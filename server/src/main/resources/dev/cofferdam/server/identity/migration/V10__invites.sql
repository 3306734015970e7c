-- Invites, how members are called, and how many tenants one person founds (docs/design/people.md).

create table identity.invite (
  tenant_id uuid not null,
  invite_id uuid not null,
  address_sealed bytea not null,
  -- A keyed hash of the address, so that one address has one open invite.
  address_mac bytea not null check (octet_length(address_mac) = 32),
  role text not null check (role in ('owner', 'admin', 'member', 'auditor')),
  state text not null check (state in ('open', 'accepted', 'declined', 'revoked')),
  -- Who answers for it, and in which session: who made it, or had it sent again last.
  invited_by uuid not null,
  invited_in uuid not null,
  -- Where its letter leads to: the address of this server under which the inviter came.
  origin text not null check (length(origin) between 1 and 300),
  -- SHA-256 of the random half of the code in its newest letter; null before the first.
  code_hash bytea check (octet_length(code_hash) = 32),
  letter text not null check (letter in ('waiting', 'sent', 'failed')),
  letter_attempts integer not null default 0,
  letter_due timestamptz,
  version bigint not null default 1,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  expires_at timestamptz not null,
  accepted_by uuid,
  primary key (tenant_id, invite_id),
  check ((letter = 'waiting') = (letter_due is not null)),
  check ((state = 'accepted') = (accepted_by is not null))
);
create unique index invite_open on identity.invite (tenant_id, address_mac) where state = 'open';
select tenancy.guard('identity.invite', 'tenant');
-- Accepting is for accept_invite, which makes the member too.
grant select, insert,
  update (state, invited_by, invited_in, origin, code_hash, letter, letter_attempts, letter_due, version, changed_at, expires_at)
  on identity.invite to cofferdam_app;

-- Invites by their codes, before it is known whose they are. A code that a newer letter replaced stays, so that it is told
-- from one that never was.
create table identity.invite_code (
  code_hash bytea primary key,
  tenant_id uuid not null,
  invite_id uuid not null
);
create index on identity.invite_code (tenant_id, invite_id);

-- Letters that wait to be sent, of all tenants.
create table identity.invite_letter (
  tenant_id uuid not null,
  invite_id uuid not null,
  due_at timestamptz not null,
  primary key (tenant_id, invite_id)
);
create index on identity.invite_letter (due_at);

create function identity.invite_changed() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op <> 'INSERT' then
    delete from identity.invite_letter where tenant_id = old.tenant_id and invite_id = old.invite_id;
  end if;
  if tg_op = 'DELETE' then
    delete from identity.invite_code where tenant_id = old.tenant_id and invite_id = old.invite_id;
    return null;
  end if;
  if new.code_hash is not null and (tg_op = 'INSERT' or new.code_hash is distinct from old.code_hash) then
    insert into identity.invite_code (code_hash, tenant_id, invite_id) values (new.code_hash, new.tenant_id, new.invite_id);
  end if;
  if new.state = 'open' and new.letter_due is not null then
    insert into identity.invite_letter (tenant_id, invite_id, due_at) values (new.tenant_id, new.invite_id, new.letter_due);
  end if;
  return null;
end $$;
create trigger invite_changed after insert or update or delete on identity.invite
  for each row execute function identity.invite_changed();

-- Takes up to `most` letters that are due, for one sender until `until`: who dies with one leaves it to the others.
create function identity.claim_letters(at timestamptz, until timestamptz, most integer)
returns table (tenant_id uuid, invite_id uuid)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tenancy.bound_purpose() <> 'invite' then
    raise exception using errcode = '42501', message = 'sending letters is for the purpose invite';
  end if;
  return query
    update identity.invite_letter l set due_at = until
      from (select w.tenant_id, w.invite_id from identity.invite_letter w
             where w.due_at <= at order by w.due_at limit most for update skip locked) due
     where l.tenant_id = due.tenant_id and l.invite_id = due.invite_id
    returning l.tenant_id, l.invite_id;
end $$;

-- The invite of a code, its tenant, and what who answers for it is there now.
create function identity.find_invite(hash bytea)
returns table (tenant_id uuid, slug text, name text, tenant_state text, invite_id uuid, address_sealed bytea, role text,
               state text, newest boolean, invited_by uuid, invited_in uuid, inviter_role text, expires_at timestamptz)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tenancy.bound_purpose() <> 'invite' then
    raise exception using errcode = '42501', message = 'finding an invite is for the purpose invite';
  end if;
  return query
    select i.tenant_id, d.slug, d.name, d.state, i.invite_id, i.address_sealed, i.role, i.state, i.code_hash = hash,
           i.invited_by, i.invited_in, m.role, i.expires_at
      from identity.invite_code c
      join identity.invite i on i.tenant_id = c.tenant_id and i.invite_id = c.invite_id
      join tenancy.directory(array(select o.tenant_id from identity.invite_code o where o.code_hash = hash)) d
        on d.tenant_id = i.tenant_id
      left join identity.membership m on m.tenant_id = i.tenant_id and m.person_id = i.invited_by
     where c.code_hash = hash;
end $$;

-- Makes a person a member by an invite. `inviter_was` is what who answers for it was when the caller decided that they
-- may: it must still be so. Of many at once one does. Returns: done, or why not: the state of the invite, replaced,
-- expired, inviter_changed, member.
create function identity.accept_invite(
  tenant uuid, invite uuid, hash bytea, person uuid, inviter_was text, at timestamptz)
returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  known identity.invite%rowtype;
  inviter_is text;
begin
  if tenancy.bound_purpose() <> 'invite' then
    raise exception using errcode = '42501', message = 'accepting an invite is for the purpose invite';
  end if;
  select * into known from identity.invite i where i.tenant_id = tenant and i.invite_id = invite for update;
  if not found then
    return 'unknown';
  elsif known.state <> 'open' then
    return known.state;
  elsif known.code_hash is distinct from hash then
    return 'replaced';
  elsif known.expires_at <= at then
    return 'expired';
  end if;
  -- Kept until the end: who removes the inviter at the same time comes before or after.
  select m.role into inviter_is from identity.membership m
   where m.tenant_id = tenant and m.person_id = known.invited_by for share;
  if inviter_is is distinct from inviter_was then
    return 'inviter_changed';
  end if;
  insert into identity.membership (tenant_id, person_id, role, joined_at, changed_at)
  values (tenant, person, known.role, at, at) on conflict do nothing;
  if not found then
    return 'member';
  end if;
  update identity.invite i
     set state = 'accepted', accepted_by = person, letter = 'sent', letter_due = null, version = version + 1, changed_at = at
   where i.tenant_id = tenant and i.invite_id = invite;
  return 'done';
end $$;

-- Turns an invite down. Returns: done, or why not, as above.
create function identity.decline_invite(tenant uuid, invite uuid, hash bytea, at timestamptz) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  known identity.invite%rowtype;
begin
  if tenancy.bound_purpose() <> 'invite' then
    raise exception using errcode = '42501', message = 'declining an invite is for the purpose invite';
  end if;
  select * into known from identity.invite i where i.tenant_id = tenant and i.invite_id = invite for update;
  if not found then
    return 'unknown';
  elsif known.state <> 'open' then
    return known.state;
  elsif known.code_hash is distinct from hash then
    return 'replaced';
  end if;
  update identity.invite i
     set state = 'declined', letter = 'sent', letter_due = null, version = version + 1, changed_at = at
   where i.tenant_id = tenant and i.invite_id = invite;
  return 'done';
end $$;

-- How a member is called by their identity provider, as of their last coming in. It goes with the membership.
create table identity.member_profile (
  tenant_id uuid not null,
  person_id uuid not null,
  profile_sealed bytea not null,
  noted_at timestamptz not null,
  primary key (tenant_id, person_id),
  foreign key (tenant_id, person_id) references identity.membership (tenant_id, person_id) on delete cascade
);
select tenancy.guard('identity.member_profile', 'tenant');
grant select, insert, update (profile_sealed, noted_at) on identity.member_profile to cofferdam_app;

-- Makes a person the first owner of a tenant that the same transaction creates, unless they own `most` already. Of many
-- that one person founds at once each waits for the one before.
drop function identity.found_tenant(uuid, uuid, timestamptz);
create function identity.found_tenant(tenant uuid, person uuid, most integer, at timestamptz) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tenancy.bound_purpose() <> 'sign_up' then
    raise exception using errcode = '42501', message = 'founding a tenant is for the purpose sign_up';
  end if;
  if exists (select from identity.membership m where m.tenant_id = tenant) then
    raise exception using errcode = '23505', message = 'the tenant has members';
  end if;
  perform pg_advisory_xact_lock(hashtextextended('cofferdam founder ' || person, 0));
  if (select count(*)
        from identity.workspace w
        join identity.membership m on m.tenant_id = w.tenant_id and m.person_id = person and m.role = 'owner'
       where w.person_id = person) >= most then
    return false;
  end if;
  insert into identity.membership (tenant_id, person_id, role, joined_at, changed_at)
  values (tenant, person, 'owner', at, at);
  return true;
end $$;

revoke execute on all functions in schema identity from public;
grant execute on function
  identity.claim_letters(timestamptz, timestamptz, integer),
  identity.find_invite(bytea),
  identity.accept_invite(uuid, uuid, bytea, uuid, text, timestamptz),
  identity.decline_invite(uuid, uuid, bytea, timestamptz),
  identity.found_tenant(uuid, uuid, integer, timestamptz)
to cofferdam_ops;
