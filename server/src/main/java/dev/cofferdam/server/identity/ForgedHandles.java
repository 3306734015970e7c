package dev.cofferdam.server.identity;

import dev.cofferdam.server.audit.RefusalSource;
import dev.cofferdam.server.audit.Refusals;
import dev.cofferdam.server.limits.Limits;
import dev.cofferdam.server.limits.Requester;
import dev.cofferdam.server.limits.Taking;
import dev.cofferdam.server.surface.Authentication;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;

/**
 * What becomes of a cookie that no key of ours made: it is counted, and whoever sends many of them
 * must wait. Told by computing alone, so others at that address, whose cookies are genuine, neither
 * wait nor count.
 */
final class ForgedHandles {
  private static final String LIMIT = "failed-authentication";

  private final Refusals refusals;
  private final Limits limits;

  ForgedHandles(Refusals refusals, Limits limits) {
    this.refusals = refusals;
    this.limits = limits;
  }

  Authentication met(HttpServletRequest request) {
    // A literal always: the container says from where, or the edge what a trusted proxy said.
    InetAddress address = InetAddress.ofLiteral(request.getRemoteAddr());
    refusals.count(ProblemCode.UNAUTHENTICATED.code(), RefusalSource.of(address));
    return switch (limits.take(LIMIT, new Requester.Stranger(address))) {
      case Taking.Taken taken -> new Authentication.Known(new Caller.Anonymous());
      case Taking.Exhausted exhausted ->
          new Authentication.Refused(
              Refusal.of(ProblemCode.RATE_LIMITED).after(exhausted.retryAfter()));
    };
  }
}
