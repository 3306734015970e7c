select p.tenant_id, p.project_id, p.name, p.state, p.version, p.created_at, p.changed_at,
       (select g.relation from {schema}.granted g
         where g.tenant_id = p.tenant_id and g.object_id = p.project_id
           and g.subject_kind = :holder_kind and g.subject_id = :holder) as direct,
       (select max(g.relation)
          from {schema}.group_member m
          join {schema}.granted g on g.tenant_id = m.tenant_id and g.object_id = p.project_id
               and g.subject_kind = 'group' and g.subject_id = m.group_id
         where m.tenant_id = p.tenant_id
           and m.subject_kind = :holder_kind and m.subject_id = :holder) as through_group
  from {schema}.project p
 where p.tenant_id = :tenant
