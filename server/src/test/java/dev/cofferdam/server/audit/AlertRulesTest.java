package dev.cofferdam.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cofferdam.server.audit.check.SelfCheck;
import dev.cofferdam.server.testing.RunningServer;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.util.FileSystemUtils;

/** The shipped alert rules fire when they should, on metrics that the server has. */
class AlertRulesTest {
  private static final Path RULES = Path.of("../docs/operations/alerts");
  private static final Pattern METRIC = Pattern.compile("\\b(audit_[a-z_]+)\\b");
  private static final Path MIRROR = temporary();

  @RegisterExtension
  static final RunningServer SERVER =
      RunningServer.own("cofferdam.audit.mirror.directory=" + MIRROR);

  private static Path temporary() {
    try {
      return Files.createTempDirectory("cofferdam-mirror-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterAll
  static void remove() throws IOException {
    FileSystemUtils.deleteRecursively(MIRROR);
  }

  @Test
  void everyMetricOfARuleIsOneThatTheServerShows() throws Exception {
    String rules = Files.readString(RULES.resolve("audit.rules.yaml"));
    Set<String> named =
        rules
            .lines()
            .filter(line -> line.contains("expr:"))
            .flatMap(line -> METRIC.matcher(line).results())
            .map(MatchResult::group)
            .collect(Collectors.toCollection(TreeSet::new));
    String shown = SERVER.metrics();

    assertThat(named)
        .hasSizeGreaterThan(5)
        .allSatisfy(
            metric ->
                assertThat(shown.lines().filter(line -> line.matches(metric + "(\\{.*)? .*")))
                    .as(metric)
                    .isNotEmpty());
  }

  @Test
  void aRunningServerChecksAndMirrorsByItself() {
    LogId.OfTenant log = new LogId.OfTenant(SERVER.newTenant().tenant());
    Path checkpoint = MIRROR.resolve(log.name()).resolve("checkpoint");
    Instant end = Instant.now().plusSeconds(60);
    while (!Files.exists(checkpoint) || SERVER.bean(SelfCheck.class).completed() == null) {
      assertThat(Instant.now()).as("mirrored and checked in time").isBefore(end);
      LockSupport.parkNanos(50_000_000);
    }
    assertThat(SERVER.bean(SelfCheck.class).findings()).isEmpty();
  }

  @Test
  void theRulesFireWhenTheyShould() throws Exception {
    boolean there =
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "promtool")));
    if (!there) {
      System.err.println(
          "SKIPPED: the alert rules are not tested, since `promtool` is not on the PATH"
              + " (Debian: package prometheus).");
    }
    assumeTrue(there, "promtool is on the PATH");
    for (String tests :
        new String[] {
          "audit.test.yaml", "identity.test.yaml", "sign-off.test.yaml", "tls.test.yaml"
        }) {
      Process promtool =
          new ProcessBuilder("promtool", "test", "rules", tests)
              .directory(RULES.toFile())
              .redirectErrorStream(true)
              .start();
      String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(promtool.waitFor()).as(said).isZero();
    }
  }
}
