-- Tokens of others for tokens of ours: whom a tenant believes, and what (docs/design/exchange.md).

-- An issuer whose tokens a tenant lets programs exchange. It never changes, and gives nothing before it has a rule.
create table oauth.trusted_issuer (
  tenant_id uuid not null,
  issuer_id uuid not null,
  label text not null check (length(label) between 1 and 80),
  issuer text not null check (length(issuer) between 1 and 500),
  -- Where its keys are; null when its discovery document says that.
  jwks_url text check (length(jwks_url) between 1 and 500),
  audience text not null check (length(audience) between 1 and 255),
  -- Whether one token may be exchanged more than once.
  reusable boolean not null,
  made_by uuid not null,
  created_at timestamptz not null,
  primary key (tenant_id, issuer_id)
);
select tenancy.guard('oauth.trusted_issuer', 'tenant');
grant select, insert, delete on oauth.trusted_issuer to cofferdam_app;

-- Which tokens of an issuer make which service: somebody of the tenant behind whom there is no person, with a role below owner.
create table oauth.exchange_rule (
  tenant_id uuid not null,
  rule_id uuid not null,
  issuer_id uuid not null,
  label text not null check (length(label) between 1 and 80),
  -- [{"claim": "…", "values": ["…"]}]: each claim is one of the values.
  conditions jsonb not null check (jsonb_typeof(conditions) = 'array' and jsonb_array_length(conditions) between 1 and 10),
  service_id uuid not null,
  role text not null check (role in ('admin', 'member', 'auditor')),
  scopes text[] not null check (cardinality(scopes) between 1 and 20),
  made_by uuid not null,
  created_at timestamptz not null,
  -- To half a minute, both: when a token was last exchanged by it, and when and why one was last not.
  used_at timestamptz,
  refused_at timestamptz,
  refused_because text check (refused_because ~ '^[a-z][a-z_]{0,39}$'),
  primary key (tenant_id, rule_id),
  foreign key (tenant_id, issuer_id) references oauth.trusted_issuer (tenant_id, issuer_id) on delete cascade,
  check ((refused_at is null) = (refused_because is null))
);
create index on oauth.exchange_rule (tenant_id, issuer_id);
create index on oauth.exchange_rule (tenant_id, service_id);
select tenancy.guard('oauth.exchange_rule', 'tenant');
-- Nobody makes a service, or gives one another role, scope or condition, by what is written in a tenant's scope: see
-- make_exchange_rule.
grant select, delete on oauth.exchange_rule to cofferdam_app;

-- Rules by their id, before it is known whose they are.
create table oauth.exchange_rule_place (
  rule_id uuid primary key,
  tenant_id uuid not null
);

-- What was exchanged and may not be again, by hash, until it has expired.
create table oauth.exchanged_token (
  tenant_id uuid not null,
  issuer_id uuid not null,
  use_hash bytea not null check (octet_length(use_hash) = 32),
  expires_at timestamptz not null,
  primary key (tenant_id, issuer_id, use_hash),
  foreign key (tenant_id, issuer_id) references oauth.trusted_issuer (tenant_id, issuer_id) on delete cascade
);
create index on oauth.exchanged_token (tenant_id, issuer_id, expires_at);

create function oauth.exchange_rule_changed() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    insert into oauth.exchange_rule_place (rule_id, tenant_id) values (new.rule_id, new.tenant_id);
    return null;
  end if;
  delete from oauth.exchange_rule_place where rule_id = old.rule_id;
  perform identity.revoke(old.rule_id);
  return null;
end $$;
create trigger exchange_rule_changed after insert or delete on oauth.exchange_rule
  for each row execute function oauth.exchange_rule_changed();

-- Makes a rule of `of_issuer`. Whoever makes it must be there now what they were when it was decided that they may, and have proven
-- lately who they are. With `joins` it makes a service that another rule makes already, in the same role. Of many at once each
-- waits for the one before. Returns: made, or why not: what maker_standing says, unknown (no such issuer), unknown_service (no
-- rule makes it), other_role (it has another one), too_many.
create function oauth.make_exchange_rule(
  tenant uuid, rule uuid, of_issuer uuid, named text, if_claims jsonb, service uuid, joins boolean, service_role text,
  for_scopes text[], maker uuid, maker_was text, session uuid, proven_since timestamptz, at timestamptz, most integer)
returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  standing text;
  joined_role text;
begin
  if tenancy.bound_purpose() <> 'exchange_rule' then
    raise exception using errcode = '42501', message = 'making a rule is for the purpose exchange_rule';
  end if;
  standing := identity.maker_standing(tenant, maker, maker_was, session, proven_since, at);
  if standing <> 'good' then
    return standing;
  end if;
  perform pg_advisory_xact_lock(hashtextextended('cofferdam exchange rules ' || tenant, 0));
  perform from oauth.trusted_issuer i where i.tenant_id = tenant and i.issuer_id = of_issuer for key share;
  if not found then
    return 'unknown';
  end if;
  if joins then
    select r.role into joined_role from oauth.exchange_rule r where r.tenant_id = tenant and r.service_id = service limit 1;
    if not found then
      return 'unknown_service';
    elsif joined_role <> service_role then
      return 'other_role';
    end if;
  end if;
  if (select count(*) from oauth.exchange_rule r where r.tenant_id = tenant and r.issuer_id = of_issuer) >= most then
    return 'too_many';
  end if;
  insert into oauth.exchange_rule (tenant_id, rule_id, issuer_id, label, conditions, service_id, role, scopes, made_by, created_at)
  values (tenant, rule, of_issuer, named, if_claims, service, service_role, for_scopes, maker, at);
  return 'made';
end $$;

-- The rule of an id, with its issuer.
create function oauth.find_exchange_rule(rule uuid)
returns table (tenant_id uuid, rule_id uuid, issuer_id uuid, issuer text, jwks_url text, audience text, reusable boolean,
               conditions text, service_id uuid, role text, scopes text[])
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tenancy.bound_purpose() <> 'authenticate' then
    raise exception using errcode = '42501', message = 'finding a rule is for the purpose authenticate';
  end if;
  return query
    select r.tenant_id, r.rule_id, r.issuer_id, i.issuer, i.jwks_url, i.audience, i.reusable, r.conditions::text,
           r.service_id, r.role, r.scopes
      from oauth.exchange_rule_place p
      join oauth.exchange_rule r on r.tenant_id = p.tenant_id and r.rule_id = p.rule_id
      join oauth.trusted_issuer i on i.tenant_id = r.tenant_id and i.issuer_id = r.issuer_id
     where p.rule_id = rule;
end $$;

-- Uses up what is exchanged by a rule: `hash` is good once for its issuer, and null where a token may be exchanged again. Some of
-- what nobody can show any more goes on the way. Returns: exchanged, replayed, or gone when there is no such rule any more.
create function oauth.exchange(tenant uuid, rule uuid, hash bytea, until timestamptz, at timestamptz)
returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  by_issuer uuid;
begin
  if tenancy.bound_purpose() <> 'exchange' then
    raise exception using errcode = '42501', message = 'exchanging a token is for the purpose exchange';
  end if;
  select r.issuer_id into by_issuer from oauth.exchange_rule r where r.tenant_id = tenant and r.rule_id = rule;
  if not found then
    return 'gone';
  end if;
  if hash is not null then
    -- By how much servers' clocks may differ, longer: what one has swept no other takes for good.
    delete from oauth.exchanged_token e
     using (select x.use_hash from oauth.exchanged_token x
             where x.tenant_id = tenant and x.issuer_id = by_issuer and x.expires_at < at - interval '1 minute'
             limit 100 for update skip locked) old
     where e.tenant_id = tenant and e.issuer_id = by_issuer and e.use_hash = old.use_hash;
    insert into oauth.exchanged_token (tenant_id, issuer_id, use_hash, expires_at) values (tenant, by_issuer, hash, until)
    on conflict do nothing;
    if not found then
      return 'replayed';
    end if;
  end if;
  update oauth.exchange_rule r set used_at = at
   where r.tenant_id = tenant and r.rule_id = rule and (r.used_at is null or r.used_at < at - interval '30 seconds');
  return 'exchanged';
end $$;

-- Remembers why a token was last not exchanged by a rule.
create function oauth.note_exchange_refused(tenant uuid, rule uuid, because text, at timestamptz) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tenancy.bound_purpose() <> 'exchange' then
    raise exception using errcode = '42501', message = 'noting a refusal is for the purpose exchange';
  end if;
  update oauth.exchange_rule r set refused_at = at, refused_because = because
   where r.tenant_id = tenant and r.rule_id = rule and (r.refused_at is null or r.refused_at < at - interval '30 seconds');
end $$;

revoke execute on function oauth.exchange_rule_changed(),
  oauth.make_exchange_rule(uuid, uuid, uuid, text, jsonb, uuid, boolean, text, text[], uuid, text, uuid, timestamptz,
                           timestamptz, integer),
  oauth.find_exchange_rule(uuid), oauth.exchange(uuid, uuid, bytea, timestamptz, timestamptz),
  oauth.note_exchange_refused(uuid, uuid, text, timestamptz) from public;
grant execute on function
  oauth.make_exchange_rule(uuid, uuid, uuid, text, jsonb, uuid, boolean, text, text[], uuid, text, uuid, timestamptz,
                           timestamptz, integer),
  oauth.find_exchange_rule(uuid), oauth.exchange(uuid, uuid, bytea, timestamptz, timestamptz),
  oauth.note_exchange_refused(uuid, uuid, text, timestamptz) to cofferdam_ops;
