-- In each tenant 100 projects and 100 persons, everybody with a grant to everything: a million grants. Ten groups besides,
-- each with a grant to every project, and everybody in two of them.
insert into authz.project (tenant_id, project_id, name, state, created_at, changed_at)
select lpad(tenant::text, 32, '0')::uuid, ('a' || lpad(project::text, 31, '0'))::uuid, 'project ' || project, 'active', now(), now()
  from generate_series(1, 100) tenant, generate_series(1, 100) project;
insert into authz.granted (tenant_id, object_id, subject_kind, subject_id, relation, granted_at)
select lpad(tenant::text, 32, '0')::uuid, ('a' || lpad(project::text, 31, '0'))::uuid, 'person', ('b' || lpad(person::text, 31, '0'))::uuid,
       1 + (person + project) % 3, now()
  from generate_series(1, 100) tenant, generate_series(1, 100) project, generate_series(1, 100) person;
insert into authz.member_group (tenant_id, group_id, name, created_at, changed_at)
select lpad(tenant::text, 32, '0')::uuid, ('c' || lpad(number::text, 31, '0'))::uuid, 'group ' || number, now(), now()
  from generate_series(1, 100) tenant, generate_series(1, 10) number;
insert into authz.group_member (tenant_id, subject_kind, subject_id, group_id, added_at)
select lpad(tenant::text, 32, '0')::uuid, 'person', ('b' || lpad(person::text, 31, '0'))::uuid, ('c' || lpad(number::text, 31, '0'))::uuid, now()
  from generate_series(1, 100) tenant, generate_series(1, 100) person,
       unnest(array[1 + person % 10, 1 + (person + 3) % 10]) number;
insert into authz.granted (tenant_id, object_id, subject_kind, subject_id, relation, granted_at)
select lpad(tenant::text, 32, '0')::uuid, ('a' || lpad(project::text, 31, '0'))::uuid, 'group', ('c' || lpad(number::text, 31, '0'))::uuid,
       1 + (number + project) % 3, now()
  from generate_series(1, 100) tenant, generate_series(1, 100) project, generate_series(1, 10) number;
