package dev.cofferdam.review.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReviewerKeyTest {
  @TempDir private Path folder;

  @Test
  void aKeyIsItsOwnersAloneAndStaysTheSame() throws IOException {
    Path file = folder.resolve("new/reviewer.key");
    ReviewerKey made = ReviewerKey.make(file, "auditors.example");

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(ReviewerKey.open(file).published()).hasToString(made.published().toString());
    assertThat(made.toString()).doesNotContain(Files.readAllLines(file).get(2));
  }

  @Test
  void aKeyIsNeverReplaced() throws IOException {
    Path file = folder.resolve("reviewer.key");
    ReviewerKey.make(file, "first");

    assertThatThrownBy(() -> ReviewerKey.make(file, "second"))
        .isInstanceOf(FileAlreadyExistsException.class);
  }

  @Test
  void aServerNeverHoldsIt() throws IOException {
    Files.writeString(folder.resolve("root.key"), "of a server");
    Path among = folder.resolve("deep/er/reviewer.key");

    assertThatThrownBy(() -> ReviewerKey.make(among, "reviewer"))
        .hasMessageContaining("must not hold the key that judges it");
    assertThat(among).doesNotExist();
  }

  @Test
  void aKeyThatOthersMayReadIsRefused() throws IOException {
    Path file = folder.resolve("reviewer.key");
    ReviewerKey.make(file, "reviewer");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

    assertThatThrownBy(() -> ReviewerKey.open(file)).hasMessageContaining("chmod 600");
  }

  @Test
  void anythingElseIsRefused() throws IOException {
    Path file = folder.resolve("reviewer.key");
    ReviewerKey.make(file, "reviewer");
    Files.writeString(file, Files.readString(file).replace("reviewer-key", "witness-key"));

    assertThatThrownBy(() -> ReviewerKey.open(file)).hasMessageContaining("not the key");
  }
}
