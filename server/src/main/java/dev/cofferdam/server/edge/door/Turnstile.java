package dev.cofferdam.server.edge.door;

import dev.cofferdam.server.limits.Limits;
import dev.cofferdam.server.limits.Requester;
import dev.cofferdam.server.limits.Taking;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Refusal;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;

/** Lets a caller through as often as the declared limit allows, and says how often that is. */
final class Turnstile {
  private final Limits limits;

  Turnstile(Limits limits) {
    this.limits = limits;
  }

  void let(Visit visit, HttpServletResponse response) {
    Taking taking =
        limits.take(
            visit.surface().limit(), Requester.of(visit.call().caller(), visit.call().address()));
    response.setHeader("RateLimit-Policy", taking.rateLimit().policyField());
    response.setHeader("RateLimit", taking.rateLimit().field());
    switch (taking) {
      case Taking.Taken taken -> {}
      case Taking.Exhausted exhausted ->
          throw Refusal.of(ProblemCode.RATE_LIMITED)
              .after(Duration.ofSeconds(exhausted.retryAfterSeconds()))
              .thrown();
    }
  }
}
