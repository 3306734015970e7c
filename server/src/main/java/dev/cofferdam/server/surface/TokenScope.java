package dev.cofferdam.server.surface;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a token is for. One allows nothing that the role of its holder does not; a handler that
 * names none is reached by no token.
 */
public enum TokenScope {
  /** The tenant's name and state. */
  TENANT_READ("tenant:read"),
  /** Its people. */
  MEMBERS_READ("members:read"),
  /** Its groups, and who is in them. */
  GROUPS_READ("groups:read"),
  /** The projects that the holder sees, and who has what there. */
  PROJECTS_READ("projects:read"),
  /** The audit log, without personal data. */
  AUDIT_READ("audit:read"),
  /** The holder's own tokens, to be seen and ended; none is made by a token. */
  TOKENS_MANAGE("tokens:manage");

  private final String text;

  TokenScope(String text) {
    this.text = text;
  }

  /** As the API and the database write it. Never changed: tokens are stored with it. */
  public String text() {
    return text;
  }

  /** The scope of a text. */
  public static Optional<TokenScope> of(String text) {
    return Arrays.stream(values()).filter(scope -> scope.text.equals(text)).findFirst();
  }

  /** As a challenge lists them (RFC 6750, section 3). */
  public static String listed(TokenScope... scopes) {
    return Stream.of(scopes).map(TokenScope::text).collect(Collectors.joining(" "));
  }
}
