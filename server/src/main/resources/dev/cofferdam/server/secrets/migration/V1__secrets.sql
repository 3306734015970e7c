-- Secrets are all in tenant/: placed with their tenant (docs/design/secrets.md).

revoke all on schema secrets from public;
grant usage on schema secrets to cofferdam_app;
