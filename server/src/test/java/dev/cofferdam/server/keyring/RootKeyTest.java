package dev.cofferdam.server.keyring;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.protocol.crypto.SecretBytes;
import dev.cofferdam.server.keyring.RootKey.IfAbsent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RootKeyTest {
  private static final byte[] KEY =
      HexFormat.of().parseHex("9f6b2c1d804e5a73c2f1903b6e84d75a01cb3fe8924d7fa6508bc21e73d946ef");

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void privateDirectory() throws IOException {
    mode(directory, "rwx------");
    file = directory.resolve("root.key");
  }

  @Test
  void aNewKeyIsRandomAndOursAlone() throws Exception {
    try (RootKey first = RootKey.open(file, IfAbsent.CREATE);
        RootKey other = RootKey.open(directory.resolve("other.key"), IfAbsent.CREATE)) {
      assertThat(first.id()).isNotEqualTo(other.id()).matches("[0-9a-f]{16}");
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(Files.readString(file)).matches("cofferdam-root-key-1 [A-Za-z0-9_-]{43}\n");
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).as("no draft is left behind").hasSize(2);
    }
  }

  @Test
  void theSameFileGivesTheSameKey() {
    String id = RootKey.open(file, IfAbsent.CREATE).id();
    assertThat(RootKey.open(file, IfAbsent.CREATE).id()).isEqualTo(id);
    assertThat(RootKey.open(file, IfAbsent.REFUSE).id()).isEqualTo(id);
  }

  @Test
  void manyWhoCreateAtOnceAgreeOnOneKey() throws Exception {
    Set<String> ids = new ConcurrentSkipListSet<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Boolean>> creators =
          IntStream.range(0, 16)
              .<Callable<Boolean>>mapToObj(
                  i -> () -> ids.add(RootKey.open(file, IfAbsent.CREATE).id()))
              .toList();
      for (var creator : threads.invokeAll(creators)) {
        creator.get();
      }
    }
    assertThat(ids).hasSize(1);
  }

  @Test
  void anAbsentKeyIsNotMadeForAPlatformWithData() {
    assertRefused(IfAbsent.REFUSE, "does not exist");
    assertThat(file).doesNotExist();
  }

  @Test
  void anAbsentDirectoryIsNamed() {
    Path lost = directory.resolve("lost/root.key");
    assertThatThrownBy(() -> RootKey.open(lost, IfAbsent.CREATE))
        .isInstanceOf(KeyringRefusedException.class)
        .hasMessageContaining("Create the directory");
  }

  static Stream<Arguments> unsound() throws Exception {
    byte[] progression = new byte[32];
    byte[] repeated = new byte[32];
    byte[] poor = new byte[32];
    for (int i = 0; i < 32; i++) {
      progression[i] = (byte) (i * 3);
      repeated[i] = KEY[i % 11];
      poor[i] = KEY[(i * i + i / 5) % 13];
    }
    byte[] same = new byte[32];
    Arrays.fill(same, (byte) 0xa5);
    byte[] hashed = MessageDigest.getInstance("SHA-256").digest("changeme".getBytes(US_ASCII));
    return Stream.of(
        Arguments.of("", "is empty"),
        Arguments.of("\n", "is empty"),
        Arguments.of("hunter2", "does not begin with"),
        Arguments.of("cofferdam-root-key-2 " + encoded(KEY), "does not begin with"),
        Arguments.of("cofferdam-root-key-1 ", "0 characters of key"),
        Arguments.of("cofferdam-root-key-1 " + encoded(Arrays.copyOf(KEY, 16)), "22 characters"),
        Arguments.of("cofferdam-root-key-1 " + encoded(KEY) + "\n\n", "44 characters"),
        Arguments.of("cofferdam-root-key-1 " + "?".repeat(43), "not base64url"),
        Arguments.of(text(new byte[32]), "one pattern repeated"),
        Arguments.of(text(same), "one pattern repeated"),
        Arguments.of(text(repeated), "one pattern repeated"),
        Arguments.of(text(progression), "sequence of numbers"),
        Arguments.of(text(poor), "too few different bytes"),
        Arguments.of(
            text("correct-horse-battery-staple-9!?".getBytes(US_ASCII)), "such as a passphrase"),
        Arguments.of(text(hashed), "well-known word"));
  }

  @ParameterizedTest
  @MethodSource
  void unsound(String content, String why) throws Exception {
    write(content);
    assertRefused(IfAbsent.CREATE, why);
    assertThat(Files.readString(file)).as("a refused file is left alone").isEqualTo(content);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-rw-rw-"})
  void aFileThatOthersCanUseIsRefused(String mode) throws Exception {
    write(text(KEY));
    mode(file, mode);
    assertRefused(IfAbsent.REFUSE, "has the mode `" + mode + "`");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rwxrwxrwx", "rwxrwx---", "rwx---rwx"})
  void aDirectoryThatOthersCanWriteIsRefused(String mode) throws Exception {
    write(text(KEY));
    mode(directory, mode);
    try {
      assertRefused(IfAbsent.REFUSE, "others can replace what lies in it");
    } finally {
      mode(directory, "rwx------");
    }
  }

  @Test
  void aSymbolicLinkIsRefused() throws Exception {
    write(text(KEY));
    Path link = directory.resolve("link.key");
    Files.createSymbolicLink(link, file);
    assertThatThrownBy(() -> RootKey.open(link, IfAbsent.REFUSE))
        .isInstanceOf(KeyringRefusedException.class)
        .hasMessageContaining("is a symbolic link");
  }

  @Test
  void aDirectoryInPlaceOfTheFileIsRefused() throws Exception {
    Files.createDirectory(file);
    assertRefused(IfAbsent.CREATE, "is not a regular file");
  }

  @Test
  void everyPurposeAndContextHasAnotherKey() throws Exception {
    write(text(KEY));
    try (RootKey root = RootKey.open(file, IfAbsent.REFUSE)) {
      List<String> derived =
          List.of(
              HexFormat.of().formatHex(root.binding(1)),
              HexFormat.of().formatHex(root.binding(2)),
              root.rolePassword("cofferdam_app"),
              root.rolePassword("cofferdam_ops"),
              root.rolePassword("cofferdam_owner"),
              root.id());
      assertThat(derived).doesNotHaveDuplicates();
      try (SecretBytes one = root.derive(Derivation.WRAPPING, "1");
          SecretBytes binding = root.derive(Derivation.BINDING, "1")) {
        assertThat(one.matches(binding)).isFalse();
        assertThat(binding.matches(root.binding(1))).isTrue();
      }
    }
  }

  /**
   * Values computed with another implementation of HKDF. A change here locks every existing
   * platform out of its own database.
   */
  @Test
  void whatIsDerivedNeverChanges() throws Exception {
    write(text(KEY));
    try (RootKey root = RootKey.open(file, IfAbsent.REFUSE)) {
      assertThat(root.id()).isEqualTo("df9b226a9af97e91");
      assertThat(HexFormat.of().formatHex(root.binding(1)))
          .isEqualTo("e258932b39925f3baeaff2319b801cddd75d29dd6c667bc2d6335b0b7f46b388");
      assertThat(root.rolePassword("cofferdam_app"))
          .isEqualTo("Q8XU1rfLzQBw6Edjry7sjbbuoomtNvskyuHrVa26Tts");
    }
  }

  @Test
  void aRoleThatIsNotOursHasNoPassword() throws Exception {
    write(text(KEY));
    try (RootKey root = RootKey.open(file, IfAbsent.REFUSE)) {
      assertThatThrownBy(() -> root.rolePassword("postgres"))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> root.binding(0)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> root.binding(10_000)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void itIsNotPrinted() throws Exception {
    write(text(KEY));
    try (RootKey root = RootKey.open(file, IfAbsent.REFUSE)) {
      assertThat(root.toString()).isEqualTo("RootKey(" + root.id() + ")");
    }
  }

  private void assertRefused(IfAbsent ifAbsent, String why) {
    assertThatThrownBy(() -> RootKey.open(file, ifAbsent))
        .isInstanceOf(KeyringRefusedException.class)
        .hasMessageContaining(why)
        .message()
        .as("names the setting or the command, and none of the key")
        .containsAnyOf("cofferdam.keyring.root-key-file", "chmod")
        .doesNotContain(encoded(KEY).substring(0, 8));
  }

  private void write(String content) throws IOException {
    Files.writeString(file, content);
    mode(file, "rw-------");
  }

  private static String text(byte[] key) {
    return new String(RootKeyText.format(key), US_ASCII);
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static void mode(Path path, String mode) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }
}
