package dev.cofferdam.server.identity.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.cofferdam.server.identity.PresentedSession;
import dev.cofferdam.server.identity.Profile;
import dev.cofferdam.server.surface.Caller;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who one is, and where.
 *
 * @param operator whether the session is one of an operator of the platform
 * @param visiting the tenant that one reads in for an emergency, as an operator who broke the glass
 * @param csrfToken goes into the header field {@code Cofferdam-CSRF} of whatever changes something
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Me(
    UUID personId,
    @Nullable String name,
    @Nullable String email,
    UUID sessionId,
    String acr,
    Instant authTime,
    boolean operator,
    @Nullable WorkspaceBody workspace,
    @Nullable UUID visiting,
    FormToken csrfToken) {

  /** Shown to its own person alone: not printed with the record. */
  static final class FormToken {
    private final String text;

    FormToken(String text) {
      this.text = text;
    }

    @JsonValue
    String text() {
      return text;
    }

    @Override
    public String toString() {
      return "a token for forms";
    }
  }

  /** The tenant that the session works in. */
  record WorkspaceBody(UUID tenantId, String role) {}

  static Me of(Caller.SignedIn caller, Profile profile, PresentedSession presented) {
    return new Me(
        caller.id().value(),
        profile.name(),
        profile.email(),
        caller.session().value(),
        Names.of(caller.signIn().acr()),
        caller.signIn().at(),
        caller instanceof Caller.Operator,
        caller instanceof Caller.Person person
            ? person
                .workspace()
                .map(in -> new WorkspaceBody(in.tenant().value(), Names.of(in.role())))
                .orElse(null)
            : null,
        caller instanceof Caller.Visitor visitor ? visitor.in().value() : null,
        new FormToken(presented.csrfToken()));
  }
}
