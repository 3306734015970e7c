package dev.cofferdam.node.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class VerifyCommandTest {
  @TempDir private Path directory;
  private final TestLog log = new TestLog().grownTo(300);
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void aCleanLogEndsWithZeroAndSaysWhatItWasComparedWith() {
    Path mirror = log.write(directory.resolve("mirror"));
    Path kept = TestLog.write(directory.resolve("kept"), log.note(100).toString());

    assertThat(run(mirror.toString(), "--key", log.key().toString(), "--kept", kept.toString()))
        .isZero();
    assertThat(out.toString()).startsWith("clean: 300 records").contains("the kept `" + kept);
  }

  @Test
  void aTamperedLogEndsWithOneAndNamesTheIndex() {
    Path kept = TestLog.write(directory.resolve("kept"), log.note(100).toString());
    log.rewrite(42, "nothing happened");
    Path mirror = log.write(directory.resolve("mirror"));

    assertThat(run(mirror.toString(), "--key", log.key().toString(), "--kept", kept.toString()))
        .isEqualTo(1);
    assertThat(out.toString()).startsWith("tampered: ").contains("between index 0 and 99");
  }

  @Test
  void aStretchIsVerifiedByItsIndices() {
    Path mirror = log.write(directory.resolve("mirror"));
    Path copy = log.write(directory.resolve("export"));
    String key = log.key().toString();

    assertThat(
            run(mirror.toString(), "--key", key, "--export", copy.toString(), "--from=9", "--to=9"))
        .isZero();
    assertThat(out.toString())
        .startsWith("clean: records 9 to 9 of the 300")
        .contains("the database export `" + copy);
    assertThat(run(mirror.toString(), "--key", key, "--from", "9", "--to", "8")).isEqualTo(2);
    assertThat(err.toString()).contains("`--to` not below it");
  }

  @Test
  void withoutAnythingToCompareWithItEndsWithTwo() {
    Path mirror = log.write(directory.resolve("mirror"));

    assertThat(run(mirror.toString(), "--key", log.key().toString())).isEqualTo(2);
    assertThat(run(directory.toString(), "--key", log.key().toString())).isEqualTo(2);
    assertThat(out.toString()).contains("could not tell: ").contains("checkpoint` is missing");
  }

  @Test
  void aReceiptIsVerifiedWithItsRecord() {
    Path receipt = TestLog.write(directory.resolve("receipt"), log.receipt(7, 200).toString());
    Path record = TestLog.write(directory.resolve("record"), log.entry(7));
    Path other = TestLog.write(directory.resolve("other"), log.entry(8));
    String key = log.key().toString();

    assertThat(run("--key", key, "--receipt", receipt.toString(), "--record", record.toString()))
        .isZero();
    assertThat(run("--key", key, "--receipt", receipt.toString(), "--record", other.toString()))
        .isEqualTo(1);
    String stranger = new TestLog().key().toString();
    assertThat(
            run("--key", stranger, "--receipt", receipt.toString(), "--record", record.toString()))
        .isEqualTo(2);
  }

  @Test
  void whatCannotBeUnderstoodIsSaid() {
    assertThat(run("--key", "no key", ".")).isEqualTo(2);
    assertThat(run("--key", log.key().toString())).isEqualTo(2);
    assertThat(err.toString())
        .contains("`no key` is not the public key of a note")
        .contains("Give the DIRECTORY of a log, or --receipt and --record.");
  }

  private int run(String... arguments) {
    return new CommandLine(new VerifyCommand())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }
}
