package dev.cofferdam.node.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.protocol.crypto.Kem;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeHomeTest {
  @TempDir private Path directory;

  @Test
  void keysAreInAFileOfTheirOwnersAndTheSameEachTime() throws IOException {
    Path folder = directory.resolve("a/home");
    NodeHome home = NodeHome.at(folder);
    try (NodeKeys made = home.keysOrNew(Kem.X25519);
        NodeKeys again = home.keysOrNew(Kem.X25519)) {
      assertThat(again.signing().jwk()).isEqualTo(made.signing().jwk());
      assertThat(again.receivingKey()).isEqualTo(made.receivingKey());
      assertThat(again.receiving().length()).isEqualTo(32);
      assertThat(made).hasToString("the key " + made.signing().jwk().thumbprint());
    }
    assertThat(rights(folder)).isEqualTo("rwx------");
    assertThat(rights(folder.resolve("keys"))).isEqualTo("rw-------");
  }

  private static String rights(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void keysThatOthersMayReadOrThatAreNoneAreNotUsed() throws IOException {
    NodeHome home = NodeHome.at(directory);
    home.keysOrNew(Kem.X25519).close();
    Path keys = directory.resolve("keys");
    Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rw-r-----"));
    assertThatThrownBy(home::keys)
        .isInstanceOf(UnusableHomeException.class)
        .hasMessageContaining("chmod 600");

    Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rw-------"));
    String whole = Files.readString(keys);
    for (String broken :
        new String[] {
          "", "x", whole.replaceFirst("1\n", "2\n"), whole.substring(0, 200), "a\n".repeat(5)
        }) {
      Files.writeString(keys, broken);
      assertThatThrownBy(home::keys)
          .isInstanceOf(UnusableHomeException.class)
          .hasMessageNotContaining(whole.split("\n")[2]);
    }
  }

  @Test
  void whichNodeItIsIsKept() throws IOException {
    NodeHome home = NodeHome.at(directory);
    assertThatThrownBy(home::registered).isInstanceOf(UnusableHomeException.class);
    assertThatThrownBy(home::keys).hasMessageContaining("register");
    Identity one =
        new Identity(
            URI.create("https://a.example"), new UUID(1, 1), new UUID(2, 2), "Press of Möbius");

    home.write(one);

    assertThat(NodeHome.at(directory).registered()).isEqualTo(one);
    Files.writeString(directory.resolve("node"), "something else");
    assertThatThrownBy(home::registered).isInstanceOf(UnusableHomeException.class);
  }

  @Test
  void keysThatAreToBeTakeThePlaceOfTheOthersWhole() throws IOException {
    NodeHome home = NodeHome.at(directory);
    home.keysOrNew(Kem.X25519).close();
    assertThat(home.next()).isEmpty();
    try (NodeKeys next = home.makeNext(Kem.X25519)) {
      assertThat(home.next()).isPresent();

      home.promoteNext();

      try (NodeKeys now = home.keys()) {
        assertThat(now.signing().jwk()).isEqualTo(next.signing().jwk());
      }
    }
    assertThat(home.next()).isEmpty();
  }
}
