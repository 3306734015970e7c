select w.place, s.tenant_id, s.secret_id, p.state, f.direct, f.through_group, v.version,
       r.key_id, r.key_public, a.answer_sealed, v.data_key_id,
       case when a.answer_sealed is null then v.value_sealed end as value_sealed,
       case when greatest(f.direct, f.through_group) > 0 then s.reference_path end as reference_path,
       s.reference_field
  from unnest(:nodes::uuid[], :projects::uuid[], :names::text[], :versions::bigint[])
       with ordinality as w (node_id, project_id, name, version, place)
  join {schema}.secret s
    on s.tenant_id = :tenant and s.project_id = w.project_id and s.name = w.name and s.deleted_at is null
  join {authz}.known_project p on p.tenant_id = s.tenant_id and p.project_id = s.project_id
  join nodes.receiving_key r on r.tenant_id = s.tenant_id and r.node_id = w.node_id
 cross join lateral (
       select coalesce(max(h.relation) filter (where not h.through_group), 0) as direct,
              coalesce(max(h.relation) filter (where h.through_group), 0) as through_group
         from {authz}.held h
        where h.tenant_id = s.tenant_id and h.holder_kind = 'node' and h.holder_id = w.node_id
          and h.object_id in (s.secret_id, s.project_id)) f
  left join {schema}.secret_version v
    on v.tenant_id = s.tenant_id and v.secret_id = s.secret_id
   and v.version = coalesce(w.version, s.current_version)
   and greatest(f.direct, f.through_group) > 0
  left join {schema}.sealed_answer a
    on a.tenant_id = v.tenant_id and a.secret_id = v.secret_id and a.version = v.version
   and a.receiving_id = r.key_id
