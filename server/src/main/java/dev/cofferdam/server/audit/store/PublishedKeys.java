package dev.cofferdam.server.audit.store;

import dev.cofferdam.protocol.crypto.Ed25519;
import dev.cofferdam.protocol.log.NoteKey;
import dev.cofferdam.server.audit.LogId;
import dev.cofferdam.server.keyring.KeyInfo;
import dev.cofferdam.server.keyring.KeyPurpose;
import dev.cofferdam.server.keyring.Keyring;
import dev.cofferdam.server.keyring.Ring;
import dev.cofferdam.server.keyring.RingKey;
import dev.cofferdam.server.tenancy.Purpose;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.tenancy.TenantGate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The public halves of the keys that sign a log's checkpoints. Each is opened to be read: a public
 * key that somebody replaced in the database does not open.
 */
public final class PublishedKeys {
  private static final Scope PLATFORM = new Scope.OfPlatform(new Purpose("keyring"));

  private final Keyring keyring;
  private final TenantGate gate;

  public PublishedKeys(Keyring keyring, TenantGate gate) {
    this.keyring = keyring;
    this.gate = gate;
  }

  /**
   * A key of a log's ring, with its public half as long as it counts.
   *
   * @param version 1 for the first of the ring
   * @param state {@code active}, {@code verifying_only}, {@code retired} or {@code destroyed}
   * @param since when it came into that state
   * @param key empty once it verifies nothing any more
   */
  public record Known(
      int version, String state, Instant createdAt, Instant since, Optional<NoteKey> key) {}

  /**
   * The keys that may have signed for {@code log}, the newest first; none when its tenant is gone
   * or its keys are destroyed.
   *
   * @param origin under which they sign
   * @throws dev.cofferdam.server.keyring.UnreadableKeyException when one was tampered with
   */
  public List<NoteKey> of(LogId log, String origin) {
    return history(log, origin).stream().flatMap(known -> known.key().stream()).toList();
  }

  /**
   * All keys that {@code log} has had, the newest first; none when its tenant is gone.
   *
   * @param origin under which they sign
   * @throws dev.cofferdam.server.keyring.UnreadableKeyException when one was tampered with
   */
  public List<Known> history(LogId log, String origin) {
    return switch (log) {
      case LogId.OfPlatform platform ->
          Scopes.call(
              PLATFORM, () -> keys(new Ring.OfPlatform(KeyPurpose.PLATFORM_CHECKPOINT), origin));
      case LogId.OfTenant tenant -> {
        Optional<Scope.OfTenant> scope = gate.scopeOf(tenant.tenant());
        yield scope.isEmpty()
            ? List.of()
            : Scopes.call(
                scope.get(),
                () -> keys(new Ring.OfTenant(tenant.tenant(), KeyPurpose.CHECKPOINT), origin));
      }
    };
  }

  private List<Known> keys(Ring ring, String origin) {
    List<Known> keys = new ArrayList<>();
    for (KeyInfo info : keyring.list(ring)) {
      Optional<NoteKey> key =
          info.state().verifies()
              ? keyring.find(ring, info.id()).map(found -> published(found, origin))
              : Optional.empty();
      keys.add(
          new Known(
              info.version(),
              info.state().name().toLowerCase(Locale.ROOT),
              info.createdAt(),
              info.since(),
              key));
    }
    return keys;
  }

  private static NoteKey published(RingKey key, String origin) {
    try (key) {
      byte[] encoded =
          key.publicKey().orElseThrow(() -> new IllegalStateException(key + " has no public half"));
      return NoteKey.of(origin, NoteKey.Use.NOTE, Ed25519.raw(encoded));
    }
  }
}
