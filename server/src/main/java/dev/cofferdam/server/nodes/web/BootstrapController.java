package dev.cofferdam.server.nodes.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.cofferdam.server.nodes.BootstrapChange;
import dev.cofferdam.server.nodes.BootstrapId;
import dev.cofferdam.server.nodes.BootstrapToken;
import dev.cofferdam.server.nodes.BootstrapTokens;
import dev.cofferdam.server.nodes.BootstrapView;
import dev.cofferdam.server.surface.Access;
import dev.cofferdam.server.surface.Assurance;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.Page;
import dev.cofferdam.server.surface.PageRequest;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.Refusal;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.surface.Surface;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What lets machines become nodes of the tenant that one works in. No token gets here. */
@RestController
class BootstrapController {
  private final BootstrapTokens tokens;
  private final Clock clock;

  BootstrapController(BootstrapTokens tokens, Clock clock) {
    this.tokens = tokens;
    this.clock = clock;
  }

  /**
   * The token to make.
   *
   * @param name of the node to be
   * @param expiresInMinutes 5 to 1440
   */
  record Wanted(String name, int expiresInMinutes) {}

  /**
   * A token, without what is shown by a machine.
   *
   * @param state {@code open}, {@code used}, {@code revoked} or {@code expired}
   * @param nodeId of the node that it made; absent before
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Body(
      UUID id,
      String name,
      String state,
      UUID madeBy,
      Instant createdAt,
      Instant expiresAt,
      @Nullable UUID nodeId) {}

  /**
   * A token that was just made: the only answer that has it.
   *
   * @param token to be given to one machine; it cannot be shown again
   */
  record NewToken(UUID id, ShownToken token, String name, Instant expiresAt) {}

  @GetMapping("/v1/bootstrap-tokens")
  @Surface(
      summary = "Lists the bootstrap tokens of the tenant.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN, Role.AUDITOR},
      limit = "list",
      action = "bootstrap_token.list")
  Page<Body> list(PageRequest page) {
    Page<BootstrapView> found = tokens.list(page);
    return new Page<>(found.items().stream().map(this::body).toList(), found.last());
  }

  /**
   * Makes one, which is in this answer alone: so no {@code Idempotency-Key} is taken, and who loses
   * the answer revokes the token and makes another.
   */
  @PostMapping("/v1/bootstrap-tokens")
  @ResponseStatus(HttpStatus.CREATED)
  @Surface(
      summary = "Makes a token by which one machine becomes a node, and shows it once.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN},
      assurance = Assurance.RECENT_MULTI_FACTOR,
      limit = "token",
      action = "bootstrap_token.make",
      problems = {ProblemCode.INVALID_FIELD, ProblemCode.QUOTA_REACHED})
  Recorded<NewToken> make(Call call, Caller.Person caller, @RequestBody Wanted wanted) {
    return switch (tokens.make(
        call, caller, Answers.name(wanted.name()), goodFor(wanted.expiresInMinutes()))) {
      case BootstrapChange.Made(Recorded<BootstrapView> made, BootstrapToken secret) ->
          made.with(
              new NewToken(
                  made.body().id().value(),
                  new ShownToken(secret),
                  made.body().name(),
                  made.body().expiresAt()));
      case BootstrapChange.Revoked revoked ->
          throw new IllegalStateException("a token was made, and not revoked");
      case BootstrapChange.Refused refused -> throw refused.refusal().thrown();
    };
  }

  private static Duration goodFor(int minutes) {
    Duration wanted = Duration.ofMinutes(minutes);
    if (wanted.compareTo(BootstrapTokens.SHORTEST) < 0
        || wanted.compareTo(BootstrapTokens.LONGEST) > 0) {
      throw Refusal.invalid("expires_in_minutes").thrown();
    }
    return wanted;
  }

  /** Ends one that no machine has used. */
  @DeleteMapping("/v1/bootstrap-tokens/{bootstrap}")
  @Surface(
      summary = "Revokes a bootstrap token that was not used yet.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN},
      limit = "change",
      action = "bootstrap_token.revoke",
      problems = {ProblemCode.NOT_FOUND, ProblemCode.CONFLICT})
  Recorded<Body> revoke(Call call, Caller.Person caller, @PathVariable UUID bootstrap) {
    return switch (tokens.revoke(call, caller, new BootstrapId(bootstrap))) {
      case BootstrapChange.Revoked(Recorded<BootstrapView> revoked) ->
          revoked.with(body(revoked.body()));
      case BootstrapChange.Made made ->
          throw new IllegalStateException("a token was revoked, and not made");
      case BootstrapChange.Refused refused -> throw refused.refusal().thrown();
    };
  }

  private Body body(BootstrapView view) {
    return new Body(
        view.id().value(),
        view.name(),
        view.state(clock.instant()).name().toLowerCase(Locale.ROOT),
        view.madeBy().value(),
        view.createdAt(),
        view.expiresAt(),
        view.node().map(node -> node.value()).orElse(null));
  }
}
