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

-- Makes up to `most` further records of each of these logs searchable, and returns those that still are not whole.
create function audit.make_searchable(logs uuid[], most integer) returns table (log uuid, unsearched bigint)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tenancy.bound_purpose() <> 'audit' then
    raise exception using errcode = '42501', message = 'making records searchable is for the purpose audit';
  end if;
  if not exists (select from audit.head h left join audit.searchable s on s.tenant_id = h.tenant_id
                  where h.tenant_id = any (logs) and h.size > coalesce(s.size, 0)) then
    return;
  end if;
  -- What a crash takes away follows from the log once more: nobody has to wait for the disk.
  perform set_config('synchronous_commit', 'off', true);
  insert into audit.searchable (tenant_id, size)
  select h.tenant_id, 0 from audit.head h where h.tenant_id = any (logs) order by h.tenant_id on conflict do nothing;
  return query
    with due as materialized (
      -- In the order of ids, so that of two servers one waits for the other and never both.
      select s.tenant_id, s.size as done, h.size as there
        from audit.searchable s join audit.head h on h.tenant_id = s.tenant_id
       where s.tenant_id = any (logs) and s.size < h.size
       order by s.tenant_id for no key update of s
    ), found as (
      insert into audit.search (tenant_id, leaf_index, at, actor_kind, actor_id, action, object_kind, object_id, outcome)
      select d.tenant_id, l.leaf_index, r.time, r.actor ->> 'kind', r.actor ->> 'id', r.action,
             r.object ->> 'kind', r.object ->> 'id', r.outcome
        from due d,
             -- With a limit it is read by its index, whatever the planner believes of so many logs.
             lateral (select l.leaf_index, convert_from(l.record, 'UTF8') as content from audit.leaf l
                       where l.tenant_id = d.tenant_id and l.leaf_index >= d.done and l.leaf_index < d.there
                       order by l.leaf_index limit most) l,
             -- PostgreSQL's JSON has no U+0000; a record may.
             lateral (select case when strpos(l.content, '\u0000') = 0 then l.content
                                  else regexp_replace(l.content, '(?<!\\)((?:\\\\)*)\\u0000', '\1?', 'g')
                             end::json as record offset 0) j,
             -- Parsed once, and not once for each column.
             lateral json_to_record(j.record) as r(time timestamptz, actor json, action text, object json, outcome text)
    ), noted as (
      update audit.searchable s set size = least(d.there, d.done + most) from due d where s.tenant_id = d.tenant_id
    )
    select d.tenant_id, d.there - d.done - most from due d where d.there - d.done > most;
end $$;

revoke execute on function
  audit.all_heads(uuid, integer), audit.note_mirrored(uuid[], bigint[]), audit.make_searchable(uuid[], integer)
from public;
grant execute on function
  audit.all_heads(uuid, integer), audit.note_mirrored(uuid[], bigint[]), audit.make_searchable(uuid[], integer)
to cofferdam_ops;
