package dev.cofferdam.server.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.server.egress.Trust;
import dev.cofferdam.server.testing.Certificates;
import dev.cofferdam.server.testing.MovableClock;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailTest {
  private static final EmailAddress FROM = EmailAddress.of("cofferdam@example.com").orElseThrow();
  private static final Letter LETTER =
      new Letter(
          EmailAddress.of("ann@example.org").orElseThrow(), "Grüße", "The code is a-secret-code\n");

  @TempDir static Path keys;
  private static SSLContext named;
  private static SSLContext nameless;
  private static Path roots;

  @TempDir Path folder;
  private final MovableClock clock =
      new MovableClock(java.time.Instant.parse("2026-11-01T00:00:00Z"));

  @BeforeAll
  static void certificates() throws Exception {
    Certificates certificates = new Certificates(keys.resolve("keys.p12"));
    named = certificates.serving("localhost");
    nameless = certificates.serving("elsewhere.example");
    roots = certificates.root();
  }

  private Mail to(PostOffice office, String scheme, @Nullable Path trusted) {
    return to(office.port(), scheme, trusted);
  }

  private Mail to(int port, String scheme, @Nullable Path trusted) {
    return new SmtpMail(
        MailServer.of(scheme + "://localhost:" + port),
        FROM,
        null,
        null,
        Trust.context("cofferdam.mail.trusted-roots", trusted),
        Duration.ofSeconds(5),
        clock);
  }

  @ParameterizedTest
  @CsvSource({"smtps,true", "smtp+starttls,false"})
  void aLetterGoesOverTlsToTheServerThatWasNamed(String scheme, boolean atOnce) throws Exception {
    try (PostOffice office = new PostOffice(named, atOnce)) {
      assertThat(to(office, scheme, roots).deliver(LETTER)).isInstanceOf(Delivery.HandedOver.class);
      assertThat(office.heard)
          .contains(
              "MAIL FROM:<cofferdam@example.com>",
              "RCPT TO:<ann@example.org>",
              "The code is a-secret-code",
              "Auto-Submitted: auto-generated",
              "Subject: =?UTF-8?Q?Gr=C3=BC=C3=9Fe?=");
    }
  }

  @ParameterizedTest
  @CsvSource({"smtps,true", "smtp+starttls,false"})
  void nothingIsSaidToAServerThatCannotProveItsName(String scheme, boolean atOnce)
      throws Exception {
    try (PostOffice office = new PostOffice(nameless, atOnce)) {
      assertThat(to(office, scheme, roots).deliver(LETTER)).isInstanceOf(Delivery.Deferred.class);
      assertThat(office.heard).noneMatch(line -> line.startsWith("MAIL"));
    }
    try (PostOffice office = new PostOffice(named, atOnce)) {
      assertThat(to(office, scheme, null).deliver(LETTER))
          .as("an authority that nobody trusts")
          .isInstanceOf(Delivery.Deferred.class);
      assertThat(office.heard).noneMatch(line -> line.startsWith("MAIL"));
    }
  }

  @Test
  void aServerWithoutTlsGetsNothingWhereTlsIsAskedFor() throws Exception {
    try (PostOffice office = new PostOffice(null, false)) {
      assertThat(to(office, "smtp+starttls", roots).deliver(LETTER))
          .isInstanceOf(Delivery.Deferred.class);
      assertThat(office.heard).noneMatch(line -> line.startsWith("MAIL"));
      assertThat(to(office, "smtp", null).deliver(LETTER)).isInstanceOf(Delivery.HandedOver.class);
    }
  }

  @Test
  void aUserIsNamedWithThePasswordThatTheFileHasNow() throws Exception {
    Path password = Files.writeString(folder.resolve("password"), "first\n");
    try (PostOffice office = new PostOffice(named, true)) {
      Mail mail =
          new SmtpMail(
              MailServer.of("smtps://localhost:" + office.port()),
              FROM,
              "us",
              password,
              Trust.context("cofferdam.mail.trusted-roots", roots),
              Duration.ofSeconds(5),
              clock);
      Files.writeString(password, "second\n");
      assertThat(mail.deliver(LETTER)).isInstanceOf(Delivery.HandedOver.class);
      assertThat(office.heard)
          .contains(
              "AUTH PLAIN "
                  + java.util.Base64.getEncoder()
                      .encodeToString(
                          "us\0us\0second".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }
  }

  @Test
  void aRefusalForGoodIsToldFromOneForNow() throws Exception {
    try (PostOffice office = new PostOffice(null, false)) {
      Mail mail = to(office, "smtp", null);
      office.toRecipient = "550 no such person";
      assertThat(mail.deliver(LETTER)).isInstanceOf(Delivery.Refused.class);
      office.toRecipient = "450 later";
      assertThat(mail.deliver(LETTER)).isInstanceOf(Delivery.Deferred.class);
      office.toRecipient = "250 yes";
      office.toLetter = "";
      assertThat(mail.deliver(LETTER))
          .as("taken or not: nobody knows")
          .isInstanceOf(Delivery.Deferred.class);
    }
    // Taken, so that nobody else listens there meanwhile.
    try (Socket taken = new Socket()) {
      taken.bind(new InetSocketAddress("localhost", 0));
      Mail nobody = to(taken.getLocalPort(), "smtp", null);
      assertThat(nobody.deliver(LETTER)).isInstanceOf(Delivery.Deferred.class);
    }
  }

  @Test
  void aFolderHoldsLettersThatNobodyElseReadsForAMonth() throws Exception {
    Path letters = folder.resolve("mail");
    Mail mail = new FolderMail(letters, FROM, clock);
    assertThat(mail.deliver(LETTER)).isInstanceOf(Delivery.HandedOver.class);
    Path letter = only(letters);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(letter)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(letters)))
        .isEqualTo("rwx------");
    assertThat(Files.readString(letter)).contains("To: ann@example.org", "a-secret-code");

    Files.setLastModifiedTime(
        letter, FileTime.from(clock.instant().minus(FolderMail.KEPT).minusSeconds(1)));
    mail.deliver(LETTER);
    assertThat(only(letters)).isNotEqualTo(letter);
  }

  private static Path only(Path folder) throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> all = files.toList();
      assertThat(all).hasSize(1);
      return all.getFirst();
    }
  }

  @Test
  void aFolderThatCannotBeWrittenDefersTheLetter() throws Exception {
    Path file = Files.writeString(folder.resolve("no-folder"), "");
    assertThat(new FolderMail(file.resolve("mail"), FROM, clock).deliver(LETTER))
        .isInstanceOf(Delivery.Deferred.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "smtp://mail.example:25",
        "smtp://10.0.0.1",
        "smtps://user:secret@mail.example",
        "smtps://mail.example/path",
        "http://mail.example",
        "mail.example",
        "smtp+starttls:mail.example"
      })
  void aMailServerOffThisMachineWithoutTlsStopsTheStart(String server) {
    assertThatThrownBy(() -> settings(server, "cofferdam@example.com"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cofferdam.mail.server")
        .message()
        .doesNotContain("secret");
  }

  @Test
  void whatGoesWithAMailServerIsNothingWithoutOne() {
    assertThatThrownBy(
            () ->
                new MailSettings(
                    null, "a@example.com", null, null, roots, null, Duration.ofSeconds(1)))
        .hasMessageContaining("cofferdam.mail.server is not set");
    assertThatThrownBy(() -> settings("smtps://mail.example", "nobody"))
        .hasMessageContaining("cofferdam.mail.from");
    assertThat(settings("smtps://mail.example", "a@example.com").server()).isNotNull();
  }

  private static MailSettings settings(String server, String from) {
    return new MailSettings(server, from, null, null, null, null, Duration.ofSeconds(10));
  }

  @Test
  void aSubjectCannotBeginAnotherField() {
    assertThatThrownBy(() -> new Letter(FROM, "a\r\nBcc: everybody@example.com", ""))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(LETTER).asString().doesNotContain("secret");
  }
}
