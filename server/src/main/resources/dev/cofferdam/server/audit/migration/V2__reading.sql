-- What reading needs beside the logs: all heads in turn, how far each log was mirrored, and what records are found by.
-- None of it is believed: it follows from the logs, and says only where to look.

-- How far each log has come in the mirror, so that a mirror that was removed or cut is missed.
create table audit.mirrored (
  log_id uuid primary key,
  size bigint not null check (size > 0)
);

-- What a tenant's records are found by. Times first before places, since people ask for a time.
create table audit.search (
  tenant_id uuid not null,
  leaf_index bigint not null,
  at timestamptz not null,
  actor_kind text not null,
  actor_id text not null,
  action text not null,
  object_kind text,
  object_id text,
  outcome text not null,
  primary key (tenant_id, leaf_index)
);
create index search_time on audit.search (tenant_id, at, leaf_index);
create index search_actor on audit.search (tenant_id, actor_kind, actor_id, at, leaf_index);
create index search_action on audit.search (tenant_id, action, at, leaf_index);
create index search_object on audit.search (tenant_id, object_kind, object_id, at, leaf_index);
create index search_refused on audit.search (tenant_id, outcome, at, leaf_index) where outcome <> 'done';

-- How many of a log's records are in audit.search: the first ones.
create table audit.searchable (
  tenant_id uuid primary key,
  size bigint not null
);

select tenancy.guard('audit.search', 'tenant');
select tenancy.guard('audit.searchable', 'tenant');
grant select on audit.search, audit.searchable to cofferdam_app;

-- The logs after `behind`, in their order: what each has come to, and how far it was mirrored.
create function audit.all_heads(behind uuid, most integer)
returns table (log uuid, origin text, size bigint, frontier bytea, signature bytea, mirrored bigint)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tenancy.bound_purpose() <> 'audit' then
    raise exception using errcode = '42501', message = 'all heads are for the purpose audit';
  end if;
  return query
    select a.log, a.origin, a.size, a.frontier, a.signature, coalesce(m.size, 0)
      from ((select '00000000-0000-0000-0000-000000000000'::uuid as log, p.origin, p.size, p.frontier, p.signature
               from audit.platform_head p where behind is null and p.size > 0)
            union all
            (select h.tenant_id, h.origin, h.size, h.frontier, h.signature
               from audit.head h
              where h.size > 0 and h.tenant_id > coalesce(behind, '00000000-0000-0000-0000-000000000000')
              order by h.tenant_id limit most)) a
      left join audit.mirrored m on m.log_id = a.log
     order by a.log;
end $$;

-- Notes how far these logs were mirrored. Never takes anything back.
create function audit.note_mirrored(logs uuid[], sizes bigint[]) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tenancy.bound_purpose() <> 'audit' then
    raise exception using errcode = '42501', message = 'the mirror is for the purpose audit';
  end if;
  insert into audit.mirrored as m (log_id, size)
  select l.log, l.size from unnest(logs, sizes) l (log, size) order by l.log
  on conflict (log_id) do update set size = greatest(m.size, excluded.size);
end $$;

-- Makes up to `most` further records of a tenant's log searchable, and returns how many still are not.
create function audit.make_searchable(log uuid, most integer) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  done bigint;
  there bigint;
begin
  if tenancy.bound_purpose() <> 'audit' then
    raise exception using errcode = '42501', message = 'making records searchable is for the purpose audit';
  end if;
  select h.size into there from audit.head h where h.tenant_id = log;
  if there is null then
    return 0;
  end if;
  select s.size into done from audit.searchable s where s.tenant_id = log;
  if done = there then
    return 0;
  end if;
  insert into audit.searchable (tenant_id, size) values (log, 0) on conflict do nothing;
  select s.size into done from audit.searchable s where s.tenant_id = log for update;
  insert into audit.search (tenant_id, leaf_index, at, actor_kind, actor_id, action, object_kind, object_id, outcome)
  select l.tenant_id, l.leaf_index, (r.record ->> 'time')::timestamptz,
         r.record #>> '{actor,kind}', r.record #>> '{actor,id}', r.record ->> 'action',
         r.record #>> '{object,kind}', r.record #>> '{object,id}', r.record ->> 'outcome'
    from audit.leaf l,
         -- PostgreSQL's JSON has no U+0000; a record may.
         lateral (select regexp_replace(convert_from(l.record, 'UTF8'), '(?<!\\)((?:\\\\)*)\\u0000', '\1?', 'g')::json as record) r
   where l.tenant_id = log and l.leaf_index >= done and l.leaf_index < least(there, done + most);
  update audit.searchable s set size = least(there, done + most) where s.tenant_id = log;
  return greatest(0, there - done - most);
end $$;

revoke execute on function
  audit.all_heads(uuid, integer), audit.note_mirrored(uuid[], bigint[]), audit.make_searchable(uuid, integer)
from public;
grant execute on function
  audit.all_heads(uuid, integer), audit.note_mirrored(uuid[], bigint[]), audit.make_searchable(uuid, integer)
to cofferdam_ops;
