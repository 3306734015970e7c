package dev.cofferdam.server.identity;

import dev.cofferdam.server.surface.Call;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Where a sign-in comes from.
 *
 * @param agent what the browser says that it is: cut to 200 characters, and only shown to its
 *     person
 * @param previous what the browser showed as its session before: it ends, so that nobody keeps a
 *     session that somebody else has put into their browser
 */
public record Arrival(Call call, String agent, Optional<SessionHandle> previous) {
  private static final int LONGEST_AGENT = 200;

  public Arrival {
    Objects.requireNonNull(call, "call");
    String printable = agent.replaceAll("[\\p{C}]", "");
    agent = printable.length() > LONGEST_AGENT ? printable.substring(0, LONGEST_AGENT) : printable;
  }

  /** As the request says. */
  public static Arrival of(Call call, HttpServletRequest request) {
    List<String> shown = SessionCookie.in(request);
    String agent = request.getHeader("User-Agent");
    return new Arrival(
        call,
        agent == null ? "" : agent,
        shown.size() == 1 ? SessionHandle.ofText(shown.getFirst()) : Optional.empty());
  }
}
