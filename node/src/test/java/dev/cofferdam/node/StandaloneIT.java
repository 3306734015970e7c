package dev.cofferdam.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The node as one file, on a machine that has a Java and nothing else of ours. That it reads a
 * secret there is {@code DemoIT}'s.
 */
final class StandaloneIT {
  private static final Path TARGET = Path.of("target");
  private static final String STANDALONE = "-standalone.jar";
  private static final long LIMIT = 15L << 20;

  /** What speaks of one archive alone, and the documentation of Conscrypt. */
  private static final Pattern LEFT_OUT =
      Pattern.compile("META-INF/MANIFEST\\.MF|(.*/)?module-info\\.class|.*\\.html|styles\\.css");

  @TempDir private Path machine;
  private Path program;

  @BeforeEach
  void copy() throws IOException {
    program = Files.copy(built(true), machine.resolve("cofferdam-node.jar"));
  }

  @Test
  void itIsSmall() throws IOException {
    assertThat(Files.size(program)).isLessThan(LIMIT);
  }

  @Test
  void itRunsAlone() throws IOException, InterruptedException {
    assertThat(run("--version").text()).matches("cofferdam-node \\d+\\.\\d+\\.\\d+\\S*\\R");
    Said help = run("--help");
    assertThat(help.code()).isZero();
    assertThat(help.text())
        .startsWith("Usage: cofferdam-node ")
        .contains("register", "status", "secret", "exec", "rotate-keys", "verify", "witness");
  }

  /** Keys of X-Wing are made by Conscrypt's native library alone, which is in the file. */
  @Test
  void theNativeLibraryIsFoundInIt() throws IOException, InterruptedException {
    Path token = Files.writeString(machine.resolve("token"), "a token");
    Path home = machine.resolve("home");
    Said said =
        run(
            "register",
            "--home",
            home.toString(),
            "--server",
            "http://127.0.0.1:1",
            "--token-file",
            token.toString(),
            "--receiving-key",
            "x-wing",
            "--patience",
            "0");

    assertThat(said.code()).as(said.text()).isEqualTo(3);
    assertThat(said.text()).doesNotContain("WARNING");
    assertThat(home.resolve("keys")).isNotEmptyFile();
  }

  @Test
  void itHoldsWhatTheArchiveAndItsLibrariesHoldAndNothingElse() throws IOException {
    Map<String, String> apart = new TreeMap<>();
    for (Path archive : archives()) {
      entries(archive)
          .forEach(
              (name, content) ->
                  assertThat(apart.put(name, content))
                      .as("%s is in two archives: one of them would be lost", name)
                      .isNull());
    }

    assertThat(entries(program)).isEqualTo(apart);
  }

  @Test
  void itsManifestIsTheNodesAndNamesNoOtherFile() throws IOException {
    Attributes own = manifest(program);
    Attributes thin = manifest(built(false));

    assertThat(thin.remove(Attributes.Name.CLASS_PATH)).isNotNull();
    assertThat(thin.put(Attributes.Name.MULTI_RELEASE, "true")).isNull();
    assertThat(own)
        .isEqualTo(thin)
        .containsEntry(new Attributes.Name("Enable-Native-Access"), "ALL-UNNAMED");
  }

  /** Hashes and times by name; the same sources give the same bytes, times too. */
  private static Map<String, String> entries(Path archive) throws IOException {
    Map<String, String> entries = new TreeMap<>();
    try (JarFile jar = new JarFile(archive.toFile())) {
      for (JarEntry entry : jar.stream().toList()) {
        if (!entry.isDirectory() && !LEFT_OUT.matcher(entry.getName()).matches()) {
          String content =
              sha256(jar.getInputStream(entry).readAllBytes()) + " of " + entry.getTimeLocal();
          assertThat(entries.put(entry.getName(), content)).as(entry.getName()).isNull();
        }
      }
    }
    return entries;
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** The thin one and the libraries that it names. */
  private static List<Path> archives() throws IOException {
    Path thin = built(false);
    List<Path> archives = new ArrayList<>(List.of(thin));
    for (String library : manifest(thin).getValue(Attributes.Name.CLASS_PATH).split(" ")) {
      archives.add(TARGET.resolve(library));
    }
    assertThat(archives).hasSizeGreaterThan(3);
    return archives;
  }

  private static Attributes manifest(Path archive) throws IOException {
    try (JarFile jar = new JarFile(archive.toFile())) {
      return new Attributes(jar.getManifest().getMainAttributes());
    }
  }

  private static Path built(boolean standalone) throws IOException {
    try (Stream<Path> files = Files.list(TARGET)) {
      List<Path> found =
          files
              .filter(file -> file.getFileName().toString().matches("cofferdam-node-.*\\.jar"))
              .filter(file -> file.toString().endsWith(STANDALONE) == standalone)
              .toList();
      assertThat(found).hasSize(1);
      return found.getFirst();
    }
  }

  private record Said(int code, String text) {}

  /** As whoever has only the file runs it. */
  private Said run(String... words) throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command = new ArrayList<>(List.of(java, "-jar", program.toString()));
    command.addAll(Arrays.asList(words));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(machine.toFile()).redirectErrorStream(true);
    builder.environment().clear();
    Process process = builder.start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Said(process.waitFor(), text);
  }
}
