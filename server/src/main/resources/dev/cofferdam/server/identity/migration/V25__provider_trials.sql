-- What came of trying a tenant's own provider, what its people are called by, and letters about one that comes and goes
-- (docs/design/federation.md).
alter table identity.provider
  -- The last trial: tried_at is of the last one that somebody came through.
  add column trial_at timestamptz,
  add column trial_outcome text check (trial_outcome in (
    'passed', 'address_missing', 'address_unverified', 'address_unproven', 'declined', 'unavailable', 'refused')),
  add column trial_fault text check (trial_fault in (
    'callback_issuer', 'code', 'malformed', 'algorithm', 'type', 'critical', 'key_embedded', 'key_unnamed', 'issuer', 'audience',
    'authorized_party', 'subject', 'expired', 'not_yet_valid', 'nonce', 'access_token', 'auth_time', 'acr', 'provider_acr')),
  add check ((trial_at is null) = (trial_outcome is null)),
  add check ((trial_outcome is not distinct from 'refused') = (trial_fault is not null)),
  -- Which of its claims are a person's name and address; and whether an address in a domain that the tenant has proven counts
  -- though the provider does not say whether it verified it.
  add column name_claim text not null default 'name' check (name_claim ~ '^[A-Za-z_][A-Za-z0-9_.:/-]{0,199}$'),
  add column email_claim text not null default 'email' check (email_claim ~ '^[A-Za-z_][A-Za-z0-9_.:/-]{0,199}$'),
  add column verified_by_domain boolean not null default false,
  -- INVARIANT: email_verified speaks of the claim email and of no other.
  add check (email_claim = 'email' or verified_by_domain),
  -- When owners were last told that it fails; kept when it is deactivated, so that doing so makes no letter come sooner.
  add column told_failing_at timestamptz;
grant update (trial_at, trial_outcome, trial_fault, told_failing_at) on identity.provider to cofferdam_app;
