package dev.cofferdam.server.identity.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.cofferdam.server.identity.domain.DomainChange;
import dev.cofferdam.server.identity.domain.DomainId;
import dev.cofferdam.server.identity.domain.DomainName;
import dev.cofferdam.server.identity.domain.DomainView;
import dev.cofferdam.server.identity.domain.Domains;
import dev.cofferdam.server.surface.Access;
import dev.cofferdam.server.surface.Assurance;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.Once;
import dev.cofferdam.server.surface.Page;
import dev.cofferdam.server.surface.PageRequest;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.Refusal;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.surface.Surface;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The domains of the tenant that one works in. */
@RestController
class DomainController {
  private final Domains domains;

  DomainController(Domains domains) {
    this.domains = domains;
  }

  /** The domain to claim. */
  record Wanted(String name) {}

  /**
   * A claim of a domain.
   *
   * @param name in ASCII
   * @param state {@code pending}, {@code proven} or {@code lapsed}
   * @param txtName where a TXT record is to stand
   * @param txtValue what it is to say
   * @param finding of the last look: {@code shown}, {@code absent}, {@code contested} or {@code
   *     unanswered}; absent before the first
   * @param provenAt since when it is proven, or was
   * @param heldUntil until when it is believed if the record is not seen again
   * @param lapse why it is proven no longer: {@code expired} or {@code superseded}
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record DomainBody(
      UUID id,
      String name,
      String state,
      String txtName,
      String txtValue,
      @Nullable String finding,
      @Nullable Instant checkedAt,
      @Nullable Instant provenAt,
      @Nullable Instant heldUntil,
      @Nullable String lapse,
      Instant claimedAt) {
    static DomainBody of(DomainView view) {
      return new DomainBody(
          view.id().value(),
          view.name().text(),
          Names.of(view.state()),
          view.place(),
          view.challenge(),
          view.finding().map(Names::of).orElse(null),
          view.checkedAt().orElse(null),
          view.provenAt().orElse(null),
          view.heldUntil().orElse(null),
          view.lapse().map(Names::of).orElse(null),
          view.claimedAt());
    }
  }

  @GetMapping("/v1/domains")
  @Surface(
      summary = "Lists the domains that the tenant has claimed or proven.",
      access = Access.TENANT,
      limit = "list",
      action = "domain.list")
  Page<DomainBody> list(PageRequest page) {
    Page<DomainView> found = domains.list(page);
    return new Page<>(found.items().stream().map(DomainBody::of).toList(), found.last());
  }

  @GetMapping("/v1/domains/{domain}")
  @Surface(
      summary = "Reads one domain, with the DNS record that proves it.",
      access = Access.TENANT,
      limit = "read",
      action = "domain.read",
      problems = ProblemCode.NOT_FOUND)
  DomainBody read(@PathVariable UUID domain) {
    return DomainBody.of(
        domains.find(new DomainId(domain)).orElseThrow(() -> Refusal.notFound().thrown()));
  }

  /** Claims a domain. That another tenant has claimed or proven it too, nobody is told. */
  @PostMapping("/v1/domains")
  @Surface(
      summary = "Claims a domain.",
      access = Access.TENANT,
      roles = Role.OWNER,
      assurance = Assurance.RECENT_MULTI_FACTOR,
      limit = "domain",
      action = "domain.claim",
      created = "/v1/domains/{id}",
      problems = {ProblemCode.INVALID_FIELD, ProblemCode.CONFLICT, ProblemCode.QUOTA_REACHED})
  Recorded<DomainBody> claim(
      Call call, Caller.Person caller, Once once, @RequestBody Wanted wanted) {
    DomainName name =
        DomainName.of(wanted.name()).orElseThrow(() -> Refusal.invalid("name").thrown());
    return answered(domains.claim(call, caller, name, made -> once.keep(body(made))));
  }

  /** Looks at the DNS now, and answers with what was found; the domain is proven or it is not. */
  @PostMapping("/v1/domains/{domain}/check")
  @Surface(
      summary = "Looks for the DNS record that proves a domain.",
      access = Access.TENANT,
      roles = Role.OWNER,
      assurance = Assurance.RECENT_MULTI_FACTOR,
      limit = "domain",
      action = "domain.check",
      problems = ProblemCode.NOT_FOUND)
  Recorded<DomainBody> check(Call call, Caller.Person caller, @PathVariable UUID domain) {
    return answered(domains.check(call, caller, new DomainId(domain)));
  }

  /** Gives the claim up, and with it what was proven. */
  @DeleteMapping("/v1/domains/{domain}")
  @Surface(
      summary = "Gives a domain up, and with it what was proven.",
      access = Access.TENANT,
      roles = Role.OWNER,
      assurance = Assurance.RECENT_MULTI_FACTOR,
      limit = "change",
      action = "domain.remove",
      problems = ProblemCode.NOT_FOUND)
  Recorded<DomainBody> remove(Call call, Caller.Person caller, @PathVariable UUID domain) {
    return answered(domains.remove(call, caller, new DomainId(domain)));
  }

  private static Recorded<DomainBody> answered(DomainChange change) {
    return switch (change) {
      case DomainChange.Done(var domain) -> body(domain);
      case DomainChange.Refused refused -> throw refused.refusal().thrown();
    };
  }

  private static Recorded<DomainBody> body(Recorded<DomainView> domain) {
    return domain.with(DomainBody.of(domain.body()));
  }
}
