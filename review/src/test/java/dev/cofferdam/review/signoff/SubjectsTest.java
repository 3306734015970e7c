package dev.cofferdam.review.signoff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.review.laboratory.Archives;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SubjectsTest {
  private static final Map<String, String> SETTINGS = Map.of("A", "1");

  @TempDir private Path root;

  @BeforeEach
  void build() throws IOException {
    for (String module : List.of("server", "node", "review")) {
      Files.createDirectories(root.resolve(module + "/target/lib"));
    }
    server("permit");
    Files.writeString(root.resolve("server/target/lib/a.jar"), "a");
    Files.writeString(root.resolve("node/target/cofferdam-node-1.jar"), "node");
    Files.writeString(root.resolve("node/target/cofferdam-node-1-standalone.jar"), "one file");
    Files.writeString(root.resolve("review/target/cofferdam-review-1.jar"), "review");
    Files.writeString(root.resolve("review/target/cofferdam-review-1-agent.jar"), "agent");
  }

  @Test
  void theSameBuildIsTheSame() {
    assertThat(subject().changed(subject()).values()).allMatch(List::isEmpty);
    assertThat(subject()).isEqualTo(subject());
    assertThat(subject().attacked().values()).allMatch(Subject.Part::isWhole);
    assertThat(subject().register().items()).containsKeys("iso.yaml", "layers.yaml", "probes.yaml");
  }

  @Test
  void whateverDiffersIsNamed() throws IOException {
    Subject before = subject();
    Files.writeString(root.resolve("server/target/lib/a.jar"), "another a");
    Files.writeString(root.resolve("server/target/lib/b.jar"), "b");

    assertThat(before.changed(subject()).get("code"))
        .containsExactly("lib/a.jar is another", "lib/b.jar is new");
    assertThat(subject().changed(before).get("code")).contains("lib/b.jar is gone");
    assertThat(before.changed(subject()).get("policies")).isEmpty();
  }

  @Test
  void aPolicyIsTheCodesAndIsNamedApart() throws IOException {
    Subject before = subject();
    server("forbid");

    assertThat(before.changed(subject()).get("policies"))
        .containsExactly("policies/tenant.cedar is another");
    assertThat(before.changed(subject()).get("code"))
        .containsExactly("cofferdam-server-1.jar is another");
  }

  @Test
  void aSettingIsNamed() {
    Subject other = Subjects.of(Archives.builtIn(root), Map.of("A", "2"));

    assertThat(subject().changed(other).get("configuration")).containsExactly("A is another");
  }

  @Test
  void aDigestThatIsNotOfItsItemsIsFound() {
    Subject.Part part = subject().code();

    assertThat(new Subject.Part(part.digest(), Map.of("cofferdam-server-1.jar", "0")).isWhole())
        .isFalse();
  }

  private Subject subject() {
    return Subjects.of(Archives.builtIn(root), SETTINGS);
  }

  private void server(String policy) throws IOException {
    Path file = root.resolve("server/target/cofferdam-server-1.jar");
    try (JarOutputStream archive = new JarOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, String> entry :
          Map.of("policies/tenant.cedar", policy, "Main.class", "main").entrySet()) {
        JarEntry written = new JarEntry(entry.getKey());
        written.setTime(0);
        archive.putNextEntry(written);
        archive.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
        archive.closeEntry();
      }
    }
  }
}
