package dev.cofferdam.review.attack;

import java.util.UUID;

/**
 * A tenant of the laboratory.
 *
 * @param canary a text that stands in this tenant's rows and nowhere else
 * @param schema where its placed tables are
 */
public record Occupant(UUID id, String slug, String canary, String schema) {

  /** Its scope, as the control channel writes it. */
  public String scope() {
    return (schema.equals("notes") ? "tenant " : "schema ") + id;
  }

  /** Its scope as a capability carries it. */
  public String carried() {
    return "t_" + id.toString().replace("-", "");
  }
}
