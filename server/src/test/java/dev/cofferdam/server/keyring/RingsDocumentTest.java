package dev.cofferdam.server.keyring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The table of rings that operators read is the one that the code has. */
class RingsDocumentTest {

  @Test
  void theTableOfRingsIsTheCode() throws Exception {
    List<String> documented =
        Files.readAllLines(root().resolve("docs/design/keyring.md")).stream()
            .filter(
                line -> line.startsWith("| `") && line.chars().filter(c -> c == '|').count() == 7)
            .toList();
    assertThat(documented)
        .containsExactlyElementsOf(
            Arrays.stream(KeyPurpose.values()).map(RingsDocumentTest::row).toList());
  }

  private static String row(KeyPurpose purpose) {
    return "| `%s` | %s | %s | %d d | %d d | %s |"
        .formatted(
            purpose.label(),
            purpose.holder().name().toLowerCase(Locale.ROOT),
            kind(purpose.kind()),
            purpose.activeFor().toDays(),
            purpose.verifiesFor().toDays(),
            purpose.diesWithIt());
  }

  private static String kind(KeyKind kind) {
    return switch (kind) {
      case ENCRYPTION -> "AES-256-GCM";
      case MAC -> "HMAC";
      case SIGNATURE_ED25519 -> "Ed25519";
      case SIGNATURE_P256 -> "P-256";
    };
  }

  private static Path root() {
    Path module = Path.of("").toAbsolutePath();
    return Files.exists(module.resolve("docs")) ? module : module.resolveSibling("");
  }
}
