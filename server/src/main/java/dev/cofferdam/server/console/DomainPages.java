package dev.cofferdam.server.console;

import dev.cofferdam.server.identity.PresentedSession;
import dev.cofferdam.server.identity.domain.DomainChange;
import dev.cofferdam.server.identity.domain.DomainId;
import dev.cofferdam.server.identity.domain.DomainName;
import dev.cofferdam.server.identity.domain.DomainView;
import dev.cofferdam.server.identity.domain.Domains;
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
import dev.cofferdam.server.surface.Workspace;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The domains of the tenant that one works in. */
@RestController
class DomainPages {
  private static final String HTML = "text/html;charset=UTF-8";

  private final Pages pages;
  private final Domains domains;

  DomainPages(Pages pages, Domains domains) {
    this.pages = pages;
    this.domains = domains;
  }

  @GetMapping(path = "/domains", produces = HTML)
  @Surface(
      summary = "Page: the domains that the tenant has claimed or proven.",
      access = Access.TENANT,
      limit = "list",
      action = "domain.list")
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
    Page<DomainView> found =
        domains.list(new PageRequest(PageRequest.USUAL, after == null ? null : after.toString()));
    return pages.render(
        "domains",
        "Domains",
        "/domains",
        call,
        session,
        Map.of(
            "domains",
            found.items().stream().map(DomainPages::line).toList(),
            "owner",
            caller.workspace().map(Workspace::role).filter(Role.OWNER::equals).isPresent(),
            "name",
            name,
            "wrong",
            wrong,
            "next",
            found.last() == null ? "" : "/domains?after=" + found.last()));
  }

  private static DomainLine line(DomainView one) {
    return new DomainLine(
        one.id().toString(),
        one.name().text(),
        Words.of(one.state()),
        said(one),
        one.place(),
        one.challenge(),
        one.checkedAt().map(Instant::toString).orElse(null),
        one.checkedAt().map(Words::of).orElse(null),
        one.state() != DomainView.State.PROVEN
            || !one.finding().equals(Optional.of(DomainView.Finding.SHOWN)));
  }

  private static String said(DomainView one) {
    String until = one.heldUntil().map(Words::of).orElse("");
    return switch (one.state()) {
      case PENDING ->
          one.finding().map(DomainPages::said).orElse("Set the record, and have it checked.");
      case PROVEN ->
          one.finding()
              .filter(finding -> finding != DomainView.Finding.SHOWN)
              .map(finding -> said(finding) + " Without it the proof ends on " + until + ".")
              .orElse("Its record is looked at again by itself.");
      case LAPSED ->
          one.lapse().filter(DomainView.Lapse.SUPERSEDED::equals).isPresent()
              ? "The DNS has proven it for another workspace since."
              : "Its record was missing for too long.";
    };
  }

  private static String said(DomainView.Finding finding) {
    return switch (finding) {
      case SHOWN -> "The record is there.";
      case ABSENT -> "The record was not there at the last look; the DNS may need a while.";
      case CONTESTED ->
          "Another workspace's record stands beside it. Remove the one that is not to count.";
      case UNANSWERED -> "No name server answered at the last look.";
    };
  }

  /** Claims a domain; the page comes again, with what was wrong, when it cannot be. */
  @PostMapping(path = "/domains", produces = HTML)
  @Surface(
      summary = "Form: claims a domain.",
      access = Access.TENANT,
      roles = Role.OWNER,
      assurance = Assurance.RECENT_MULTI_FACTOR,
      limit = "domain",
      action = "domain.claim")
  Object claim(
      Call call,
      Caller.Person caller,
      PresentedSession session,
      @RequestParam String name,
      HttpServletResponse response) {
    Optional<DomainName> domain = DomainName.of(name);
    if (domain.isEmpty()) {
      return again(
          call,
          caller,
          session,
          name,
          "That is no domain of yours alone. Write one such as example.com.",
          response);
    }
    return switch (domains.claim(call, caller, domain.get(), made -> {})) {
      case DomainChange.Done(var made) -> made.with(Redirect.to("/domains", response));
      case DomainChange.ClaimedBefore before ->
          again(call, caller, session, name, "This workspace has claimed it already.", response);
      case DomainChange.TooMany many ->
          again(
              call,
              caller,
              session,
              name,
              "There are as many domains as there may be. Give one up first.",
              response);
      case DomainChange.Refused refused -> throw refused.refusal().thrown();
    };
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

  @PostMapping(path = "/domains/check", produces = HTML)
  @Surface(
      summary = "Form: looks for the DNS record that proves a domain.",
      access = Access.TENANT,
      roles = Role.OWNER,
      assurance = Assurance.RECENT_MULTI_FACTOR,
      limit = "domain",
      action = "domain.check",
      problems = ProblemCode.NOT_FOUND)
  Recorded<String> check(
      Call call, Caller.Person caller, @RequestParam UUID domain, HttpServletResponse response) {
    return answered(domains.check(call, caller, new DomainId(domain)), response);
  }

  @PostMapping(path = "/domains/remove", produces = HTML)
  @Surface(
      summary = "Form: gives a domain up.",
      access = Access.TENANT,
      roles = Role.OWNER,
      assurance = Assurance.RECENT_MULTI_FACTOR,
      limit = "change",
      action = "domain.remove",
      problems = ProblemCode.NOT_FOUND)
  Recorded<String> remove(
      Call call, Caller.Person caller, @RequestParam UUID domain, HttpServletResponse response) {
    return answered(domains.remove(call, caller, new DomainId(domain)), response);
  }

  private static Recorded<String> answered(DomainChange change, HttpServletResponse response) {
    return switch (change) {
      case DomainChange.Done(var domain) -> domain.with(Redirect.to("/domains", response));
      case DomainChange.Refused refused -> throw refused.refusal().thrown();
    };
  }
}
