-- Secrets whose value lies in the second store, below what is its tenant's there. Said when one is made, and never changed.

alter table {schema}.secret
  add column reference_path text
    check (reference_path ~ '^[A-Za-z0-9][A-Za-z0-9_.-]{0,62}(/[A-Za-z0-9][A-Za-z0-9_.-]{0,62}){0,7}$'),
  add column reference_field text check (reference_field ~ '^[A-Za-z0-9_.-]{1,63}$'),
  add constraint secret_reference_whole check ((reference_path is null) = (reference_field is null)),
  -- What lies elsewhere has its versions there.
  add constraint secret_reference_alone check (reference_path is null or current_version = 0);
