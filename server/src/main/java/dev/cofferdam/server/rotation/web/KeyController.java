package dev.cofferdam.server.rotation.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.cofferdam.server.keyring.KeyInfo;
import dev.cofferdam.server.keyring.KeyPurpose;
import dev.cofferdam.server.keyring.KeyUsage;
import dev.cofferdam.server.keyring.Ring;
import dev.cofferdam.server.rotation.Ending;
import dev.cofferdam.server.rotation.KeyEndings;
import dev.cofferdam.server.rotation.RingView;
import dev.cofferdam.server.rotation.Rings;
import dev.cofferdam.server.surface.Access;
import dev.cofferdam.server.surface.Assurance;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.Refusal;
import dev.cofferdam.server.surface.Surface;
import dev.cofferdam.server.tenancy.StatedReason;
import dev.cofferdam.server.tenancy.TenantId;
import java.time.Instant;
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

/** Keys and what hangs on each, and their end. */
@RestController
class KeyController {
  private final Rings rings;
  private final KeyEndings endings;

  KeyController(Rings rings, KeyEndings endings) {
    this.rings = rings;
    this.endings = endings;
  }

  /**
   * How many of one sort.
   *
   * @param what in words, plural
   */
  record Counted(String what, long count) {
    static List<Counted> of(List<KeyUsage.Artefacts> sorts) {
      return sorts.stream().map(sort -> new Counted(sort.what(), sort.count())).toList();
    }
  }

  /**
   * A key, without the key.
   *
   * @param since when it came into its state
   * @param dueAt when it is to be rotated, of the active one
   * @param neededBy what still needs it, as far as that is counted
   * @param neededUntil until when something may need it that nobody counts
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Key(
      UUID id,
      int version,
      String state,
      Instant createdAt,
      Instant since,
      @Nullable Instant dueAt,
      List<Counted> neededBy,
      @Nullable Instant neededUntil,
      boolean mayBeDestroyed) {
    static Key of(RingView.KeyView view) {
      KeyInfo key = view.key();
      return new Key(
          key.id().value(),
          key.version(),
          key.state().name().toLowerCase(Locale.ROOT),
          key.createdAt(),
          key.since(),
          view.due().orElse(null),
          Counted.of(view.needs()),
          view.neededUntil().orElse(null),
          view.mayGo());
    }
  }

  /**
   * The keys of one purpose and holder.
   *
   * @param makes what hangs on them, in words
   * @param keys the newest first
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record KeyRing(String purpose, @Nullable UUID tenantId, String makes, List<Key> keys) {
    static KeyRing of(RingView view) {
      return new KeyRing(
          view.ring().purpose().label(),
          view.ring() instanceof Ring.OfTenant tenant ? tenant.tenant().value() : null,
          view.ring().purpose().diesWithIt(),
          view.keys().stream().map(Key::of).toList());
    }
  }

  record KeyRings(List<KeyRing> rings) {}

  /**
   * What is to end.
   *
   * @param tenantId whose key it is, where the purpose has keys of tenants
   * @param confirm the purpose and the version as they stand in the address, such as {@code
   *     session/3}
   */
  record KeyEnd(@Nullable UUID tenantId, String reason, String confirm) {}

  /**
   * The rings that were ever used, with what needs each key.
   *
   * @param tenant whose rings; the platform's own when absent
   */
  @GetMapping("/v1/operator/keys")
  @Surface(
      summary = "Lists the key rings of the platform, or of one tenant.",
      access = Access.OPERATOR,
      assurance = Assurance.MULTI_FACTOR,
      limit = "operate",
      action = "key.list",
      sensitive = true)
  KeyRings list(@RequestParam(required = false) @Nullable UUID tenant) {
    List<RingView> found =
        tenant == null ? rings.ofPlatform() : rings.ofTenant(new TenantId(tenant));
    return new KeyRings(found.stream().map(KeyRing::of).toList());
  }

  /** Destroys a key for good that nothing needs any more; the list says what does. */
  @PostMapping("/v1/operator/keys/{purpose}/{version}/destroy")
  @Surface(
      summary = "Destroys a key that was rotated away and that nothing needs any more.",
      access = Access.OPERATOR,
      assurance = Assurance.RECENT_MULTI_FACTOR,
      limit = "operate",
      action = "key.destroy",
      problems = {ProblemCode.NOT_FOUND, ProblemCode.CONFLICT, ProblemCode.INVALID_FIELD})
  Recorded<KeyRing> destroy(
      Call call,
      Caller.Operator caller,
      @PathVariable String purpose,
      @PathVariable int version,
      @RequestBody KeyEnd end) {
    KeyEndings.Which which = confirmed(purpose, version, end);
    return answered(endings.destroy(call, caller, which, reason(end.reason())));
  }

  /** Has a key that was rotated away verify no more, before its time is over. */
  @PostMapping("/v1/operator/keys/{purpose}/{version}/retire")
  @Surface(
      summary = "Ends at once what a key still verifies that was rotated away.",
      access = Access.OPERATOR,
      assurance = Assurance.RECENT_MULTI_FACTOR,
      limit = "operate",
      action = "key.retire",
      problems = {ProblemCode.NOT_FOUND, ProblemCode.CONFLICT, ProblemCode.INVALID_FIELD})
  Recorded<KeyRing> retire(
      Call call,
      Caller.Operator caller,
      @PathVariable String purpose,
      @PathVariable int version,
      @RequestBody KeyEnd end) {
    KeyEndings.Which which = confirmed(purpose, version, end);
    return answered(endings.retire(call, caller, which, reason(end.reason())));
  }

  private static Recorded<KeyRing> answered(Ending ending) {
    return switch (ending) {
      case Ending.Ended(Recorded<RingView> ring) -> ring.with(KeyRing.of(ring.body()));
      case Ending.Needed needed ->
          throw Refusal.of(ProblemCode.CONFLICT).because("needed").thrown();
      case Ending.NoWay noWay -> throw Refusal.of(ProblemCode.CONFLICT).because("state").thrown();
      case Ending.Unknown unknown -> throw Refusal.notFound().thrown();
    };
  }

  private static KeyEndings.Which confirmed(String purpose, int version, KeyEnd end) {
    KeyPurpose known = purpose(purpose);
    if (!(known.label() + "/" + version).equals(end.confirm())) {
      throw Refusal.invalid("confirm").thrown();
    }
    return new KeyEndings.Which(
        known, Optional.ofNullable(end.tenantId()).map(TenantId::new), version);
  }

  static KeyPurpose purpose(String label) {
    try {
      return KeyPurpose.of(label);
    } catch (IllegalArgumentException none) {
      throw Refusal.notFound().thrown();
    }
  }

  static StatedReason reason(String given) {
    return StatedReason.of(given).orElseThrow(() -> Refusal.invalid("reason").thrown());
  }
}
