-- The Merkle logs of the tenants and of the platform (docs/design/audit.md). The platform's tables are those of a tenant
-- without the tenant. In functions and in the outbox the platform's log is the nil UUID.

revoke all on schema audit from public;
grant usage on schema audit to cofferdam_app, cofferdam_ops;

-- What a log has come to: one row that is the lock of its log. Signed in the transaction that writes it.
create table audit.head (
  tenant_id uuid primary key,
  -- The name of the log in its checkpoints, for good.
  origin text not null,
  size bigint not null check (size >= 0),
  -- The hashes of the largest complete subtrees, the largest first: one for each bit of the size. The root follows.
  frontier bytea not null check (octet_length(frontier) = 32 * bit_count(size::bit(64))),
  -- The key's id in four bytes, and the Ed25519 signature of the checkpoint: what a note's signature line holds.
  signature bytea not null
) with (fillfactor = 50);

create table audit.leaf (
  tenant_id uuid not null,
  leaf_index bigint not null,
  record_id uuid not null,
  -- RFC 9162: SHA-256 of a zero byte and the record.
  leaf_hash bytea not null,
  -- Canonical JSON: what the log commits to, byte for byte.
  record bytea not null,
  primary key (tenant_id, leaf_index),
  unique (tenant_id, record_id)
);

-- The hashes of complete subtrees on every eighth level above the leaves: what the tiles of hashes above level 0 hold.
create table audit.node (
  tenant_id uuid not null,
  -- Of the tile: hashes of tree level 8 × this.
  tile_level integer not null,
  node_index bigint not null,
  node_hash bytea not null,
  primary key (tenant_id, tile_level, node_index)
);

create table audit.platform_head (
  only_one boolean primary key default true check (only_one),
  origin text not null,
  size bigint not null check (size >= 0),
  frontier bytea not null check (octet_length(frontier) = 32 * bit_count(size::bit(64))),
  signature bytea not null
) with (fillfactor = 50);

create table audit.platform_leaf (
  leaf_index bigint primary key,
  record_id uuid not null unique,
  leaf_hash bytea not null,
  record bytea not null
);

create table audit.platform_node (
  tile_level integer not null,
  node_index bigint not null,
  node_hash bytea not null,
  primary key (tile_level, node_index)
);

-- What records say of a person beyond ids, sealed under that person's key. Destroying the key erases it.
create table audit.personal (
  tenant_id uuid not null,
  record_id uuid not null,
  subject_id uuid not null,
  key_id uuid not null,
  data_sealed bytea not null,
  primary key (tenant_id, record_id)
);

-- Records of what was done, written by the transaction that did it: durable, and on their way into their log.
create table audit.outbox (
  log_id uuid not null,
  record_id uuid not null,
  -- Of two transactions of which one saw the other's end, this is the higher: the order of the log.
  written_in xid8 not null,
  record bytea not null,
  primary key (log_id, record_id)
);
create unique index outbox_order on audit.outbox (log_id, written_in, record_id);

select tenancy.guard('audit.head', 'tenant');
select tenancy.guard('audit.leaf', 'tenant');
select tenancy.guard('audit.node', 'tenant');
select tenancy.guard('audit.personal', 'tenant');
select tenancy.guard('audit.platform_head', 'platform', 'audit');
select tenancy.guard('audit.platform_leaf', 'platform', 'audit');
select tenancy.guard('audit.platform_node', 'platform', 'audit');

grant select on audit.head, audit.leaf, audit.node, audit.platform_head, audit.platform_leaf, audit.platform_node
  to cofferdam_app;
grant select, insert on audit.personal to cofferdam_app;

do $$
declare
  name text;
begin
  foreach name in array array['leaf', 'node', 'personal', 'platform_leaf', 'platform_node'] loop
    execute format('create trigger append_only before update or delete or truncate on audit.%I
                      for each statement execute function public.append_only()', name);
    execute format('alter table audit.%I enable always trigger append_only', name);
  end loop;
  -- Of a head only the contents change, of the outbox only that a row leaves it.
  foreach name in array array['head', 'platform_head'] loop
    execute format('create trigger append_only before delete or truncate on audit.%I
                      for each statement execute function public.append_only()', name);
    execute format('alter table audit.%I enable always trigger append_only', name);
  end loop;
  create trigger append_only before update or truncate on audit.outbox
    for each statement execute function public.append_only();
  alter table audit.outbox enable always trigger append_only;
end $$;

-- A log only grows.
create function audit.only_grows() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if new.size <= old.size or new.origin <> old.origin then
    raise exception using errcode = '0A000', message = 'a log only grows';
  end if;
  return new;
end $$;
create trigger only_grows before update on audit.head for each row execute function audit.only_grows();
create trigger only_grows before update on audit.platform_head for each row execute function audit.only_grows();

-- A record leaves the outbox for its leaf, and for nothing else.
create function audit.kept() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  lost boolean;
begin
  begin
    lost := exists (
      select from gone g
       where not exists (select from audit.leaf l
                          where l.tenant_id = g.log_id and l.record_id = g.record_id and l.record = g.record)
         and not exists (select from audit.platform_leaf l
                          where g.log_id = '00000000-0000-0000-0000-000000000000'
                            and l.record_id = g.record_id and l.record = g.record));
  exception when insufficient_privilege then
    lost := true;
  end;
  if lost then
    raise exception using errcode = '0A000', message = 'a record leaves the outbox when its leaf stands';
  end if;
  return null;
end $$;
create trigger kept after delete on audit.outbox referencing old table as gone
  for each statement execute function audit.kept();

-- Writes a record into the outbox, in the caller's transaction. A tenant writes into its own log, a person into the
-- platform's, a purpose of the platform into any.
create function audit.record(log uuid, id uuid, content bytea) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  scope constant text := current_setting('backtrace_functions');
  platform constant uuid := '00000000-0000-0000-0000-000000000000';
begin
  if not (scope like 'x\_%'
          or scope like 'p\_%' and log = platform
          or scope like 't\_%' and log <> platform and log = tenancy.bound_tenant()) then
    raise exception using errcode = '42501', message = 'the bound scope does not write into this log';
  end if;
  insert into audit.outbox (log_id, record_id, written_in, record) values (log, id, pg_current_xact_id(), content);
end $$;

-- Whether a record waits in the outbox, for those who may write it.
create function audit.is_waiting(log uuid, id uuid) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  scope constant text := current_setting('backtrace_functions');
  platform constant uuid := '00000000-0000-0000-0000-000000000000';
begin
  if not (scope like 'x\_%'
          or scope like 'p\_%' and log = platform
          or scope like 't\_%' and log <> platform and log = tenancy.bound_tenant()) then
    raise exception using errcode = '42501', message = 'the bound scope does not ask about this log';
  end if;
  return exists (select from audit.outbox o where o.log_id = log and o.record_id = id);
end $$;

-- What waits in the outbox, from the log after `behind` on and around: at most `each` of a log, in the order of its
-- transactions, and `most` in all.
create function audit.waiting(behind uuid, each integer, most integer)
returns table (log uuid, id uuid, content bytea)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tenancy.bound_purpose() <> 'audit' then
    raise exception using errcode = '42501', message = 'the outbox is for the purpose audit';
  end if;
  -- From one log to the next by the index: what waits of one log is not read to find the others.
  return query
    with recursive later (log_id) as (
      (select o.log_id from audit.outbox o where o.log_id > behind order by o.log_id limit 1)
      union all
      select (select o.log_id from audit.outbox o where o.log_id > l.log_id order by o.log_id limit 1)
        from later l where l.log_id is not null
    ), around (log_id) as (
      (select o.log_id from audit.outbox o order by o.log_id limit 1)
      union all
      select (select o.log_id from audit.outbox o where o.log_id > l.log_id and o.log_id <= behind order by o.log_id limit 1)
        from around l where l.log_id is not null
    ), logs (log_id) as (
      (select l.log_id from later l where l.log_id is not null)
      union all
      (select l.log_id from around l where l.log_id <= behind)
    )
    select w.log_id, w.record_id, w.record
      from logs l,
           lateral (select o.log_id, o.record_id, o.record from audit.outbox o
                     where o.log_id = l.log_id order by o.written_in, o.record_id limit each) w
     limit most;
end $$;

-- The heads of those of these logs that have begun, on request kept from others until the transaction ends.
create function audit.heads(logs uuid[], locked boolean)
returns table (log uuid, origin text, size bigint, frontier bytea, signature bytea)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tenancy.bound_purpose() <> 'audit' then
    raise exception using errcode = '42501', message = 'heads are for the purpose audit';
  end if;
  if locked then
    perform from audit.platform_head h where '00000000-0000-0000-0000-000000000000' = any (logs) for no key update;
    perform from audit.head h where h.tenant_id = any (logs) order by h.tenant_id for no key update;
  end if;
  return query
    select '00000000-0000-0000-0000-000000000000'::uuid, h.origin, h.size, h.frontier, h.signature from audit.platform_head h
     where '00000000-0000-0000-0000-000000000000' = any (logs)
    union all
    select h.tenant_id, h.origin, h.size, h.frontier, h.signature from audit.head h where h.tenant_id = any (logs);
end $$;

-- Which of these records stand in their logs.
create function audit.standing(logs uuid[], ids uuid[]) returns table (id uuid)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tenancy.bound_purpose() <> 'audit' then
    raise exception using errcode = '42501', message = 'records of all logs are for the purpose audit';
  end if;
  return query
    select l.record_id from unnest(logs, ids) r (log, id) join audit.leaf l on l.tenant_id = r.log and l.record_id = r.id
    union all
    select l.record_id from unnest(logs, ids) r (log, id) join audit.platform_leaf l on l.record_id = r.id
     where r.log = '00000000-0000-0000-0000-000000000000';
end $$;

-- Appends to all of these logs, or to none. The logs are in ascending order; leaves and nodes name theirs by its place
-- among them, from 1, and records that come out of the outbox are named by their places among the leaves. Returns nothing when it was done, and else those logs that have another size than the caller
-- believed.
create function audit.append(
  logs uuid[], origins text[], befores bigint[], afters bigint[], frontiers bytea[], signatures bytea[],
  leaf_logs integer[], leaf_indexes bigint[], leaf_ids uuid[], leaf_hashes bytea[], leaf_records bytea[],
  node_logs integer[], node_levels integer[], node_indexes bigint[], node_hashes bytea[],
  outbox_leaves integer[])
returns table (log uuid, size bigint)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  nil constant uuid := '00000000-0000-0000-0000-000000000000';
  -- The nil UUID is the first in order.
  platform constant integer := case when logs[1] = nil then 1 else 0 end;
  agreed integer := 0;
  agreed_tenants integer;
begin
  if tenancy.bound_purpose() <> 'audit' then
    raise exception using errcode = '42501', message = 'appending is for the purpose audit';
  end if;
  if 0 = any (befores) then
    if platform = 1 and befores[1] = 0 then
      insert into audit.platform_head (origin, size, frontier, signature) values (origins[1], 0, '', '') on conflict do nothing;
    end if;
    insert into audit.head (tenant_id, origin, size, frontier, signature)
    select t.log, t.origin, 0, '', '' from unnest(logs, origins, befores) t (log, origin, before)
     where t.before = 0 and t.log <> nil order by t.log
    on conflict do nothing;
  end if;
  if platform = 1 then
    perform from audit.platform_head h where h.size = befores[1] for no key update;
    get diagnostics agreed = row_count;
  end if;
  -- In the order of ids, so that of two servers one waits for the other and never both.
  perform from unnest(logs, befores) t (log, before) join audit.head h on h.tenant_id = t.log and h.size = t.before
    order by h.tenant_id for no key update of h;
  get diagnostics agreed_tenants = row_count;
  if agreed + agreed_tenants < cardinality(logs) then
    return query
      select t.log, coalesce(h.size, p.size, 0) from unnest(logs, befores) t (log, before)
        left join audit.head h on h.tenant_id = t.log
        left join audit.platform_head p on t.log = nil
       where coalesce(h.size, p.size, 0) <> t.before;
    if found then
      return;
    end if;
    raise exception using errcode = '40001', message = 'a log grew while it was looked at';
  end if;

  insert into audit.leaf (tenant_id, leaf_index, record_id, leaf_hash, record)
  select logs[l.log], l.index, l.id, l.hash, l.record
    from unnest(leaf_logs, leaf_indexes, leaf_ids, leaf_hashes, leaf_records) l (log, index, id, hash, record)
   where l.log > platform;
  update audit.head h set size = t.after, frontier = t.frontier, signature = t.signature
    from unnest(logs, afters, frontiers, signatures) t (log, after, frontier, signature)
   where h.tenant_id = t.log;
  if cardinality(node_logs) > 0 then
    insert into audit.node (tenant_id, tile_level, node_index, node_hash)
    select logs[n.log], n.level, n.index, n.hash
      from unnest(node_logs, node_levels, node_indexes, node_hashes) n (log, level, index, hash)
     where n.log > platform;
  end if;
  if platform = 1 then
    insert into audit.platform_leaf (leaf_index, record_id, leaf_hash, record)
    select l.index, l.id, l.hash, l.record
      from unnest(leaf_logs, leaf_indexes, leaf_ids, leaf_hashes, leaf_records) l (log, index, id, hash, record)
     where l.log = 1;
    insert into audit.platform_node (tile_level, node_index, node_hash)
    select n.level, n.index, n.hash
      from unnest(node_logs, node_levels, node_indexes, node_hashes) n (log, level, index, hash)
     where n.log = 1;
    update audit.platform_head h set size = afters[1], frontier = frontiers[1], signature = signatures[1];
  end if;
  if cardinality(outbox_leaves) > 0 then
    delete from audit.outbox o using unnest(outbox_leaves) l (at)
     where o.log_id = logs[leaf_logs[l.at]] and o.record_id = leaf_ids[l.at];
    get diagnostics agreed = row_count;
    if agreed <> cardinality(outbox_leaves) then
      raise exception using errcode = '40001', message = 'a record had left the outbox before its leaf was appended';
    end if;
  end if;
end $$;

revoke execute on all functions in schema audit from public;
grant execute on function audit.record(uuid, uuid, bytea), audit.is_waiting(uuid, uuid) to cofferdam_app, cofferdam_ops;
grant execute on function
  audit.waiting(uuid, integer, integer),
  audit.heads(uuid[], boolean),
  audit.standing(uuid[], uuid[]),
  audit.append(uuid[], text[], bigint[], bigint[], bytea[], bytea[], integer[], bigint[], uuid[], bytea[], bytea[],
               integer[], integer[], bigint[], bytea[], integer[])
to cofferdam_ops;
