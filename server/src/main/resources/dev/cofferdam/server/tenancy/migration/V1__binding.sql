-- The binding: which scope the current transaction speaks for, proven by a capability (docs/design/tenancy.md).
--
-- A capability is bytes: HMAC-SHA256 (32) · epoch (4) · expiry, microseconds since 2000 (8) · scope (the rest), numbers in
-- network order, as PostgreSQL's own binary forms have them. The MAC covers all that follows it. A scope is `t_` or `p_`
-- and a UUID in 32 hex digits, or `x_` and a purpose.

revoke all on schema tenancy from public;
grant usage on schema tenancy to cofferdam_app, cofferdam_ops;

-- HMAC keys by epoch, already xored with the inner and outer pad (RFC 2104), so that SQL need not do it.
create table tenancy.binding_key (
  epoch integer primary key check (epoch > 0),
  -- The epoch as a capability has it, so that it need not be converted there.
  key_id bytea not null generated always as (int4send(epoch)) stored,
  inner_pad bytea not null check (octet_length(inner_pad) = 64),
  outer_pad bytea not null check (octet_length(outer_pad) = 64),
  installed_at timestamptz not null
);

-- Raised, not returned: an unbound statement must fail, not see an empty table. SQLSTATE 42501 is one that Spring maps.
create function tenancy.unbound(kind text) returns text
language plpgsql stable parallel safe set search_path = pg_catalog, pg_temp as $$
begin
  raise exception using errcode = '42501', message = 'no ' || kind || ' is bound to this statement';
end $$;

-- Verifies a capability and keeps its scope until the transaction ends. The only door to the carrying setting. Gives null
-- and keeps nothing where the capability is not valid: then every policy raises. Each function called here costs about a
-- microsecond of every bound statement, which is why the capability is laid out as it is.
create function tenancy.bind(capability bytea) returns text
language sql volatile security definer
begin atomic
  select set_config('backtrace_functions', convert_from(substring(capability, 45), 'UTF8'), true)
    from tenancy.binding_key k
   where k.key_id = substring(capability, 33, 4)
     -- Hashes are compared, so that the time of the comparison says nothing about the MAC.
     and sha256(substring(capability, 1, 32))
         = sha256(sha256(k.outer_pad || sha256(k.inner_pad || substring(capability, 33))))
     and substring(capability, 37, 8) > timestamptz_send(statement_timestamp());
end;

-- What policies compare with. Stable, inlined by the planner, evaluated once a statement as an InitPlan.
create function tenancy.bound_tenant() returns uuid
language sql stable parallel safe
return case when left(current_setting('backtrace_functions'), 2) = 't_'
            then substr(current_setting('backtrace_functions'), 3)
            else tenancy.unbound('tenant') end::uuid;

create function tenancy.bound_person() returns uuid
language sql stable parallel safe
return case when left(current_setting('backtrace_functions'), 2) = 'p_'
            then substr(current_setting('backtrace_functions'), 3)
            else tenancy.unbound('person') end::uuid;

create function tenancy.bound_purpose() returns text
language sql stable parallel safe
return case when left(current_setting('backtrace_functions'), 2) = 'x_'
            then substr(current_setting('backtrace_functions'), 3)
            else tenancy.unbound('platform purpose') end;

-- Which epochs have a key: what a server needs in order to follow a rotation. Never the keys.
create function tenancy.binding_epochs() returns table (epoch integer, installed_at timestamptz)
language sql stable security definer
begin atomic
  select k.epoch, k.installed_at from tenancy.binding_key k;
end;

-- Puts the two policies of its kind on a table, for migrations:
--   select tenancy.guard('notes.note', 'tenant');  column tenant_id
--   select tenancy.guard('…', 'person');           column person_id
--   select tenancy.guard('…', 'platform', 'sign_up', 'rotate');  the purposes that may see it
-- The application compares with its scope. The owner, whose rights definer functions have, must be bound to a purpose.
-- The start checks know these very expressions and accept no other.
create function tenancy.guard(relation regclass, kind text, variadic purposes text[] default '{}') returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  condition text := case kind
    when 'tenant' then 'tenant_id = (select tenancy.bound_tenant())'
    when 'person' then 'person_id = (select tenancy.bound_person())'
    when 'platform' then format('(select tenancy.bound_purpose()) = any (%L::text[])', purposes)
  end;
begin
  if condition is null or (kind = 'platform') <> (cardinality(purposes) > 0) then
    raise exception 'a guarded table is of kind tenant, person, or platform with its purposes, not `%`', kind;
  end if;
  execute format('alter table %s enable row level security, force row level security', relation);
  execute format('create policy scope on %s to cofferdam_app using (%s) with check (%2$s)', relation, condition);
  execute format('create policy purpose on %s to cofferdam_owner
                    using ((select tenancy.bound_purpose()) is not null)
                    with check ((select tenancy.bound_purpose()) is not null)', relation);
end $$;

revoke execute on all functions in schema tenancy from public;
grant execute on function
  tenancy.bind(bytea), tenancy.unbound(text), tenancy.bound_tenant(), tenancy.bound_person(), tenancy.bound_purpose(),
  tenancy.binding_epochs()
to cofferdam_app, cofferdam_ops;
