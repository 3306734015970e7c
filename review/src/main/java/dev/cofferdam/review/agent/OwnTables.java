package dev.cofferdam.review.agent;

/**
 * The laboratory's own module of tenants' tables: to tenancy it is what the tables of a SaaS are.
 * Its rows carry the canaries.
 */
public final class OwnTables {
  private static final String LIST = "dev/cofferdam/review/agent/notes/tables";

  private OwnTables() {}

  /** Called by the woven factory of the server's checked list. */
  public static Object addedTo(Object list) {
    Class<?> type = list.getClass();
    Object own = Reflected.callStatic(type, "ofResource", LIST);
    return Reflected.call(list, "and", own);
  }
}
