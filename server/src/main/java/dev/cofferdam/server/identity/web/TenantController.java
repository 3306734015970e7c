package dev.cofferdam.server.identity.web;

import dev.cofferdam.server.identity.NewTenant;
import dev.cofferdam.server.identity.SignUp;
import dev.cofferdam.server.identity.SignUpOutcome;
import dev.cofferdam.server.identity.TenantCard;
import dev.cofferdam.server.surface.Access;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.ETag;
import dev.cofferdam.server.surface.IfMatch;
import dev.cofferdam.server.surface.Once;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.Refusal;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.surface.Surface;
import dev.cofferdam.server.surface.TokenScope;
import dev.cofferdam.server.surface.Versioned;
import dev.cofferdam.server.tenancy.TenantName;
import dev.cofferdam.server.tenancy.TenantProfile;
import java.time.Instant;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Signing up, and the tenant that one works in. */
@RestController
class TenantController {
  private final SignUp signUp;
  private final TenantCard card;

  TenantController(SignUp signUp, TenantCard card) {
    this.signUp = signUp;
    this.card = card;
  }

  /** A tenant that somebody wants. */
  record Wanted(String slug, String name) {}

  /** Another name. */
  record Renaming(String name) {}

  /** A tenant as its people see it. */
  record TenantBody(UUID tenantId, String slug, String name, String state, Instant createdAt) {
    static TenantBody of(TenantProfile profile) {
      return new TenantBody(
          profile.tenant().value(),
          profile.slug().text(),
          profile.name(),
          Names.of(profile.state()),
          profile.createdAt());
    }
  }

  @PostMapping("/v1/tenants")
  @ResponseStatus(HttpStatus.CREATED)
  @Surface(
      summary = "Founds a tenant, with the caller as its owner.",
      access = Access.PERSON,
      limit = "sign-up",
      action = "tenant.create",
      problems = {
        ProblemCode.NAME_TAKEN,
        ProblemCode.INVALID_FIELD,
        ProblemCode.ADDRESS_NOT_ALLOWED,
        ProblemCode.QUOTA_REACHED
      })
  Recorded<NewTenant> create(
      Call call, Caller.Person caller, Once once, @RequestBody Wanted wanted) {
    return switch (signUp.found(call, caller, wanted.slug(), name(wanted.name()), once)) {
      case SignUpOutcome.Founded(var tenant) -> tenant;
      case SignUpOutcome.SlugTaken taken ->
          throw Refusal.of(ProblemCode.NAME_TAKEN).at("slug").thrown();
      case SignUpOutcome.AddressNotAllowed no ->
          throw Refusal.of(ProblemCode.ADDRESS_NOT_ALLOWED).thrown();
      case SignUpOutcome.TooMany many -> throw Refusal.of(ProblemCode.QUOTA_REACHED).thrown();
      case SignUpOutcome.SlugRefused refused -> throw Refusal.invalid("slug").thrown();
    };
  }

  @GetMapping("/v1/tenant")
  @Surface(
      summary = "Reads the tenant that the session works in.",
      access = Access.TENANT,
      limit = "read",
      action = "tenant.read",
      scope = TokenScope.TENANT_READ,
      emergency = true)
  Versioned<TenantBody> read() {
    return versioned(card.read());
  }

  @PatchMapping("/v1/tenant")
  @Surface(
      summary = "Renames the tenant.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN},
      limit = "change",
      action = "tenant.rename",
      problems = {ProblemCode.PRECONDITION_FAILED, ProblemCode.INVALID_FIELD})
  Recorded<Versioned<TenantBody>> rename(
      Call call, Caller.Person caller, IfMatch read, @RequestBody Renaming renaming) {
    Recorded<TenantProfile> renamed =
        card.rename(call, caller, name(renaming.name()), read)
            .orElseThrow(() -> Refusal.of(ProblemCode.PRECONDITION_FAILED).thrown());
    return renamed.with(versioned(renamed.body()));
  }

  private static TenantName name(String text) {
    return TenantName.of(text).orElseThrow(() -> Refusal.invalid("name").thrown());
  }

  private static Versioned<TenantBody> versioned(TenantProfile profile) {
    return new Versioned<>(ETag.ofVersion(profile.version()), TenantBody.of(profile));
  }
}
