-- Run by a superuser, before there is a database: the three roles, what they may be, and what bounds them.
-- Running it again sets everything back to what stands here. Passwords are set apart (Installation).

do $$
declare
  wanted text;
begin
  foreach wanted in array array['cofferdam_owner', 'cofferdam_app', 'cofferdam_ops'] loop
    if not exists (select from pg_catalog.pg_roles where rolname = wanted) then
      execute pg_catalog.format('create role %I', wanted);
    end if;
  end loop;
end $$;

-- Owns the database and every object in it; migrates, provisions and rotates the binding key; serves no request.
alter role cofferdam_owner with login nosuperuser nocreatedb nocreaterole noinherit noreplication nobypassrls
  connection limit 24;
-- Serves requests. Owns nothing, may create nothing, sees only what its scope shows.
alter role cofferdam_app with login nosuperuser nocreatedb nocreaterole noinherit noreplication nobypassrls
  connection limit 400;
-- Work across tenants: executes a handful of named functions, and has no right on any table.
alter role cofferdam_ops with login nosuperuser nocreatedb nocreaterole noinherit noreplication nobypassrls
  connection limit 40;

-- A session may shorten these or lengthen them (PostgreSQL cannot forbid it); one that did is not pooled again.
alter role cofferdam_app set statement_timeout = '30s';
alter role cofferdam_app set lock_timeout = '5s';
alter role cofferdam_app set idle_in_transaction_session_timeout = '30s';
alter role cofferdam_app set transaction_timeout = '60s';
alter role cofferdam_ops set statement_timeout = '60s';
alter role cofferdam_ops set lock_timeout = '5s';
alter role cofferdam_ops set idle_in_transaction_session_timeout = '30s';
alter role cofferdam_ops set transaction_timeout = '120s';

-- No name resolves by chance: application SQL says the schema.
alter role cofferdam_app set search_path = '';
alter role cofferdam_ops set search_path = '';

-- Short statements: compiling them costs more than it saves.
alter role cofferdam_app set jit = off;
alter role cofferdam_ops set jit = off;

-- Bound values never reach the server's log, whatever postgresql.conf says.
alter role cofferdam_owner set log_parameter_max_length = 0;
alter role cofferdam_app set log_parameter_max_length = 0;
alter role cofferdam_ops set log_parameter_max_length = 0;
alter role cofferdam_owner set log_parameter_max_length_on_error = 0;
alter role cofferdam_app set log_parameter_max_length_on_error = 0;
alter role cofferdam_ops set log_parameter_max_length_on_error = 0;
