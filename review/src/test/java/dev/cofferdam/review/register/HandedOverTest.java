package dev.cofferdam.review.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HandedOverTest {
  private static final String LEAST =
      "attacker: {owner: {cookie: a}}\nvictim: {owner: {cookie: b}}\n";

  @TempDir private Path folder;

  @Test
  void theExampleIsOne() {
    HandedOver example = HandedOver.parse("example", HandedOver.example());

    assertThat(example.attacker())
        .containsOnlyKeys("owner", "admin", "member", "auditor", "program");
    assertThat(example.attacker().get("program")).isInstanceOf(HandedOver.Credential.Token.class);
    assertThat(example.victim()).containsOnlyKeys("owner", "member", "former");
    assertThat(example.stranger()).isPresent();
    assertThat(example.operator()).isPresent();
  }

  @Test
  void whatIsMissingUnknownOrCannotActIsRefused() {
    assertThat(HandedOver.parse("least", LEAST).operator()).isEmpty();
    for (String wrong :
        List.of(
            "attacker: {owner: {cookie: a}}\n",
            LEAST + "somebody: {cookie: c}\n",
            LEAST.replace("{cookie: a}", "{token: a}"),
            LEAST.replace("{cookie: a}", "{password: a}"),
            LEAST.replace("{cookie: a}", "{cookie: a, token: b}"),
            LEAST.replace("owner: {cookie: b}", "member: {cookie: b}"),
            LEAST.replace("owner: {cookie: b}", "owner: {cookie: b}, king: {cookie: c}"))) {
      assertThatExceptionOfType(RegisterRefusedException.class)
          .as(wrong)
          .isThrownBy(() -> HandedOver.parse("wrong", wrong));
    }
  }

  @Test
  void aFileThatOthersMayReadIsRefusedAndNoSecretIsPrinted() throws IOException {
    Path file =
        Files.writeString(folder.resolve("people.yaml"), LEAST.replace(": a}", ": geheim}"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThatIOException()
        .isThrownBy(() -> HandedOver.in(file))
        .withMessageContaining("chmod 600");

    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    assertThat(HandedOver.in(file).toString()).doesNotContain("geheim");
  }
}
