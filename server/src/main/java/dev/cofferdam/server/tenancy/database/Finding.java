package dev.cofferdam.server.tenancy.database;

/**
 * Something in the database that keeps the server from starting.
 *
 * @param sentence what is wrong, for the operator
 */
record Finding(Rule rule, String sentence) {
  /** What must hold, in the order in which it is looked at. */
  enum Rule {
    SERVER_VERSION,
    SERVER_SETTING,
    ROLE_POWER,
    ROLE_MEMBERSHIP,
    ROLE_OWNS,
    ROLE_MAY_CREATE,
    ROLE_MAY_SET,
    ROLE_SETTING,
    SYSTEM_FUNCTION,
    SYSTEM_RELATION,
    APPEND_ONLY,
    LANGUAGE,
    UNLISTED_SCHEMA,
    UNLISTED_TABLE,
    MISSING_TABLE,
    ROW_SECURITY_OFF,
    ROW_SECURITY_NOT_FORCED,
    POLICY_MISSING,
    POLICY_EXTRA,
    POLICY_NOT_ITS_KIND,
    POLICY_VOLATILE,
    POLICY_PER_ROW,
    INTERNAL_GRANTED,
    TABLE_GRANTED,
    PARTITION_GRANTED,
    KEY_NOT_SCOPED,
    FOREIGN_KEY_NOT_SCOPED,
    SEQUENCE,
    UNLISTED_VIEW,
    MISSING_VIEW,
    VIEW_OWNER_RIGHTS,
    UNLISTED_DEFINER,
    MISSING_FUNCTION,
    FUNCTION_GRANTED,
    FUNCTION_NAME_RESOLUTION,
    FUNCTION_PUBLIC
  }
}
