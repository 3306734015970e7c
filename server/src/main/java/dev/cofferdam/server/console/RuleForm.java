package dev.cofferdam.server.console;

import java.util.List;

/**
 * What somebody typed of a rule.
 *
 * @param conditions a claim and a value to each line
 * @param service the id of one that another rule makes, or empty
 */
public record RuleForm(
    String label, String conditions, String service, String role, List<String> scopes) {
  static final RuleForm EMPTY = new RuleForm("", "", "", "member", List.of());

  public RuleForm {
    scopes = List.copyOf(scopes);
  }
}
