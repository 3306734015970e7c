-- The planner must know how few keys there are, or it plans `tenancy.bind` anew in each transaction (docs/adr/0100): so the
-- table is analyzed, and what PostgreSQL keeps of a table that is analyzed are values of its columns. None of a key.
alter table tenancy.binding_key
  alter column key_id set statistics 0,
  alter column inner_pad set statistics 0,
  alter column outer_pad set statistics 0;
