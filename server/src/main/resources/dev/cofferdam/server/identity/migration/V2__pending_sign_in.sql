-- Sign-ins that have begun and not ended (docs/design/identity.md). Found by two hashes, sealed, and deleted when used.
create table identity.pending_sign_in (
  state_hash bytea primary key check (octet_length(state_hash) = 32),
  browser_hash bytea not null check (octet_length(browser_hash) = 32),
  pending_sealed bytea not null,
  expires_at timestamptz not null
);
create index on identity.pending_sign_in (expires_at);
select tenancy.guard('identity.pending_sign_in', 'platform', 'pending_sign_in');
grant select, insert, delete on identity.pending_sign_in to cofferdam_app;
