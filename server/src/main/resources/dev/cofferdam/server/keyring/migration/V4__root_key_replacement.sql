-- Replacing the root key (docs/adr/0107). One that was begun and has not ended stops every start.
create table keyring.root_key_replacement (
  -- A root key comes once: none comes back that was replaced.
  new_root_key_id text primary key check (new_root_key_id ~ '^[0-9a-f]{16}$'),
  old_root_key_id text not null check (old_root_key_id ~ '^[0-9a-f]{16}$'),
  begun_at timestamptz not null,
  ended_at timestamptz,
  rewrapped bigint check (rewrapped >= 0),
  unopenable bigint check (unopenable >= 0),
  -- When the platform's log was told, by the first server that started after it.
  recorded_at timestamptz,
  check (old_root_key_id <> new_root_key_id),
  check ((ended_at is null) = (rewrapped is null) and (ended_at is null) = (unopenable is null)),
  check (recorded_at is null or ended_at is not null)
);
create unique index root_key_replacement_going on keyring.root_key_replacement ((ended_at is null)) where ended_at is null;
select tenancy.guard('keyring.root_key_replacement', 'platform', 'keyring');
grant select, update (recorded_at) on keyring.root_key_replacement to cofferdam_app;
