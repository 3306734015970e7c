package dev.cofferdam.server.edge.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.server.edge.EdgeRefusedException;
import dev.cofferdam.server.testing.Certificates;
import dev.cofferdam.server.testing.Certificates.Placed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateFilesTest {
  @TempDir static Path made;
  private static Certificates authority;
  private static Certificates.Pair ec;
  private static Certificates.Pair rsa;

  @TempDir Path folder;

  @BeforeAll
  static void make() throws Exception {
    authority = new Certificates(made.resolve("authority.p12"));
    ec = authority.issued("localhost");
    rsa = authority.issued("localhost", 2, "RSA", 2048);
  }

  private static TlsSettings settings(Placed... pairs) {
    List<Path> certificates = new ArrayList<>();
    List<Path> keys = new ArrayList<>();
    for (Placed pair : pairs) {
      certificates.add(pair.certificate());
      keys.add(pair.key());
    }
    return new TlsSettings(certificates, keys, null, Duration.ofSeconds(1), Duration.ofDays(1));
  }

  private static List<Credential> read(Placed... pairs) {
    return new CertificateFiles(settings(pairs)).credentials(Instant.now());
  }

  private static void assertRefused(String sentence, Placed... pairs) {
    assertThatThrownBy(() -> read(pairs))
        .isInstanceOf(EdgeRefusedException.class)
        .hasMessageContaining(sentence)
        .hasMessageContaining(made.getFileSystem().getSeparator())
        .hasMessageNotContaining(ec.key().lines().skip(1).findFirst().orElseThrow());
  }

  @Test
  void readsEachKindOfKeyAndTheChainBehindIt() throws Exception {
    Certificates.Pair ed = authority.issued("localhost", 2, "Ed25519", 255);
    Certificates.Pair chained =
        new Certificates.Pair(ec.certificate() + authority.rootPem(), ec.key());

    List<Credential> read =
        read(chained.in(folder, "ec"), rsa.in(folder, "rsa"), ed.in(folder, "ed"));

    assertThat(read).extracting(Credential::kind).containsExactly("EC", "RSA", "EdDSA");
    assertThat(read.getFirst().chain()).hasSize(2);
    assertThat(read.getFirst().hosts()).containsExactly("localhost");
    assertThat(read.getFirst().ends()).isBetween(Instant.now(), Instant.now().plusSeconds(172_800));
    assertThat(read.toString()).doesNotContain("PRIVATE");
  }

  @Test
  void readsTheOlderFormOfAnRsaKey() throws Exception {
    byte[] pkcs8 =
        Base64.getMimeDecoder().decode(rsa.key().replaceAll("-----[A-Z ]+-----", "").strip());
    // Behind the version and the name of the algorithm stands the older form, as an octet string.
    byte[] pkcs1 = Arrays.copyOfRange(pkcs8, 26, pkcs8.length);
    Certificates.Pair older =
        new Certificates.Pair(rsa.certificate(), Certificates.pem("RSA PRIVATE KEY", pkcs1));

    assertThat(read(older.in(folder, "rsa"))).hasSize(1);
  }

  @Test
  void whatDoesNotBelongTogetherIsRefused() throws Exception {
    Certificates.Pair other = authority.issued("localhost");
    assertRefused(
        "is not that of the first certificate",
        new Certificates.Pair(ec.certificate(), other.key()).in(folder, "mixed"));
    assertRefused(
        "is not that of the first certificate",
        new Certificates.Pair(ec.certificate(), rsa.key()).in(folder, "kinds"));
    assertRefused(
        "was not signed by the one behind it",
        new Certificates.Pair(authority.rootPem() + ec.certificate(), ec.key())
            .in(folder, "backwards"));
    assertRefused("a second certificate", ec.in(folder, "one"), other.in(folder, "two"));
  }

  @Test
  void whatIsWeakOrOverIsRefused() throws Exception {
    assertRefused(
        "is too short", authority.issued("localhost", 2, "RSA", 1024).in(folder, "short"));
    Placed fine = ec.in(folder, "fine");
    Instant later = Instant.now().plus(Duration.ofDays(3));
    assertThatThrownBy(() -> new CertificateFiles(settings(fine)).credentials(later))
        .hasMessageContaining("renew it");
    assertThatThrownBy(() -> new CertificateFiles(settings(fine)).credentials(Instant.EPOCH))
        .hasMessageContaining("is valid from");
  }

  @Test
  void whatCannotBeReadIsRefusedAndNotRepeated() throws Exception {
    assertRefused("cannot be read", new Placed(folder.resolve("none"), folder.resolve("none")));
    assertRefused(
        "holds no certificate", new Certificates.Pair(ec.key(), ec.key()).in(folder, "swapped"));
    assertRefused(
        "holds no certificate",
        new Certificates.Pair("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "")
            .in(folder, "broken"));
    assertRefused(
        "holds no EC, RSA or EdDSA private key",
        new Certificates.Pair(ec.certificate(), ec.key().substring(0, 80)).in(folder, "half"));
    assertRefused(
        "is encrypted",
        new Certificates.Pair(
                ec.certificate(), Certificates.pem("ENCRYPTED PRIVATE KEY", new byte[40]))
            .in(folder, "locked"));
    Placed open = ec.in(folder, "open");
    Files.setPosixFilePermissions(open.key(), PosixFilePermissions.fromString("rw-r--r--"));
    assertRefused("Everybody on this machine", open);
  }

  @Test
  void anExaminationSaysWhatWouldBeServedAndForWhom() throws Exception {
    TlsSettings settings = settings(ec.in(folder, "ec"));

    assertThat(CertificateExamination.of(settings, List.of("localhost"), Instant.now()))
        .contains("EC for [localhost] until 20");
    assertThatThrownBy(
            () -> CertificateExamination.of(settings, List.of("a.example.com"), Instant.now()))
        .hasMessageContaining("not for `a.example.com`");
    assertThat(CertificateExamination.of(settings(), List.of(), Instant.now())).contains("none");
  }

  @Test
  void aWildcardStandsForOneLabel() {
    assertThat(CertificateExamination.covers("*.example.com", "a.example.com")).isTrue();
    assertThat(CertificateExamination.covers("*.Example.com", "a.example.com")).isTrue();
    assertThat(CertificateExamination.covers("*.example.com", "a.b.example.com")).isFalse();
    assertThat(CertificateExamination.covers("*.example.com", "example.com")).isFalse();
    assertThat(CertificateExamination.covers("example.com", "a.example.com")).isFalse();
  }
}
