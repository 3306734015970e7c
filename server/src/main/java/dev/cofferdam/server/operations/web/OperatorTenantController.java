package dev.cofferdam.server.operations.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.cofferdam.server.operations.OperatedTenants;
import dev.cofferdam.server.operations.Operation;
import dev.cofferdam.server.surface.Access;
import dev.cofferdam.server.surface.Assurance;
import dev.cofferdam.server.surface.Page;
import dev.cofferdam.server.surface.PageRequest;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.Refusal;
import dev.cofferdam.server.surface.Surface;
import dev.cofferdam.server.tenancy.StatedReason;
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.tenancy.TenantListing;
import dev.cofferdam.server.tenancy.TenantState;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Tenants, as operators see and close them. */
@RestController
class OperatorTenantController {
  private final OperatedTenants tenants;

  OperatorTenantController(OperatedTenants tenants) {
    this.tenants = tenants;
  }

  /** Why, as the tenant's people will read it. */
  record Stated(String reason) {}

  /**
   * A tenant from outside: every field that an operator is shown (docs/adr/0049).
   *
   * @param placementFailure the migration of its own schema that failed, if one did
   * @param changedAt when its name or state last changed
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record OperatedTenant(
      UUID tenantId,
      String slug,
      String name,
      String state,
      String placement,
      @Nullable String placementFailure,
      Instant createdAt,
      Instant changedAt) {
    static OperatedTenant of(TenantListing listing) {
      return new OperatedTenant(
          listing.tenant().value(),
          listing.slug().text(),
          listing.name(),
          word(listing.state()),
          word(listing.placement()),
          listing.placementFailure().orElse(null),
          listing.createdAt(),
          listing.changedAt());
    }
  }

  /**
   * The tenants, the oldest first.
   *
   * @param state of which they are
   * @param slug the one that has this short name, or one that could be taken for it
   */
  @GetMapping("/v1/operator/tenants")
  @Surface(
      summary = "Lists the tenants of the platform, for operators.",
      access = Access.OPERATOR,
      assurance = Assurance.MULTI_FACTOR,
      limit = "operate",
      action = "tenant.list",
      sensitive = true,
      problems = ProblemCode.INVALID_FIELD)
  Page<OperatedTenant> list(
      PageRequest page,
      @RequestParam(required = false) @Nullable String state,
      @RequestParam(required = false) @Nullable String slug) {
    Optional<TenantState> only =
        Optional.ofNullable(state).map(OperatorTenantController::stateNamed);
    Page<TenantListing> found =
        slug == null
            ? tenants.list(page, only)
            : new Page<>(
                tenants.named(slug).stream()
                    .filter(one -> only.isEmpty() || only.get() == one.state())
                    .toList(),
                null);
    List<OperatedTenant> items = found.items().stream().map(OperatedTenant::of).toList();
    return new Page<>(items, found.last());
  }

  @GetMapping("/v1/operator/tenants/{tenant}")
  @Surface(
      summary = "Reads what an operator may know of one tenant.",
      access = Access.OPERATOR,
      assurance = Assurance.MULTI_FACTOR,
      limit = "operate",
      action = "tenant.inspect",
      sensitive = true,
      problems = ProblemCode.NOT_FOUND)
  OperatedTenant read(@PathVariable UUID tenant) {
    return tenants
        .find(new TenantId(tenant))
        .map(OperatedTenant::of)
        .orElseThrow(() -> Refusal.notFound().thrown());
  }

  /** Closes the tenant to its people, within a second, until it is resumed. */
  @PostMapping("/v1/operator/tenants/{tenant}/suspend")
  @Surface(
      summary = "Suspends a tenant.",
      access = Access.OPERATOR,
      assurance = Assurance.RECENT_MULTI_FACTOR,
      limit = "operate",
      action = "tenant.suspend",
      problems = {ProblemCode.NOT_FOUND, ProblemCode.CONFLICT, ProblemCode.INVALID_FIELD})
  Recorded<OperatedTenant> suspend(@PathVariable UUID tenant, @RequestBody Stated stated) {
    return answered(tenants.suspend(new TenantId(tenant), reason(stated)));
  }

  /** Opens a suspended tenant to its people again. */
  @PostMapping("/v1/operator/tenants/{tenant}/resume")
  @Surface(
      summary = "Resumes a suspended tenant.",
      access = Access.OPERATOR,
      assurance = Assurance.RECENT_MULTI_FACTOR,
      limit = "operate",
      action = "tenant.resume",
      problems = {ProblemCode.NOT_FOUND, ProblemCode.CONFLICT, ProblemCode.INVALID_FIELD})
  Recorded<OperatedTenant> resume(@PathVariable UUID tenant, @RequestBody Stated stated) {
    return answered(tenants.resume(new TenantId(tenant), reason(stated)));
  }

  private static Recorded<OperatedTenant> answered(Operation operation) {
    return switch (operation) {
      case Operation.Done(Recorded<TenantListing> tenant) ->
          tenant.with(OperatedTenant.of(tenant.body()));
      case Operation.NoWay(TenantState from) ->
          throw Refusal.of(ProblemCode.CONFLICT).because(word(from)).thrown();
      case Operation.Unknown unknown -> throw Refusal.notFound().thrown();
    };
  }

  private static StatedReason reason(Stated stated) {
    return StatedReason.of(stated.reason()).orElseThrow(() -> Refusal.invalid("reason").thrown());
  }

  private static TenantState stateNamed(String text) {
    return Arrays.stream(TenantState.values())
        .filter(one -> word(one).equals(text))
        .findFirst()
        .orElseThrow(() -> Refusal.invalid("state").thrown());
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
