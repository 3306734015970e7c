-- Rotations of rings, as they go on (docs/design/rotation.md).
revoke all on schema rotation from public;
grant usage on schema rotation to cofferdam_app;

create table rotation.run (
  run_id uuid primary key,
  purpose text not null check (purpose ~ '^[a-z][a-z-]{0,39}$'),
  -- Whose ring, where it is one tenant's alone; null for all there are.
  only_for uuid,
  -- Whether a key takes over at once that not every server and client knows of yet.
  urgent boolean not null,
  reason text not null check (length(reason) between 3 and 300),
  begun_by uuid not null,
  begun_at timestamptz not null,
  -- The last tenant that is done with. What is counted is counted of the tenants up to this one.
  done_to uuid,
  rings bigint not null default 0 check (rings >= 0),
  cells bigint not null default 0 check (cells >= 0),
  spoilt bigint not null default 0 check (spoilt >= 0),
  -- Which server works on it, and until when no other does.
  worker uuid,
  held_until timestamptz,
  -- Since when nobody has worked on it: of several it is the turn of the one that waits longest.
  waits_since timestamptz not null,
  -- How often it was taken over from a server that did not let go of it.
  resumed integer not null default 0 check (resumed >= 0),
  ended_at timestamptz,
  check ((worker is null) = (held_until is null)),
  check (ended_at is null or worker is null)
);
create unique index run_going on rotation.run (purpose) where ended_at is null;
create index on rotation.run (begun_at);
select tenancy.guard('rotation.run', 'platform', 'rotation');
grant select, insert,
      update (done_to, rings, cells, spoilt, worker, held_until, waits_since, resumed, ended_at)
  on rotation.run to cofferdam_app;

-- INVARIANT: what has ended stays as it is, whoever writes.
create function rotation.stays_ended() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if old.ended_at is not null then
    raise exception using errcode = '23514', message = 'a rotation that has ended stays as it is';
  end if;
  return new;
end $$;
revoke execute on function rotation.stays_ended() from public;
create trigger stays_ended before update on rotation.run
  for each row execute function rotation.stays_ended();
