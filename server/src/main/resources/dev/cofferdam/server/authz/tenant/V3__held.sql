-- For SQL of other modules, whose things are in projects: what somebody holds, and which projects there are.

-- The relations of persons and nodes to projects and things in them, their own and those through their groups.
create view {schema}.held with (security_invoker = true) as
  select g.tenant_id, g.object_id, g.subject_kind as holder_kind, g.subject_id as holder_id, g.relation,
         false as through_group
    from {schema}.granted g
   where g.subject_kind in ('person', 'node')
  union all
  select g.tenant_id, g.object_id, m.subject_kind, m.subject_id, g.relation, true
    from {schema}.group_member m
    join {schema}.granted g
      on g.tenant_id = m.tenant_id and g.subject_kind = 'group' and g.subject_id = m.group_id;

create view {schema}.known_project with (security_invoker = true) as
  select p.tenant_id, p.project_id, p.name, p.state from {schema}.project p;

grant select on {schema}.held, {schema}.known_project to cofferdam_app;
