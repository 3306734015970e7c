-- Groups, projects and grants are all in tenant/: placed with their tenant (docs/design/authz.md).

revoke all on schema authz from public;
grant usage on schema authz to cofferdam_app;
