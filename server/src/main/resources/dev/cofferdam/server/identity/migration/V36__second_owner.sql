-- Of two owners or more one alone deletes no tenant: another agrees (docs/adr/0129).
alter table identity.closing
  -- Null until another owner has agreed.
  alter column due_at drop not null,
  add column agreed_by uuid,
  add column agreed_at timestamptz,
  add constraint two_owners check (agreed_by <> requested_by),
  add check ((agreed_by is null) = (agreed_at is null)),
  add check (due_at is not null or agreed_by is null and begun_at is null);
grant update (agreed_by, agreed_at, due_at) on identity.closing to cofferdam_app;

-- INVARIANT: with another owner there, nothing is due before that one has agreed.
create function identity.closing_made() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if new.due_at is not null and exists (
    select from identity.membership m
     where m.tenant_id = new.tenant_id and m.role = 'owner' and m.person_id <> new.requested_by) then
    raise exception using errcode = '23514', message = 'another owner has to agree';
  end if;
  return new;
end $$;
revoke execute on function identity.closing_made() from public;
create trigger closing_made before insert on identity.closing
  for each row execute function identity.closing_made();

-- INVARIANT: it is agreed to once, by somebody who is an owner and was one an hour before, and is not due for an hour then.
create function identity.closing_agreed() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if old.due_at is not null or new.agreed_by is null or not exists (
    select from identity.membership m
     where m.tenant_id = new.tenant_id and m.role = 'owner' and m.person_id = new.agreed_by
       and m.changed_at <= new.agreed_at - interval '1 hour')
     or new.due_at < new.agreed_at + interval '1 hour' then
    raise exception using errcode = '23514', message = 'that owner cannot agree now';
  end if;
  return new;
end $$;
revoke execute on function identity.closing_agreed() from public;
create trigger closing_agreed before update on identity.closing
  for each row when (current_user = 'cofferdam_app') execute function identity.closing_agreed();
