package dev.cofferdam.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.review.laboratory.Archives;
import dev.cofferdam.review.laboratory.Laboratories;
import dev.cofferdam.review.render.Pages;
import dev.cofferdam.review.seal.Check;
import dev.cofferdam.review.seal.ReviewerKey;
import dev.cofferdam.review.seal.Sealed;
import dev.cofferdam.review.signoff.SignOff;
import dev.cofferdam.review.signoff.Subjects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands about sign-offs, on a build that is as small as one can be. */
final class CommandsTest {
  @TempDir private Path folder;
  private Path root;
  private ReviewerKey key;

  @BeforeEach
  void build() throws IOException {
    root = folder.resolve("root");
    for (String module : List.of("server", "node", "review")) {
      Files.createDirectories(root.resolve(module + "/target/lib"));
      Path archive = root.resolve("%s/target/cofferdam-%s-1.jar".formatted(module, module));
      try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(archive))) {
        jar.putNextEntry(new JarEntry("policies/tenant.cedar"));
        jar.closeEntry();
      }
    }
    Files.writeString(root.resolve("review/target/cofferdam-review-1-agent.jar"), "agent");
    assertThat(Main.execute("key", "--key", folder.resolve("mine.key").toString())).isZero();
    key = ReviewerKey.open(folder.resolve("mine.key"));
  }

  @Test
  void aKeyIsMadeOnceAndShownAgain() throws IOException {
    Path file = folder.resolve("other.key");
    assertThat(Main.execute("key", "--key", file.toString(), "--name", "auditors")).isZero();
    byte[] made = Files.readAllBytes(file);

    assertThat(Main.execute("key", "--key", file.toString(), "--name", "others")).isZero();
    assertThat(file).hasBinaryContent(made);
    assertThat(Main.execute("key", "--key", file + ".2", "--name", "two words")).isEqualTo(2);
  }

  @Test
  void whatIsStillSoIsGoodAndOtherCodeMakesItStale() throws IOException {
    write(new RecordedRun().of(Subjects.of(Archives.builtIn(root), Laboratories.settings())));

    for (String page :
        List.of(
            "sign-off.json",
            "sign-off.html",
            "sign-off.md",
            "sign-off.sarif",
            "sign-off.oscal.json")) {
      assertThat(verify(page, "--reviewer", key.published().toString())).as(page).isZero();
    }
    Files.writeString(root.resolve("server/target/lib/new.jar"), "new");
    assertThat(verify("sign-off.html", "--reviewer", key.published().toString())).isEqualTo(1);
  }

  @Test
  void whatCannotBeToldIsNotGood() throws IOException {
    write(new RecordedRun().of(Subjects.of(Archives.builtIn(root), Laboratories.settings())));
    Files.delete(root.resolve("server/target/cofferdam-server-1.jar"));

    assertThat(verify("sign-off.json", "--reviewer", key.published().toString())).isEqualTo(2);
    assertThat(verify("none.json", "--reviewer", key.published().toString())).isEqualTo(2);
    assertThat(verify("sign-off.json", "--reviewer", "not+a+key")).isEqualTo(2);
  }

  @Test
  void anEditedPageIsBadToTheVersionThatWroteIt() throws IOException {
    write(new RecordedRun().of(Subjects.of(Archives.builtIn(root), Laboratories.settings())));
    Path page = folder.resolve("sign-off.html");
    Files.writeString(page, Files.readString(page).replace("Good</strong>", "Better</strong>"));

    assertThat(verify("sign-off.html", "--reviewer", key.published().toString())).isEqualTo(1);
    Files.writeString(root.resolve("review/target/cofferdam-review-1.jar"), "another version");
    assertThat(verify("sign-off.html", "--reviewer", key.published().toString())).isEqualTo(2);
  }

  @Test
  void theWorstCheckDecides() {
    Check good = Check.good("a", "b");
    Check unknown = Check.unknown("a", "b");
    Check bad = Check.bad("a", "b");

    assertThat(VerifyCommand.code(List.of(good, Check.note("a", "b")))).isZero();
    assertThat(VerifyCommand.code(List.of(good, unknown, good))).isEqualTo(2);
    assertThat(VerifyCommand.code(List.of(bad, unknown))).isEqualTo(1);
    assertThat(VerifyCommand.code(List.of(unknown, Check.stale("a", "b")))).isEqualTo(1);
  }

  @Test
  void aDifferenceForTheWorseFails() throws IOException {
    Path before = write("before.json", new RecordedRun().signOff());
    Path after = write("after.json", new RecordedRun().surviving("ISO-04").signOff());

    assertThat(Main.execute("diff", before.toString(), before.toString())).isZero();
    assertThat(Main.execute("diff", before.toString(), after.toString())).isEqualTo(1);
    assertThat(Main.execute("diff", after.toString(), before.toString())).isZero();
    assertThat(Main.execute("diff", before.toString(), key.toString())).isEqualTo(2);
  }

  @Test
  void aRunIsNotBegunWhenItsSignOffCouldNotBeWritten() throws IOException {
    Path history = folder.resolve("history.jsonl");
    Files.writeString(history, "{}\n");

    assertThat(run()).isEqualTo(2);
    Files.delete(history);
    Path accepted = Files.writeString(folder.resolve("accepted.yaml"), "accepted: []\n");
    assertThat(run("--acceptances", accepted.toString())).isEqualTo(2);
    assertThat(run("--key", folder.resolve("none.key").toString())).isEqualTo(2);
    assertThat(run("--only", "XYZ")).isEqualTo(2);
  }

  private int run(String... more) {
    List<String> words =
        new ArrayList<>(List.of("run", "--root", root.toString(), "--report", folder.toString()));
    words.addAll(List.of(more));
    return Main.execute(words.toArray(String[]::new));
  }

  private int verify(String file, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of("verify", "--root", root.toString(), folder.resolve(file).toString()));
    words.addAll(List.of(more));
    return Main.execute(words.toArray(String[]::new));
  }

  private void write(RecordedRun run) throws IOException {
    for (Map.Entry<String, String> page : Pages.of(Sealed.by(key, run.signOff())).entrySet()) {
      Files.writeString(folder.resolve(page.getKey()), page.getValue());
    }
  }

  private Path write(String name, SignOff signOff) throws IOException {
    return Files.writeString(folder.resolve(name), Sealed.unsigned(signOff).json());
  }
}
