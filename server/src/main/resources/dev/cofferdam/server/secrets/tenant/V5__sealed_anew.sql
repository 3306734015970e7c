-- After a rotation the same value is sealed anew, by another key of the ring `data` (docs/design/rotation.md).
grant update (data_key_id) on {schema}.secret_version to cofferdam_app;
