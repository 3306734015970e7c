-- An older database in the place of the one before counts on from an older number. Where it has come to the number that a server
-- has seen before that server looks again, the number alone says that nothing happened: so the sequence tells when each was made.
alter table identity.revocation_head add column changed_at timestamptz not null default 'epoch';

create or replace function identity.revoke(who uuid) returns void
language sql volatile
begin atomic
  with head as (
    update identity.revocation_head set number = number + 1, changed_at = statement_timestamp()
    returning number, changed_at)
  insert into identity.revocation (number, subject, revoked_at) select number, who, changed_at from head;
end;

-- The newest number and when it was made, and behind it what was revoked from `since` on, `since` included.
drop function identity.revocations(bigint);
create function identity.revocations(since bigint) returns table (number bigint, subject uuid, revoked_at timestamptz)
language sql stable security definer
begin atomic
  select h.number, null::uuid, h.changed_at from identity.revocation_head h
  union all
  (select r.number, r.subject, r.revoked_at from identity.revocation r where r.number >= since order by r.number);
end;
revoke execute on function identity.revocations(bigint) from public;
grant execute on function identity.revocations(bigint) to cofferdam_ops;
