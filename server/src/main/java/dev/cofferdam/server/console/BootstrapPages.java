package dev.cofferdam.server.console;

import dev.cofferdam.server.authz.GivenName;
import dev.cofferdam.server.identity.PresentedSession;
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
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.surface.Surface;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What lets machines become nodes of the tenant that one works in. */
@RestController
class BootstrapPages {
  private static final String HTML = "text/html;charset=UTF-8";
  private static final String PATH = "/bootstrap-tokens";
  private static final String TITLE = "Bootstrap tokens";
  private static final List<Integer> MINUTES = List.of(15, 60, 480, 1440);

  private final Pages pages;
  private final BootstrapTokens tokens;
  private final Clock clock;

  BootstrapPages(Pages pages, BootstrapTokens tokens, Clock clock) {
    this.pages = pages;
    this.tokens = tokens;
    this.clock = clock;
  }

  @GetMapping(path = PATH, produces = HTML)
  @Surface(
      summary = "Page: the bootstrap tokens of the tenant.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN, Role.AUDITOR},
      limit = "list",
      action = "bootstrap_token.list")
  String list(
      Call call,
      Caller.Person caller,
      PresentedSession session,
      @RequestParam(required = false) @Nullable UUID after) {
    return page(call, caller, session, after, "", "");
  }

  private String page(
      Call call,
      Caller.Person caller,
      PresentedSession session,
      @Nullable UUID after,
      String name,
      String wrong) {
    PageRequest asked = new PageRequest(PageRequest.USUAL, after == null ? null : after.toString());
    Page<BootstrapView> found = tokens.list(asked);
    Instant now = clock.instant();
    return pages.render(
        "bootstrap_tokens",
        TITLE,
        PATH,
        call,
        session,
        Map.of(
            "tokens",
            found.items().stream().map(one -> line(one, now)).toList(),
            "keeper",
            NodePages.isKeeper(caller),
            "name",
            name,
            "wrong",
            wrong,
            "next",
            found.last() == null ? "" : PATH + "?after=" + found.last()));
  }

  private static BootstrapLine line(BootstrapView one, Instant now) {
    return new BootstrapLine(
        one.id().toString(),
        one.name(),
        Words.of(one.state(now)),
        one.createdAt().toString(),
        Words.of(one.createdAt()),
        one.expiresAt().toString(),
        Words.of(one.expiresAt()));
  }

  /** Makes one, and shows it; the list comes again, with what was wrong, when it cannot be. */
  @PostMapping(path = PATH, produces = HTML)
  @Surface(
      summary = "Form: makes a token by which one machine becomes a node, and shows it once.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN},
      assurance = Assurance.RECENT_MULTI_FACTOR,
      limit = "token",
      action = "bootstrap_token.make")
  Object make(
      Call call,
      Caller.Person caller,
      PresentedSession session,
      @RequestParam String name,
      @RequestParam int minutes,
      HttpServletResponse response) {
    Optional<GivenName> called = GivenName.of(name.strip());
    if (called.isEmpty() || !MINUTES.contains(minutes)) {
      return again(call, caller, session, name, "Write a name of 1 to 100 characters.", response);
    }
    return switch (tokens.make(call, caller, called.get(), Duration.ofMinutes(minutes))) {
      case BootstrapChange.Made(Recorded<BootstrapView> made, BootstrapToken secret) ->
          made.with(shown(call, session, made.body(), secret));
      case BootstrapChange.TooMany many ->
          again(
              call,
              caller,
              session,
              name,
              "There are as many open tokens as there may be. Revoke one first.",
              response);
      case BootstrapChange.Refused refused -> throw refused.refusal().thrown();
      case BootstrapChange.Revoked revoked -> throw new IllegalStateException("it was to be made");
    };
  }

  /** The only page that has it. */
  private String shown(
      Call call, PresentedSession session, BootstrapView made, BootstrapToken secret) {
    return pages.render(
        "bootstrap_made",
        TITLE,
        PATH,
        call,
        session,
        Map.of(
            "name", made.name(), "secret", secret.text(), "expires", Words.of(made.expiresAt())));
  }

  private String again(
      Call call,
      Caller.Person caller,
      PresentedSession session,
      String name,
      String wrong,
      HttpServletResponse response) {
    response.setStatus(ProblemCode.INVALID_FIELD.status());
    return page(call, caller, session, null, name, wrong);
  }

  @PostMapping(path = PATH + "/revoke", produces = HTML)
  @Surface(
      summary = "Form: revokes a bootstrap token that was not used yet.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN},
      limit = "change",
      action = "bootstrap_token.revoke",
      problems = {ProblemCode.NOT_FOUND, ProblemCode.CONFLICT})
  Recorded<String> revoke(
      Call call, Caller.Person caller, @RequestParam UUID bootstrap, HttpServletResponse response) {
    return switch (tokens.revoke(call, caller, new BootstrapId(bootstrap))) {
      case BootstrapChange.Revoked(Recorded<BootstrapView> done) ->
          done.with(Redirect.to(PATH, response));
      case BootstrapChange.Refused refused -> throw refused.refusal().thrown();
      case BootstrapChange.Made made -> throw new IllegalStateException("it was to be revoked");
    };
  }
}
