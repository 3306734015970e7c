package dev.cofferdam.server.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.server.keyring.RootKey.IfAbsent;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a root key is that lies wrapped under a transit key, whoever speaks transit. */
abstract class TransitContract {
  @TempDir Path folder;
  Path wrapped;

  /** Where it is. */
  abstract String origin();

  /** A token that may wrap, unwrap and be renewed. */
  abstract String token();

  /** Puts another version of the transit key in front. */
  abstract void rotate();

  /** Has nothing opened any more that stands under an older version. */
  abstract void require(int version);

  @BeforeEach
  void place() {
    wrapped = folder.resolve("root.wrapped");
  }

  static Path file(Path folder, String name, String text) {
    try {
      Path file = folder.resolve(name);
      Files.writeString(file, text);
      return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  TransitSettings settings(String origin, String token) {
    return new TransitSettings(
        URI.create(origin), "transit", "cofferdam", file(folder, "token", token), null, null);
  }

  WrappedRootKey source() {
    return new WrappedRootKey(wrapped, settings(origin(), token()));
  }

  static void assertRefused(RootKeySource source, String... words) {
    assertThatThrownBy(() -> RootKey.open(source, IfAbsent.REFUSE))
        .isInstanceOf(KeyringRefusedException.class)
        .message()
        .contains(words)
        .endsWith(".")
        .doesNotContain("\n");
  }

  @Test
  void itIsMadeOnceAndNeverLiesAsItIs() throws IOException {
    try (RootKey first = RootKey.open(source(), IfAbsent.CREATE);
        RootKey again = RootKey.open(source(), IfAbsent.CREATE);
        RootKey later = RootKey.open(source(), IfAbsent.REFUSE)) {
      assertThat(again.id()).isEqualTo(first.id());
      assertThat(later.rolePassword("cofferdam_app"))
          .isEqualTo(first.rolePassword("cofferdam_app"));
      assertThat(Files.readString(wrapped))
          .matches("cofferdam-wrapped-root-key-1 " + first.id() + " [a-z]+:v1:[A-Za-z0-9+/=]+\n");
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(wrapped)))
        .isEqualTo("rw-------");
  }

  @Test
  void itOpensAsTheRootKeyItWasMadeForAndAsNoOther() throws IOException {
    RootKey.open(source(), IfAbsent.CREATE).close();
    Path other = folder.resolve("other.wrapped");
    WrappedRootKey another = new WrappedRootKey(other, settings(origin(), token()));
    try (RootKey made = RootKey.open(another, IfAbsent.CREATE)) {
      // Of another root key, under this one's id.
      String[] ours = Files.readString(wrapped).strip().split(" ");
      String[] theirs = Files.readString(other).strip().split(" ");
      Files.writeString(wrapped, ours[0] + " " + ours[1] + " " + theirs[2] + "\n");
      assertThat(made.id()).isEqualTo(theirs[1]);
    }

    assertRefused(source(), "400", "cofferdam");
  }

  @Test
  void underANewerVersionOfItsKeyItIsTheSameAndTheOlderVersionCanGo() throws IOException {
    String id = RootKey.open(source(), IfAbsent.CREATE).id();
    String older = Files.readString(wrapped);
    rotate();
    assertThat(RootKey.open(source(), IfAbsent.REFUSE).id()).isEqualTo(id);

    assertThat(source().rewrap()).contains("v2");

    require(2);
    assertThat(RootKey.open(source(), IfAbsent.REFUSE).id()).isEqualTo(id);
    assertThat(Files.readString(wrapped)).contains(" " + id + " ").contains(":v2:");
    Files.writeString(wrapped, older);
    assertRefused(source(), "400");
  }

  @Test
  void anAbsentOneIsNotMadeForAPlatformWithData() {
    assertRefused(source(), "does not exist", "cofferdam.keyring.transit.wrapped-root-key-file");
    assertThat(wrapped).doesNotExist();
  }

  @Test
  void withATokenThatMayNotNothingIsOpened() {
    RootKey.open(source(), IfAbsent.CREATE).close();

    assertRefused(
        new WrappedRootKey(wrapped, settings(origin(), "another-token")),
        "403",
        folder.resolve("token").toString());
  }
}
