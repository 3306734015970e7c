package dev.cofferdam.server.keyring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.protocol.crypto.CryptoProvider;
import dev.cofferdam.protocol.crypto.KeyAlgorithm;
import dev.cofferdam.protocol.crypto.Opening;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.tenancy.database.TestDatabase;
import dev.cofferdam.server.testing.MovableClock;
import java.security.Signature;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeyringTest {
  private static final byte[] AAD = "here".getBytes(UTF_8);
  private static final byte[] PLAINTEXT = "the combination is 12345".getBytes(UTF_8);

  private static TestDatabase database;
  private static RootKey root;
  private static TestKeyring server;

  private Scope.OfTenant tenant;
  private Ring data;

  @BeforeAll
  static void start() {
    database = TestDatabase.migrated();
    root = TestKeyring.rootKey();
    server = new TestKeyring(database, root, Clock.systemUTC(), new Sessions());
  }

  @AfterAll
  static void drop() {
    database.close();
  }

  @BeforeEach
  void newTenant() {
    tenant = TestKeyring.tenant();
    data = new Ring.OfTenant(tenant.tenant(), KeyPurpose.DATA);
    server.events.clear();
    server.heard = event -> {};
  }

  @ParameterizedTest
  @EnumSource(KeyPurpose.class)
  void everyPurposeHasAKeyThatDoesWhatItIsFor(KeyPurpose purpose) throws Exception {
    Ring ring = ring(purpose);
    try (RingKey made = in(ring, () -> server.keyring.active(ring));
        RingKey found = in(ring, () -> server.keyring.find(ring, made.info().id()).orElseThrow())) {
      assertThat(found.info()).isEqualTo(made.info());
      switch (purpose.kind()) {
        case ENCRYPTION -> assertThat(opens(found, made.seal(AAD, PLAINTEXT.clone()))).isTrue();
        case MAC -> {
          assertThat(found.verifiesMac(PLAINTEXT, made.mac(PLAINTEXT))).isTrue();
          assertThat(found.verifiesMac(AAD, made.mac(PLAINTEXT))).isFalse();
        }
        case SIGNATURE_ED25519 -> assertSigns(KeyAlgorithm.ED25519, made);
        case SIGNATURE_P256 -> assertSigns(KeyAlgorithm.P256, made);
      }
    }
  }

  @Test
  void theFirstUseOfARingMakesItsKeyAndSaysSo() {
    try (RingKey key = in(data, () -> server.keyring.active(data))) {
      assertThat(server.events).containsExactly(new KeyCreated(data, key.info()));
      assertThat(key.info().version()).isEqualTo(1);
    }
    server.events.clear();
    in(data, () -> server.keyring.active(data)).close();
    assertThat(server.events).isEmpty();
  }

  @Test
  void aRotatedKeyStillOpensAndMakesNothingNew() {
    byte[] sealed = sealed(data);
    KeyInfo before = in(data, () -> server.keyring.list(data)).getFirst();
    server.events.clear();

    Rotation rotation = in(data, () -> server.keyring.rotate(data, 1));

    KeyInfo active = in(data, () -> server.keyring.list(data)).getFirst();
    assertThat(rotation).isEqualTo(new Rotation.Rotated(active));
    assertThat(active.version()).isEqualTo(2);
    assertThat(server.events)
        .containsExactly(new KeyRotated(data, before, active, Optional.empty()));
    try (RingKey old = in(data, () -> server.keyring.find(data, before.id()).orElseThrow())) {
      assertThat(old.info().state()).isEqualTo(KeyState.VERIFYING_ONLY);
      assertThat(opens(old, sealed)).isTrue();
      assertThatThrownBy(() -> old.seal(AAD, PLAINTEXT.clone()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("is not active");
    }
  }

  @Test
  void aKeyThatSignsVouchesForItsSuccessorAndOnlyWhenItCanBeOpened() throws Exception {
    Ring checkpoint = new Ring.OfTenant(tenant.tenant(), KeyPurpose.CHECKPOINT);
    byte[] first = published(checkpoint);
    List<Optional<byte[]>> endorsements = new ArrayList<>();
    server.heard =
        event -> {
          if (event instanceof KeyRotated rotated) {
            Handover handover = rotated.handover().orElseThrow();
            endorsements.add(handover.signed(handover.successor()));
          }
        };

    in(checkpoint, () -> server.keyring.rotate(checkpoint, 1));
    byte[] second = published(checkpoint);
    TestKeyring.superuser(database)
        .sql(
            """
            update keyring.tenant_key set key_wrapped = sha256(key_wrapped)
             where tenant_id = :tenant and purpose = 'checkpoint' and state = 'active'
            """)
        .param("tenant", tenant.tenant().value())
        .update();
    in(checkpoint, () -> server.keyring.rotate(checkpoint, 2));

    assertThat(endorsements).hasSize(2);
    Signature verifier = CryptoProvider.jdk().signature(KeyAlgorithm.ED25519);
    verifier.initVerify(CryptoProvider.jdk().publicKey(KeyAlgorithm.ED25519, first));
    verifier.update(second);
    assertThat(verifier.verify(endorsements.getFirst().orElseThrow())).isTrue();
    assertThat(endorsements.getLast()).isEmpty();
  }

  private byte[] published(Ring ring) {
    try (RingKey key = in(ring, () -> server.keyring.active(ring))) {
      return key.publicKey().orElseThrow();
    }
  }

  @Test
  void rotatingOneRingTouchesNoOther() {
    Ring column = new Ring.OfTenant(tenant.tenant(), KeyPurpose.COLUMN);
    Scope.OfTenant other = TestKeyring.tenant();
    Ring foreign = new Ring.OfTenant(other.tenant(), KeyPurpose.DATA);
    sealed(data);
    sealed(column);
    sealed(foreign, other);

    in(data, () -> server.keyring.rotate(data, 1));

    assertThat(in(column, () -> server.keyring.list(column))).hasSize(1);
    assertThat(Scopes.call(other, () -> server.keyring.list(foreign))).hasSize(1);
  }

  @Test
  void aRetiredKeyOpensNothingAndADestroyedOneIsGone() {
    byte[] sealed = sealed(data);
    KeyInfo first = in(data, () -> server.keyring.list(data)).getFirst();
    assertThat(in(data, () -> server.keyring.retire(data, 1)))
        .isEqualTo(new Transition.StillActive(first));
    assertThat(in(data, () -> server.keyring.destroy(data, 1)))
        .isEqualTo(new Transition.StillActive(first));
    in(data, () -> server.keyring.rotate(data, 1));

    assertThat(in(data, () -> server.keyring.retire(data, 1))).isInstanceOf(Transition.Moved.class);
    assertThat(in(data, () -> server.keyring.find(data, first.id()))).isEmpty();
    assertThat(in(data, () -> server.keyring.retire(data, 1)))
        .isInstanceOf(Transition.AlreadyThere.class);
    assertThat(in(data, () -> server.keyring.destroy(data, 1)))
        .isInstanceOf(Transition.Moved.class);
    assertThat(in(data, () -> server.keyring.retire(data, 1)))
        .isInstanceOf(Transition.AlreadyThere.class);
    assertThat(in(data, () -> server.keyring.destroy(data, 7)))
        .isEqualTo(new Transition.NoSuchKey());

    assertThat(in(data, () -> server.keyring.list(data)))
        .as("the row stays")
        .extracting(KeyInfo::state)
        .containsExactly(KeyState.ACTIVE, KeyState.DESTROYED);
    try (RingKey active = in(data, () -> server.keyring.active(data))) {
      assertThat(active.open(AAD, sealed)).isEqualTo(new Opening.Refused());
    }
    assertThat(server.events)
        .extracting(event -> event.getClass().getSimpleName())
        .containsExactly("KeyCreated", "KeyRotated", "KeyRetired", "KeyDestroyed");
  }

  @Test
  void aDestroyedRingIsNotMadeAgain() {
    sealed(data);
    in(data, () -> server.keyring.rotate(data, 1));

    assertThat(in(data, () -> server.keyring.destroyAll(data)))
        .extracting(KeyInfo::state)
        .containsExactly(KeyState.DESTROYED, KeyState.DESTROYED);

    assertThatThrownBy(() -> in(data, () -> server.keyring.active(data)))
        .isInstanceOf(DestroyedRingException.class);
    assertThat(in(data, () -> server.keyring.rotate(data, 2)))
        .isEqualTo(new Rotation.NothingActive());
  }

  @Test
  void aRingThatWasNeverUsedCanBeDestroyedToo() {
    in(data, () -> server.keyring.destroyAll(data));
    assertThatThrownBy(() -> in(data, () -> server.keyring.active(data)))
        .isInstanceOf(DestroyedRingException.class);
  }

  @Test
  void whoCannotRecordARotationUndoesIt() {
    sealed(data);
    TestKeyring unrecorded = new TestKeyring(database, root, Clock.systemUTC());
    Keyring failing =
        new Keyring(
            unrecorded.jdbc,
            unrecorded.transactions,
            unrecorded.wrapping,
            event -> {
              throw new IllegalStateException("no record, no act");
            },
            Clock.systemUTC(),
            List.of());
    assertThatThrownBy(() -> in(data, () -> failing.rotate(data, 1)))
        .hasMessage("no record, no act");
    assertThat(in(data, () -> server.keyring.list(data)))
        .extracting(KeyInfo::state)
        .containsExactly(KeyState.ACTIVE);
  }

  @Test
  void ofManyRotationsOfOneVersionOneTakesPlace() throws Exception {
    sealed(data);
    TestKeyring second = new TestKeyring(database, root, Clock.systemUTC());
    List<Rotation> rotations = new ArrayList<>();
    for (int version = 1; version <= 5; version++) {
      int seen = version;
      rotations.addAll(
          atOnce(() -> server.keyring.rotate(data, seen), () -> second.keyring.rotate(data, seen)));
    }
    assertThat(rotations).filteredOn(Rotation.Rotated.class::isInstance).hasSize(5);
    assertThat(rotations).filteredOn(Rotation.Overtaken.class::isInstance).hasSize(5 * 7);
    assertThat(in(data, () -> server.keyring.list(data)))
        .extracting(KeyInfo::version)
        .containsExactly(6, 5, 4, 3, 2, 1);
  }

  @Test
  void manyFirstUsesAtOnceMakeOneKey() throws Exception {
    TestKeyring second = new TestKeyring(database, root, Clock.systemUTC());
    Callable<KeyId> one = () -> id(server.keyring.active(data));
    Callable<KeyId> other = () -> id(second.keyring.active(data));
    assertThat(Set.copyOf(atOnce(one, other))).hasSize(1);
  }

  @Test
  void sealingGoesOnWhileItIsRotated() throws Exception {
    sealed(data);
    Callable<Boolean> rotating =
        () -> {
          for (int version = 1; version <= 20; version++) {
            server.keyring.rotate(data, version);
          }
          return true;
        };
    Callable<Boolean> sealing =
        () -> {
          for (int i = 0; i < 50; i++) {
            byte[] sealed;
            KeyId id;
            try (RingKey key = server.keyring.active(data)) {
              sealed = key.seal(AAD, PLAINTEXT.clone());
              id = key.info().id();
            }
            try (RingKey key = server.keyring.find(data, id).orElseThrow()) {
              if (!opens(key, sealed)) {
                return false;
              }
            }
          }
          return true;
        };
    assertThat(atOnce(rotating, sealing)).doesNotContain(false);
  }

  @Test
  void aPreviewCountsWhatDiesAndChangesNothing() {
    Ring sessions = new Ring.OfPlatform(KeyPurpose.SESSION);
    in(sessions, () -> server.keyring.active(sessions)).close();
    server.events.clear();

    BlastRadius radius = in(sessions, () -> server.keyring.preview(sessions));

    assertThat(radius.live()).containsExactly(new KeyUsage.Artefacts("sessions", 41));
    assertThat(radius.keys()).hasSize(1);
    assertThat(radius.diesWithIt()).isEqualTo("browser sessions");
    assertThat(server.events).isEmpty();
    Ring csrf = new Ring.OfPlatform(KeyPurpose.CSRF);
    assertThat(in(csrf, () -> server.keyring.preview(csrf)).live())
        .as("another purpose's artefacts are not counted")
        .isEmpty();
  }

  @Test
  void aRingOfAnotherScopeIsRefused() {
    Scope.OfTenant other = TestKeyring.tenant();
    for (Scope scope : List.of(other, TestKeyring.PLATFORM)) {
      assertThatThrownBy(() -> Scopes.call(scope, () -> server.keyring.active(data)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("is not in scope");
    }
    Ring session = new Ring.OfPlatform(KeyPurpose.SESSION);
    assertThatThrownBy(() -> Scopes.call(tenant, () -> server.keyring.active(session)))
        .hasMessageContaining("is not in scope");
    assertThatThrownBy(() -> new Ring.OfPlatform(KeyPurpose.DATA))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void timesComeFromTheClock() {
    MovableClock clock = new MovableClock(Instant.parse("2030-01-02T03:04:05Z"));
    TestKeyring timed = new TestKeyring(database, root, clock);
    KeyInfo made = Scopes.call(tenant, () -> id2(timed.keyring.active(data)));
    assertThat(made.createdAt()).isEqualTo(clock.instant());
  }

  private static KeyInfo id2(RingKey key) {
    try (key) {
      return key.info();
    }
  }

  private static KeyId id(RingKey key) {
    try (key) {
      return key.info().id();
    }
  }

  private <T> List<T> atOnce(Callable<? extends T> one, Callable<? extends T> other)
      throws Exception {
    List<Callable<T>> calls = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      calls.add(() -> Scopes.call(tenant, one::call));
      calls.add(() -> Scopes.call(tenant, other::call));
    }
    List<T> results = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var result : threads.invokeAll(calls)) {
        results.add(result.get());
      }
    }
    return results;
  }

  private byte[] sealed(Ring ring) {
    return sealed(ring, tenant);
  }

  private static byte[] sealed(Ring ring, Scope scope) {
    try (RingKey key = Scopes.call(scope, () -> server.keyring.active(ring))) {
      return key.seal(AAD, PLAINTEXT.clone());
    }
  }

  private Ring ring(KeyPurpose purpose) {
    return switch (purpose.holder()) {
      case PLATFORM -> new Ring.OfPlatform(purpose);
      case TENANT -> new Ring.OfTenant(tenant.tenant(), purpose);
      case SUBJECT -> new Ring.OfSubject(tenant.tenant(), UUID.randomUUID(), purpose);
    };
  }

  private <T> T in(Ring ring, Supplier<T> work) {
    Scope scope = ring instanceof Ring.OfPlatform ? TestKeyring.PLATFORM : tenant;
    return Scopes.call(scope, work::get);
  }

  private static boolean opens(RingKey key, byte[] sealed) {
    return switch (key.open(AAD, sealed)) {
      case Opening.Opened opened -> opened.plaintext().matches(PLAINTEXT);
      case Opening.Refused refused -> false;
    };
  }

  private static void assertSigns(KeyAlgorithm algorithm, RingKey key) throws Exception {
    byte[] signature = key.sign(PLAINTEXT);
    Signature verifier = CryptoProvider.jdk().signature(algorithm);
    verifier.initVerify(CryptoProvider.jdk().publicKey(algorithm, key.publicKey().orElseThrow()));
    verifier.update(PLAINTEXT);
    assertThat(verifier.verify(signature)).as("the JDK verifies what is signed").isTrue();
  }

  /** A module that has sessions. */
  private static final class Sessions implements KeyUsage {
    @Override
    public Set<KeyPurpose> purposes() {
      return Set.of(KeyPurpose.SESSION);
    }

    @Override
    public List<Artefacts> live(Ring ring) {
      return List.of(new Artefacts("sessions", 41));
    }

    @Override
    public List<Artefacts> live(Ring ring, Reign reign) {
      return List.of(new Artefacts("sessions", reign.until().equals(EVER) ? 30 : 11));
    }
  }
}
