package dev.cofferdam.server.edge.door;

import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.IdempotencyKey;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Refusal;
import dev.cofferdam.server.tenancy.PersonId;
import dev.cofferdam.server.tenancy.Scopes;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Makes the {@link Attempt} of a request. */
final class Attempts {
  private final Outcomes outcomes;
  private final JsonMapper json;

  Attempts(Outcomes outcomes, JsonMapper json) {
    this.outcomes = outcomes;
    this.json = json;
  }

  /** Runs in the caller's scope. */
  Attempt of(Call call, HttpServletRequest request) {
    PersonId person =
        call.caller().person().orElseThrow(() -> Refusal.of(ProblemCode.UNAUTHENTICATED).thrown());
    String query = request.getQueryString();
    return new Attempt(
        outcomes,
        json,
        new Outcomes.Owner(Scopes.current().carried(), person.value()),
        request.getMethod() + " " + request.getRequestURI() + (query == null ? "" : "?" + query),
        key(request));
  }

  private static @Nullable IdempotencyKey key(HttpServletRequest request) {
    List<String> fields = Collections.list(request.getHeaders(IdempotencyKey.HEADER));
    if (fields.isEmpty()) {
      return null;
    }
    return fields.size() == 1
        ? IdempotencyKey.ofHeader(fields.getFirst())
            .orElseThrow(() -> Refusal.of(ProblemCode.MALFORMED_REQUEST).thrown())
        : refused();
  }

  private static IdempotencyKey refused() {
    throw Refusal.of(ProblemCode.MALFORMED_REQUEST).thrown();
  }
}
