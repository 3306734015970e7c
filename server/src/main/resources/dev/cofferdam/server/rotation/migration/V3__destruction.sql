-- What holds a rotation up, where something does: a tenant's ring that cannot be turned, or the platform's.
alter table rotation.run
  add column held_up_since timestamptz,
  add column held_up_by uuid,
  add column held_up_code text check (held_up_code in ('unreadable_key', 'failed')),
  add check ((held_up_since is null) = (held_up_code is null) and (held_up_by is null or held_up_since is not null));
grant update (held_up_since, held_up_by, held_up_code) on rotation.run to cofferdam_app;

-- Older keys of one purpose that are to be destroyed for all tenants: wished by one operator, approved by another, and done a
-- while later, until when anybody calls it back (docs/adr/0108).
create table rotation.destruction (
  destruction_id uuid primary key,
  purpose text not null check (purpose ~ '^[a-z][a-z-]{0,39}$'),
  version integer not null check (version > 0),
  reason text not null check (length(reason) between 3 and 300),
  wished_by uuid not null,
  wished_at timestamptz not null,
  approved_by uuid,
  approved_at timestamptz,
  due_at timestamptz,
  withdrawn_by uuid,
  withdrawn_at timestamptz,
  -- The last tenant that is done with. What is counted is counted of the tenants up to this one.
  done_to uuid,
  destroyed bigint not null default 0 check (destroyed >= 0),
  -- How many had such a key and keep it, since it is active or something needs it.
  kept bigint not null default 0 check (kept >= 0),
  ended_at timestamptz,
  constraint two_operators check (approved_by <> wished_by),
  check ((approved_by is null) = (approved_at is null) and (approved_by is null) = (due_at is null)),
  check (due_at > approved_at),
  check ((withdrawn_by is null) = (withdrawn_at is null)),
  check (approved_by is not null and withdrawn_by is null or done_to is null and ended_at is null)
);
create unique index destruction_going on rotation.destruction (purpose, version)
  where ended_at is null and withdrawn_at is null;
create index on rotation.destruction (wished_at);
select tenancy.guard('rotation.destruction', 'platform', 'rotation');
grant select, insert,
      update (approved_by, approved_at, due_at, withdrawn_by, withdrawn_at, done_to, destroyed, kept, ended_at)
  on rotation.destruction to cofferdam_app;

-- INVARIANT: nothing is done before its time, what was approved stays approved as it was, and what has ended stays as it is,
-- whoever writes.
create function rotation.in_its_time() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if old.ended_at is not null or old.withdrawn_at is not null then
    raise exception using errcode = '23514', message = 'a destruction that has ended stays as it is';
  end if;
  if (new.done_to is distinct from old.done_to or new.ended_at is distinct from old.ended_at)
     and (old.due_at is null or old.due_at > clock_timestamp()) then
    raise exception using errcode = '23514', message = 'a destruction is not done before its time';
  end if;
  if old.approved_by is not null and
     (new.approved_by, new.approved_at, new.due_at) is distinct from (old.approved_by, old.approved_at, old.due_at) then
    raise exception using errcode = '23514', message = 'a destruction that was approved stays so';
  end if;
  return new;
end $$;
revoke execute on function rotation.in_its_time() from public;
create trigger in_its_time before update on rotation.destruction
  for each row execute function rotation.in_its_time();
