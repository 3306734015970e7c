package dev.cofferdam.review.demo;

import dev.cofferdam.review.issuer.HostileIdp;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the server is started with for as long as it is attacked: one machine plays in a few minutes
 * everybody of two tenants, who would be many and take days, and whom the development IdP does not
 * know.
 */
final class LiveSettings {
  private static final String PEOPLE = "COFFERDAM_DEVELOPMENTIDP_ANYBODY";
  private static final String SESSIONS = "COFFERDAM_IDENTITY_SESSIONSPERPERSON";
  private static final String REACHED = "COFFERDAM_EGRESS_ALLOWEDTOTENANTS";
  private static final String LIMITS = "COFFERDAM_LIMITS_OVERRIDES_";

  /** Of a tenant twice as much as of a principal: the table is refused otherwise. */
  private static final Map<String, String> WIDE =
      Map.of(
          "principal", "60000 per 1m burst 20000",
          "tenant", "120000 per 1m burst 40000",
          "address", "60000 per 1m burst 20000");

  /** The limits that are met, and by whom each counts. */
  private static final Map<String, String> MET =
      Map.ofEntries(
          Map.entry("all", "principal tenant address"),
          Map.entry("public", "address"),
          Map.entry("failed-authentication", "address"),
          Map.entry("sign-in", "address"),
          Map.entry("sign-up", "principal tenant address"),
          Map.entry("invite", "principal tenant"),
          Map.entry("domain", "principal tenant"),
          Map.entry("token", "principal tenant"),
          Map.entry("issue", "principal tenant address"),
          Map.entry("register", "address"),
          Map.entry("consent", "principal tenant address"),
          Map.entry("device", "address"),
          Map.entry("user-code", "principal tenant address"),
          Map.entry("invitation", "principal tenant"),
          Map.entry("session", "principal tenant"),
          Map.entry("list", "principal tenant"),
          Map.entry("change", "principal tenant"),
          Map.entry("audit", "principal tenant"),
          Map.entry("operate", "principal tenant"));

  private LiveSettings() {}

  /**
   * As environment variables.
   *
   * @param idp what the tenants of the review bring as their own
   */
  static Map<String, String> with(HostileIdp idp) {
    Map<String, String> all = new TreeMap<>();
    all.put(PEOPLE, "true");
    all.put(SESSIONS, "200");
    all.put(REACHED, idp.authority());
    MET.forEach(
        (limit, by) -> {
          for (String one : by.split(" ")) {
            String name = (limit.replace("-", "") + "_" + one).toUpperCase(Locale.ROOT);
            all.put(LIMITS + name, String.valueOf(WIDE.get(one)));
          }
        });
    return all;
  }
}
