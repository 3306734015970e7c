package dev.cofferdam.server.rotation.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.cofferdam.server.keyring.KeyPurpose;
import dev.cofferdam.server.rotation.Beginning;
import dev.cofferdam.server.rotation.HeldUp;
import dev.cofferdam.server.rotation.KeyRun;
import dev.cofferdam.server.rotation.KeyRuns;
import dev.cofferdam.server.rotation.Preview;
import dev.cofferdam.server.rotation.Rings;
import dev.cofferdam.server.surface.Access;
import dev.cofferdam.server.surface.Assurance;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.ETag;
import dev.cofferdam.server.surface.IfMatch;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.Refusal;
import dev.cofferdam.server.surface.Surface;
import dev.cofferdam.server.surface.Versioned;
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

/** Rotations: seen beforehand, begun, and followed. */
@RestController
class RotationController {
  private static final int MOST = 50;

  private final Rings rings;
  private final KeyRuns runs;

  RotationController(Rings rings, KeyRuns runs) {
    this.rings = rings;
    this.runs = runs;
  }

  /**
   * What a rotation would do.
   *
   * @param rings how many it turns
   * @param announcedSeconds for how long the next key is announced before it makes anything
   * @param agesOut what was made with the older keys, and ages out: nothing else does
   * @param overlapSeconds for how long an older key still verifies or opens what it made
   * @param sealedAnew what is moved to the new keys, so that nothing of it ages out
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record BlastRadius(
      String purpose,
      @Nullable UUID tenantId,
      String makes,
      long rings,
      long announcedSeconds,
      List<KeyController.Counted> agesOut,
      long overlapSeconds,
      List<KeyController.Counted> sealedAnew) {
    static BlastRadius of(Preview preview) {
      return new BlastRadius(
          preview.purpose().label(),
          preview.only().map(TenantId::value).orElse(null),
          preview.purpose().diesWithIt(),
          preview.rings(),
          preview.announced().toSeconds(),
          KeyController.Counted.of(preview.agesOut()),
          preview.overlap().toSeconds(),
          KeyController.Counted.of(preview.sealedAnew()));
    }
  }

  /**
   * What is to be rotated, and why.
   *
   * @param tenantId one tenant's ring alone; those of all when absent
   * @param urgent whether the next key takes over before everybody knows of it; no when absent
   */
  record Wanted(@Nullable UUID tenantId, @Nullable Boolean urgent, String reason) {}

  /**
   * A rotation.
   *
   * @param rings how many have a key of it, of the tenants that are done with
   * @param cells how much of what is sealed at rest lies under these keys
   * @param unopenable how much of it did not open, and lies where it lay
   * @param resumed how often a server took it over from one that died
   * @param heldUpBy the tenant whose rings cannot be turned, where that is why it does not go on
   * @param heldUpSince since when something keeps it from going on
   * @param heldUpCode what: `unreadable_key`, or `failed`, of which the server's log says more
   * @param endedAt when it was done; absent while it goes on
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record RotationBody(
      UUID id,
      String purpose,
      @Nullable UUID tenantId,
      boolean urgent,
      String reason,
      UUID begunBy,
      Instant begunAt,
      @Nullable UUID doneTo,
      long rings,
      long cells,
      long unopenable,
      int resumed,
      @Nullable UUID heldUpBy,
      @Nullable Instant heldUpSince,
      @Nullable String heldUpCode,
      @Nullable Instant endedAt) {
    static RotationBody of(KeyRun run) {
      return new RotationBody(
          run.id(),
          run.purpose().label(),
          run.only().map(TenantId::value).orElse(null),
          run.urgent(),
          run.reason(),
          run.begunBy().value(),
          run.begunAt(),
          run.doneTo().map(TenantId::value).orElse(null),
          run.rings(),
          run.cells(),
          run.spoilt(),
          run.resumed(),
          run.heldUp().flatMap(HeldUp::by).map(TenantId::value).orElse(null),
          run.heldUp().map(HeldUp::since).orElse(null),
          run.heldUp().map(by -> by.code().name().toLowerCase(Locale.ROOT)).orElse(null),
          run.endedAt().orElse(null));
    }
  }

  record Rotations(List<RotationBody> rotations) {}

  /**
   * What hangs on the rings of a purpose. The entity tag is what a rotation has to show.
   *
   * @param tenant one tenant's ring alone; those of all when absent
   */
  @GetMapping("/v1/operator/keys/{purpose}/preview")
  @Surface(
      summary = "Says what a rotation of a purpose's keys would do, and does nothing.",
      access = Access.OPERATOR,
      assurance = Assurance.MULTI_FACTOR,
      limit = "operate",
      action = "rotation.preview",
      sensitive = true,
      problems = ProblemCode.NOT_FOUND)
  Versioned<BlastRadius> preview(
      @PathVariable String purpose, @RequestParam(required = false) @Nullable UUID tenant) {
    KeyPurpose known = KeyController.purpose(purpose);
    Optional<TenantId> only = Optional.ofNullable(tenant).map(TenantId::new);
    if (only.isPresent() && known.holder() == KeyPurpose.Holder.PLATFORM) {
      throw Refusal.notFound().thrown();
    }
    Preview preview = rings.preview(known, only);
    return new Versioned<>(new ETag(preview.seen()), BlastRadius.of(preview));
  }

  /** Begins a rotation, which goes on by itself, on whichever server. */
  @PostMapping("/v1/operator/keys/{purpose}/rotate")
  @Surface(
      summary = "Begins to rotate the keys of one purpose.",
      access = Access.OPERATOR,
      assurance = Assurance.RECENT_MULTI_FACTOR,
      limit = "operate",
      action = "rotation.begin",
      problems = {
        ProblemCode.NOT_FOUND,
        ProblemCode.CONFLICT,
        ProblemCode.INVALID_FIELD,
        ProblemCode.PRECONDITION_FAILED
      })
  Recorded<RotationBody> rotate(
      Call call,
      Caller.Operator caller,
      @PathVariable String purpose,
      IfMatch seen,
      @RequestBody Wanted wanted) {
    KeyRuns.Wish wish =
        new KeyRuns.Wish(
            KeyController.purpose(purpose),
            Optional.ofNullable(wanted.tenantId()).map(TenantId::new),
            Boolean.TRUE.equals(wanted.urgent()),
            KeyController.reason(wanted.reason()));
    return switch (runs.begin(call, caller, wish, seen)) {
      case Beginning.Begun(Recorded<KeyRun> run) -> run.with(RotationBody.of(run.body()));
      case Beginning.GoingOn goingOn ->
          throw Refusal.of(ProblemCode.CONFLICT).because("going_on").thrown();
      case Beginning.Outdated outdated ->
          throw Refusal.of(ProblemCode.PRECONDITION_FAILED).thrown();
      case Beginning.NoSuchRing none -> throw Refusal.notFound().thrown();
    };
  }

  /** The newest fifty, the newest first. */
  @GetMapping("/v1/operator/rotations")
  @Surface(
      summary = "Lists the newest rotations of keys.",
      access = Access.OPERATOR,
      assurance = Assurance.MULTI_FACTOR,
      limit = "operate",
      action = "rotation.list")
  Rotations newest() {
    return new Rotations(runs.newest(MOST).stream().map(RotationBody::of).toList());
  }

  @GetMapping("/v1/operator/rotations/{rotation}")
  @Surface(
      summary = "Reads how far a rotation is.",
      access = Access.OPERATOR,
      assurance = Assurance.MULTI_FACTOR,
      limit = "operate",
      action = "rotation.read",
      problems = ProblemCode.NOT_FOUND)
  RotationBody read(@PathVariable UUID rotation) {
    return runs.find(rotation).map(RotationBody::of).orElseThrow(() -> Refusal.notFound().thrown());
  }
}
