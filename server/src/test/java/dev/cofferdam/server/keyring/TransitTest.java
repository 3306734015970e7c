package dev.cofferdam.server.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.server.keyring.RootKey.IfAbsent;
import dev.cofferdam.server.keyring.TransitDouble.Answer;
import dev.cofferdam.server.testing.Certificates;
import dev.cofferdam.server.testing.MovableClock;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract against a server of our own, and what only such a one can be made to do. */
class TransitTest extends TransitContract {
  private final TransitDouble service = TransitDouble.plain();

  @AfterEach
  void stop() {
    service.close();
  }

  @Override
  String origin() {
    return service.origin();
  }

  @Override
  String token() {
    return TransitDouble.TOKEN;
  }

  @Override
  void rotate() {
    service.rotate();
  }

  @Override
  void require(int version) {
    service.require(version);
  }

  @Test
  void whatIsOpenStaysOpenWhenTheServiceIsAwayAndAStartSaysSo() {
    try (RootKey root = RootKey.open(source(), IfAbsent.CREATE)) {
      service.close();

      assertThat(root.rolePassword("cofferdam_app")).hasSize(43);
      assertRefused(source(), service.origin(), "cannot be used", "unreachable");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          503 | {"errors":["Vault is sealed"]} | it is sealed or not ready
          404 | {"errors":[]}                  | no transit engine
          302 |                                | nothing that can be used
          200 | <html>                         | something else
          200 | {"data":{}}                    | something else
          200 | {"data":{"plaintext":"?"}}     | something else
          200 | {"data":{"plaintext":"AAAA"}}  | something else than the root key
          """)
  void whatIsNoAnswerOpensNothing(int status, @Nullable String body, String words) {
    RootKey.open(source(), IfAbsent.CREATE).close();
    service.answers(new Answer(status, body == null ? "" : body));

    assertRefused(source(), words);
  }

  @Test
  void aKeyThatNobodyDrewIsNoneHoweverItWasWrapped() {
    RootKey.open(source(), IfAbsent.CREATE).close();
    service.answers(new Answer(200, "{\"data\":{\"plaintext\":\"" + "A".repeat(43) + "=\"}}"));

    assertRefused(source(), "something else than the root key");
  }

  @Test
  void nothingIsMadeOfWhatTheServiceDoesNotWrap() {
    service.answers(new Answer(200, "{\"data\":{\"ciphertext\":\"the key itself\"}}"));

    assertThatThrownBy(() -> RootKey.open(source(), IfAbsent.CREATE))
        .isInstanceOf(KeyringRefusedException.class);
    assertThat(wrapped).doesNotExist();
  }

  @Test
  void aTokenThatOthersMayReadIsNotShown() throws IOException {
    RootKey.open(source(), IfAbsent.CREATE).close();
    WrappedRootKey source = source();
    int before = service.asked().size();
    Files.setPosixFilePermissions(
        folder.resolve("token"), PosixFilePermissions.fromString("rw-r-----"));

    assertRefused(source, "the token of the key service is refused", "chmod 600");
    assertThat(service.asked()).hasSize(before);
  }

  @Test
  void theServiceIsBelievedOnlyByACertificateOfAnAuthorityThatIsNamed() throws Exception {
    Certificates authority = new Certificates(folder.resolve("ca.p12"));
    Path roots = authority.root();
    try (TransitDouble secured = TransitDouble.secured(authority.serving("localhost"))) {
      TransitSettings unnamed = settings(secured.origin(), TransitDouble.TOKEN);
      TransitSettings named =
          new TransitSettings(
              unnamed.address(), "transit", "cofferdam", unnamed.tokenFile(), null, roots);

      assertThatThrownBy(() -> RootKey.open(new WrappedRootKey(wrapped, unnamed), IfAbsent.CREATE))
          .isInstanceOf(KeyringRefusedException.class)
          .hasMessageContaining("vouches for its certificate");
      assertThat(secured.asked()).isEmpty();
      RootKey.open(new WrappedRootKey(wrapped, named), IfAbsent.CREATE).close();
      assertThat(wrapped).exists();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://bao.example.com:8200",
        "ftp://localhost",
        "https://bao.example.com/v1",
        "https://user@bao.example.com",
        "https://bao.example.com?x=y"
      })
  void aServiceIsNamedByItsOriginAndEncryptedOffThisMachine(String address) {
    assertThatThrownBy(() -> settings(address, TransitDouble.TOKEN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("cofferdam.keyring.transit.address");
  }

  @Test
  void theSettingsNameOnePlaceAndAllOfIt() {
    TransitSettings none = new TransitSettings(null, "transit", "cofferdam", null, null, null);
    TransitSettings all = settings(origin(), TransitDouble.TOKEN);
    KeyringSettings file = new KeyringSettings(folder.resolve("root.key"));

    assertThat(RootKeySource.of(new KeyringSettings(null), none, folder).file())
        .isEqualTo(folder.resolve("root.key"));
    assertThat(RootKeySource.of(new KeyringSettings(null), all, folder).file()).isEqualTo(wrapped);
    assertThatThrownBy(() -> RootKeySource.of(file, all, folder))
        .isInstanceOf(KeyringRefusedException.class)
        .hasMessageContaining("cofferdam.keyring.root-key-file")
        .hasMessageContaining("cofferdam.keyring.transit.address");
    assertThatThrownBy(
            () ->
                new TransitSettings(URI.create(origin()), "transit", "cofferdam", null, null, null))
        .hasMessageContaining("cofferdam.keyring.transit.token-file");
    assertThatThrownBy(() -> new TransitSettings(null, "transit", "cofferdam", wrapped, null, null))
        .hasMessageContaining("cofferdam.keyring.transit.address is not set");
  }

  @Test
  void aTokenGoesOnWhenHalfOfItsTimeIsOver() {
    try (Transit transit = new Transit(settings(origin(), token()))) {
      MovableClock clock = new MovableClock(Instant.EPOCH);
      List<Transit.Renewal> renewals = new ArrayList<>();
      TokenRenewal renewal =
          new TokenRenewal(
              () -> {
                renewals.add(transit.renewToken());
                return renewals.getLast();
              },
              clock);

      renewal.look();
      clock.advance(Duration.ofSeconds(TransitDouble.LEASE / 2 - 1));
      renewal.look();
      assertThat(renewals)
          .containsExactly(new Transit.Renewal.Renewed(Duration.ofSeconds(TransitDouble.LEASE)));
      clock.advance(Duration.ofSeconds(1));
      service.answers(new Answer(503, "{}"));
      renewal.look();
      // Not there for once: it is asked again at the next look.
      service.answers(null);
      renewal.look();
      assertThat(renewals).hasSize(3);
      assertThat(renewals.get(1)).isInstanceOf(Transit.Renewal.Unavailable.class);

      service.renews(false);
      clock.advance(Duration.ofSeconds(TransitDouble.LEASE / 2));
      renewal.look();
      renewal.look();
      assertThat(renewals).hasSize(4).last().isEqualTo(new Transit.Renewal.Refused(400));
    }
  }
}
