package dev.cofferdam.server.operations.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.cofferdam.server.operations.RunningPart;
import dev.cofferdam.server.operations.SignOffWatch;
import dev.cofferdam.server.operations.SignedOff;
import dev.cofferdam.server.operations.Standing;
import dev.cofferdam.server.surface.Access;
import dev.cofferdam.server.surface.Assurance;
import dev.cofferdam.server.surface.Surface;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whether this server is what somebody has signed off. */
@RestController
class StandingController {
  private final SignOffWatch watch;

  StandingController(SignOffWatch watch) {
    this.watch = watch;
  }

  /**
   * How it stands, and what runs.
   *
   * @param state unsigned, current, stale or refused
   * @param drifted what is other than it was signed off, or over
   * @param signOff digest of the sign-off that is named, if one counts
   * @param target what that is of
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record StandingBody(
      String state,
      String told,
      List<String> drifted,
      @Nullable String signOff,
      @Nullable String target,
      Instant lookedAt,
      Part code,
      Part configuration,
      Part policies,
      Part register) {}

  /** Something of what runs. */
  record Part(String digest, Map<String, String> items) {
    static Part of(RunningPart part) {
      return new Part(part.digest(), part.items());
    }
  }

  @GetMapping("/v1/operator/standing")
  @Surface(
      summary = "Says whether the server is still what a review has signed off, and what it runs.",
      access = Access.OPERATOR,
      assurance = Assurance.MULTI_FACTOR,
      limit = "operate",
      action = "sign_off.compare",
      sensitive = true)
  StandingBody read() {
    SignOffWatch.Seen seen = watch.seen();
    SignOffWatch.Parts parts = watch.parts();
    SignedOff signed =
        switch (seen.standing()) {
          case Standing.Current(var one) -> one;
          case Standing.Stale(var one, _) -> one;
          case Standing.Unsigned _, Standing.Refused _ -> null;
        };
    return new StandingBody(
        seen.standing().word(),
        seen.standing().told(),
        seen.standing().drifted(),
        signed == null ? null : signed.digest(),
        signed == null ? null : signed.target(),
        seen.at(),
        Part.of(parts.code()),
        Part.of(parts.configuration()),
        Part.of(parts.policies()),
        Part.of(parts.register()));
  }
}
