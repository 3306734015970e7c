package dev.cofferdam.server.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.launch.ScriptHouse.Said;
import java.io.BufferedReader;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher script by itself: what it finds, what it builds, what it says. */
class ScriptTest {
  private Path folder;
  private ScriptHouse house;

  /** In a folder whose name is several words, which are not all of ASCII. */
  @BeforeEach
  void build(@TempDir Path somewhere) throws Exception {
    folder =
        Files.createDirectory(
            somewhere.toRealPath().resolve(letters("Über dem Deich", "Below the dike")));
    house = new ScriptHouse(folder.toRealPath());
    house.mavenThatBuilds();
  }

  /** The first, where this JVM can have files of such a name. */
  private static String letters(String wanted, String otherwise) {
    String encoding = System.getProperty("sun.jnu.encoding");
    return Charset.forName(encoding).newEncoder().canEncode(wanted) ? wanted : otherwise;
  }

  @Test
  void inALocaleWithoutLettersJavaIsGivenOneThatHasThem() throws Exception {
    installed(25);
    house.with("TELL", "locale charmap");
    for (String without : List.of("", "C", "POSIX")) {
      assertThat(house.with("LC_ALL", without).run("version").text()).contains("UTF-8\n");
    }
  }

  private Path installed(int version) throws Exception {
    return house.jdk(house.machine().resolve("usr/lib/jvm/jdk-" + version), version);
  }

  private Path lock() {
    return house.root().resolve("target/build.lock");
  }

  @Test
  void withoutAJdkItSaysHowToGetOne() throws Exception {
    Said said = house.run("up");

    assertThat(said.code()).isEqualTo(1);
    assertThat(said.text())
        .startsWith("cofferdam: no JDK 25 or newer found: install one (")
        .contains("apt install", "brew install", "COFFERDAM_JAVA_HOME")
        .hasLineCount(1);
    assertThat(house.mavenCalls()).isEmpty();
  }

  @Test
  void anOlderJdkAndOneWithoutCompilerArePassedOver() throws Exception {
    installed(17);
    Path runtime = house.jdk(house.machine().resolve("usr/lib/jvm/a-runtime"), 25);
    Files.delete(runtime.resolve("bin/javac"));
    assertThat(house.run("version").text()).contains("no JDK 25 or newer found");

    Path newer = house.jdk(house.home().resolve(".sdkman/candidates/java/26.0.1-tem"), 26);
    assertThat(house.run("version").text()).contains("java of " + newer + ": ");
  }

  @Test
  void aWrongJavaHomeIsPassedOverAndARightOneGoesFirst() throws Exception {
    Path found = installed(25);
    Path chosen = house.jdk(folder.toRealPath().resolve("chosen"), 25);

    house.with("JAVA_HOME", folder.resolve("nowhere").toString());
    assertThat(house.run("version").text()).contains("java of " + found + ": ");
    house.with("JAVA_HOME", chosen.toString());
    assertThat(house.run("version").text()).contains("java of " + chosen + ": ");
  }

  @Test
  void aWrongCofferdamJavaHomeIsRefused() throws Exception {
    installed(25);
    Said said =
        house
            .with("COFFERDAM_JAVA_HOME", house.jdk(folder.resolve("old"), 17).toString())
            .run("up");

    assertThat(said.code()).isEqualTo(1);
    assertThat(said.text())
        .isEqualTo(
            "cofferdam: COFFERDAM_JAVA_HOME is `%s`, which is no JDK 25 or newer: correct it or unset it\n"
                .formatted(folder.resolve("old")));
  }

  @Test
  void theJdkOfTheJavaOnThePathIsFound() throws Exception {
    Path behindTheLink = house.jdk(folder.toRealPath().resolve("elsewhere"), 25);
    Files.createSymbolicLink(house.onThePath().resolve("java"), behindTheLink.resolve("bin/java"));

    assertThat(house.run("version").text()).contains("java of " + behindTheLink + ": ");
  }

  @Test
  void itBuildsOnceAndAgainWhenSomethingChanged() throws Exception {
    installed(25);

    Said first = house.run("version");
    assertThat(first.text())
        .contains("cofferdam: building, with ", "cofferdam:   Cofferdam server");
    assertThat(house.run("version").text()).startsWith("java of ").contains("-jar ", " version");
    assertThat(house.mavenCalls())
        .singleElement()
        .asString()
        .contains("-pl server -am")
        .endsWith("package");

    buildsAgain("protocol/src/main/Changed.java", 2);
    buildsAgain(ScriptHouse.REGISTER + "/iso.yaml", 3);
  }

  private void buildsAgain(String file, int builds) throws Exception {
    Path changed = house.root().resolve(file);
    Files.writeString(changed, "changed");
    Files.setLastModifiedTime(changed, FileTime.from(Instant.now().plusSeconds(2)));
    house.run("version");
    assertThat(house.mavenCalls()).hasSize(builds);
    Files.setLastModifiedTime(changed, FileTime.from(Instant.EPOCH));
    house.run("version");
    assertThat(house.mavenCalls()).hasSize(builds);
  }

  @Test
  void aFailedBuildIsShownAndIsNoBuild() throws Exception {
    installed(25);
    house.maven("echo '[INFO] noise'\necho '[ERROR] Wrong.java:[1,1] not a statement'\nexit 1");

    Said said = house.run("up");
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.text())
        .contains("[ERROR] Wrong.java:[1,1] not a statement")
        .doesNotContain("noise")
        .endsWith(
            "cofferdam: the build failed: the whole log is in `%s`\n"
                .formatted(house.root().resolve("target/build.log")));
    assertThat(Files.readString(house.root().resolve("target/build.log"))).contains("noise");
    assertThat(lock()).doesNotExist();

    house.mavenThatBuilds();
    assertThat(house.run("version").code()).isZero();
  }

  @Test
  void aBuildThatSaysNothingOfErrorsIsShownWithHowItEnded() throws Exception {
    installed(25);
    house.maven("echo 'mvnw: something is not set'\nexit 1");

    assertThat(house.run("up").text())
        .contains("mvnw: something is not set\ncofferdam: the build failed: ");
  }

  @Test
  void whoHasNoHomeInTheEnvironmentHasOneAllTheSame() throws Exception {
    installed(25);
    house.maven("echo \"[ERROR] home is $HOME\"\nexit 1");

    assertThat(house.with("HOME", "").run("up").text())
        .contains("home is " + System.getProperty("user.home"));
  }

  @Test
  void aSecondBuildWaitsForTheFirst() throws Exception {
    installed(25);
    Process holder = new ProcessBuilder("sleep", "60").start();
    try {
      Files.createDirectories(lock().resolveSibling(""));
      Files.createSymbolicLink(lock(), Path.of("" + holder.pid()));
      Process waiting = house.start("version");
      BufferedReader lines = waiting.inputReader();

      assertThat(lines.readLine())
          .isEqualTo(
              "cofferdam: waiting for the build that process " + holder.pid() + " is running");
      assertThat(house.mavenCalls()).isEmpty();
      // Gone without having unlocked, as after a kill -9.
      holder.destroyForcibly().waitFor();

      assertThat(lines.lines()).anyMatch(line -> line.contains("building"));
      assertThat(waiting.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(Files.exists(lock(), LinkOption.NOFOLLOW_LINKS)).isFalse();
    } finally {
      holder.destroyForcibly();
    }
  }

  @Test
  void ofTwoAtOnceOneBuilds() throws Exception {
    installed(25);
    house.maven(
        "sleep 0.5; mkdir -p server/target && touch server/target/cofferdam-server-0.1.0.jar");

    List<Process> both = List.of(house.start("version"), house.start("version"));

    for (Process one : both) {
      Said said = ScriptHouse.said(one);
      assertThat(said.code()).as(said.text()).isZero();
    }
    assertThat(house.mavenCalls()).hasSize(1);
  }

  @Test
  void aBuildThatIsStoppedLeavesNoLock() throws Exception {
    installed(25);
    house.maven("echo $PPID > building; sleep 30");
    Process building = house.start("version");
    Launched.until(() -> Files.exists(house.root().resolve("building")));

    // Process.destroy would close the pipe that the script still writes into.
    building.toHandle().destroy();
    building.descendants().forEach(ProcessHandle::destroy);

    assertThat(building.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(building.exitValue()).isEqualTo(143);
    assertThat(Files.exists(lock(), LinkOption.NOFOLLOW_LINKS)).isFalse();
  }

  @Test
  void aRecordingThatIsStoppedLeavesNoServerAndNoFolder() throws Exception {
    Path slow = Files.createDirectory(installed(25).resolve("slow"));
    Process recording = house.start("up");
    Launched.until(() -> Files.exists(slow.resolve("pid")));
    long server = Long.parseLong(Files.readString(slow.resolve("pid")).strip());
    Path scratch = Path.of(Files.readString(slow.resolve("pwd")).strip());
    assertThat(scratch).isDirectory();

    recording.toHandle().destroy();

    assertThat(recording.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(recording.exitValue()).isEqualTo(143);
    assertThat(ProcessHandle.of(server)).isEmpty();
    assertThat(scratch).doesNotExist();
    assertThat(Files.exists(lock(), LinkOption.NOFOLLOW_LINKS)).isFalse();
  }

  @Test
  void buildingCanBeForbidden() throws Exception {
    installed(25);
    house.with("COFFERDAM_BUILD", "no");
    Said said = house.run("up");

    assertThat(said.code()).isEqualTo(1);
    assertThat(said.text())
        .startsWith("cofferdam: nothing is built and COFFERDAM_BUILD is `no`: unset it");
  }

  @Test
  void theServersExitCodeAndArgumentsArePassedOn() throws Exception {
    installed(25);
    Path elsewhere =
        Files.createSymbolicLink(
            folder.resolve("link"), folder.relativize(house.root().resolve("cofferdam")));
    Said said = house.with("EXIT", "7").runAs(elsewhere, "doctor", "--data", "a folder");

    assertThat(said.code()).isEqualTo(7);
    assertThat(said.text())
        .contains("/server/target/cofferdam-server-0.1.0.jar doctor --data a folder");
  }

  @Test
  void byItsOtherNameItBuildsAndRunsTheNode() throws Exception {
    installed(25);
    house.maven(
        "cd node && mkdir -p target && cd target && touch cofferdam-node-0.1.0.jar cofferdam-node-0.1.0-standalone.jar");
    Path elsewhere =
        Files.createSymbolicLink(
            Files.createDirectory(folder.resolve("bin")).resolve("cofferdam-node"),
            house.root().resolve("cofferdam-node"));
    Said said = house.with("EXIT", "2").runAs(elsewhere, "verify", "--help");

    assertThat(said.code()).isEqualTo(2);
    assertThat(said.text()).contains("/node/target/cofferdam-node-0.1.0.jar verify --help");
    assertThat(house.mavenCalls()).singleElement().asString().contains("-pl node -am");
  }

  @Test
  void aTerminalIsBuiltAndRunWithoutTheServer() throws Exception {
    installed(25);
    house.maven("mkdir -p node/target && touch node/target/cofferdam-node-0.1.0.jar");
    Said said = house.with("EXIT", "4").run("token", "--login", "a file");

    assertThat(said.code()).isEqualTo(4);
    assertThat(said.text())
        .contains(
            "/node/target/cofferdam-node-0.1.0.jar dev.cofferdam.node.terminal.Main token --login a file");
    assertThat(house.mavenCalls()).singleElement().asString().contains("-pl node -am");
  }

  @ParameterizedTest
  @CsvSource({
    "review ISO-04 ISO-05, run --root ROOT ISO-04 ISO-05",
    "review verify x.html, verify --root ROOT x.html",
    "review key --name a, key --name a",
    "review prove x, prove x",
    "review diff x y, diff x y",
    "review --rate 2 --target URL, target --root ROOT --rate 2 --target URL",
    "review --target=URL ISO-01, target --root ROOT --target=URL ISO-01",
    "review target-example, target-example",
    "demo --once, demo --root ROOT --once"
  })
  void theReviewsCommandsAreToldWhereTheSourcesAreIfTheyNeedThem(String given, String run)
      throws Exception {
    installed(25);
    house.maven("mkdir -p review/target && touch review/target/cofferdam-review-0.1.0.jar");

    assertThat(house.run(given.split(" ")).text())
        .contains(
            "/review/target/cofferdam-review-0.1.0.jar "
                + run.replace("ROOT", house.root().toRealPath().toString()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"up", "doctor", "database", "version", "test", "demo", "review", "bench", "help"})
  void helpNeedsNeitherJdkNorBuild(String command) throws Exception {
    Said said = house.run(command, "--help");

    assertThat(said.code()).isZero();
    assertThat(said.text())
        .startsWith("./cofferdam " + command + ": ")
        .contains("Usage: ./cofferdam " + command);
    assertThat(house.run("help", command)).isEqualTo(said);
  }

  @Test
  void withoutACommandItSaysWhichThereAre() throws Exception {
    assertThat(house.run()).isEqualTo(house.run("--help"));
    Said wrong = house.run("upp", "--help");
    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.text())
        .isEqualTo("cofferdam: there is no command `upp`: see `./cofferdam help`\n");
  }

  @Test
  void testsThatFailAreSummedUpAndFail() throws Exception {
    installed(25);
    house.maven(
        """
        echo '[INFO] Building Cofferdam server 0.1.0-SNAPSHOT [3/6]'
        echo '[INFO] much else'
        echo 'a library says.[INFO] Tests run: 2, Failures: 0, Errors: 0, Skipped: 0 -- in Whole'
        echo '[ERROR] some.Test.works -- Time elapsed: 0.1 s <<< FAILURE!'
        echo 'java.lang.AssertionError: '
        echo
        echo 'Expecting empty but was: much'
        for n in 1 2 3 4 5 6 7 8 9 10 11 12; do echo "frame $n"; done
        echo '[ERROR] Failures: '
        echo '[ERROR]   Test.works:7 '
        echo 'Expecting empty but was: much'
        echo '[INFO] '
        echo '[ERROR] Tests run: 3, Failures: 1, Errors: 0, Skipped: 0'
        echo '[ERROR] '
        echo
        echo 'See server/target/surefire-reports for the individual test results.'
        echo '[INFO] Building Cofferdam review 0.1.0-SNAPSHOT [4/6]'
        echo '[ERROR] Errors: '
        echo '[ERROR]   OtherTest.works » IllegalState never'
        echo '[INFO] '
        echo '[ERROR] Tests run: 1, Failures: 0, Errors: 1, Skipped: 0'
        echo '[INFO] BUILD SUCCESS'
        """);
    Said said = house.run("test", "-pl", "server");

    assertThat(said.code()).isEqualTo(1);
    assertThat(said.text())
        .contains("Building Cofferdam server")
        .doesNotContain("much else")
        .contains("java.lang.AssertionError: \n", "Expecting empty but was: much\n", "frame 9\n")
        .doesNotContain("frame 10")
        .contains("\n[INFO] Tests run: 2, Failures: 0, Errors: 0, Skipped: 0 -- in Whole\n")
        .doesNotContain("BUILD SUCCESS")
        .endsWith(
            """

            [ERROR] Tests run: 3, Failures: 1, Errors: 0, Skipped: 0
            [ERROR] Tests run: 1, Failures: 0, Errors: 1, Skipped: 0
            [ERROR] Failures:\s
            [ERROR]   Test.works:7\s
            Expecting empty but was: much
            [ERROR] Errors:\s
            [ERROR]   OtherTest.works » IllegalState never
            cofferdam: not everything passed: the whole log is in `%s`
            """
                .formatted(house.root().resolve("target/test.log")));
    assertThat(house.mavenCalls())
        .singleElement()
        .asString()
        .endsWith("verify --fail-at-end -Dmaven.test.failure.ignore=true -pl server");
  }

  /**
   * Maven goes on after a test that failed, and ends well: the script alone says that it failed.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        // Each with whatever else would say so left out.
        "echo '[ERROR] Tests run: 3, Failures: 1, Errors: 0, Skipped: 0'; echo '[INFO] BUILD SUCCESS'",
        "echo '[ERROR] Tests run: 3, Failures: 0, Errors: 20, Skipped: 0, Flakes: 1'; echo '[INFO] BUILD SUCCESS'",
        "echo 'some words[ERROR] Tests run: 3, Failures: 0, Errors: 2, Skipped: 0'; echo '[INFO] BUILD SUCCESS'",
        "echo 'See x for the individual test results.'; echo '[INFO] BUILD SUCCESS'",
        "echo '[INFO] BUILD FAILURE'; exit 1",
        "echo '[INFO] BUILD SUCCESS'; exit 1",
        "echo '[INFO] BUILD FAILURE'",
        "kill -9 $$",
        "true"
      })
  void nothingElseThatFailedPasses(String end) throws Exception {
    installed(25);
    house.maven("echo '[INFO] Tests run: 2, Failures: 0, Errors: 0, Skipped: 0'\n" + end);

    for (String[] arguments : new String[][] {{"test"}, {"test", "-pl", "server"}}) {
      Said said = house.run(arguments);
      assertThat(said.code()).as(said.text()).isEqualTo(1);
      assertThat(said.text()).contains("cofferdam: not everything passed");
    }
    assertThat(house.root().resolve("server/target/built")).doesNotExist();
  }

  @Test
  void aWholeRunWithoutTestsDoesNotPass() throws Exception {
    installed(25);
    house.maven("echo '[INFO] BUILD SUCCESS'");
    assertThat(house.run("test").code()).isEqualTo(1);
    assertThat(house.run("test", "-DskipTests").code()).isZero();

    house.maven(
        "echo '[INFO] Tests run: 2, Failures: 0, Errors: 0, Skipped: 1'; echo '[INFO] BUILD SUCCESS'");
    assertThat(house.run("test").code()).isZero();
    assertThat(house.root().resolve("server/target/built")).exists();
  }

  @Test
  void whatElseEndedTheWorkOnAModuleIsToldAtTheEnd() throws Exception {
    installed(25);
    house.maven(
        """
        echo '[ERROR] /src/Wrong.java:[1,1] not a statement'
        echo '[INFO] Tests run: 2, Failures: 0, Errors: 0, Skipped: 0'
        echo '[INFO] BUILD FAILURE'
        echo '[ERROR] Failed to execute goal spotless: there are format violations'
        exit 1
        """);

    assertThat(house.run("test").text())
        .contains(
            """

            [INFO] Tests run: 2, Failures: 0, Errors: 0, Skipped: 0
            [ERROR] /src/Wrong.java:[1,1] not a statement
            [ERROR] Failed to execute goal spotless: there are format violations
            cofferdam: not everything passed\
            """);
  }

  @Test
  void whatIsLeftOutIsSaidAtTheEndAndPlayedInAWholeRun() throws Exception {
    installed(25);
    house.maven(
        """
        case $* in *-Dtest.whole=true*) ;; *) echo 'no end of line.left out: 3 of 4 faults' ;; esac
        echo '[INFO] Tests run: 2, Failures: 0, Errors: 0, Skipped: 0'
        echo '[INFO] BUILD SUCCESS'
        """);

    assertThat(house.run("test").text())
        .endsWith(
            """

            [INFO] Tests run: 2, Failures: 0, Errors: 0, Skipped: 0
            left out: 3 of 4 faults
            That is played by `./cofferdam test --whole`; the review alone by `./cofferdam review`.
            """);
    Said whole = house.run("test", "-Da=b c", "--whole", "-pl", "server");
    assertThat(whole.code()).isZero();
    assertThat(whole.text()).doesNotContain("left out", "--whole");
    assertThat(house.mavenCalls().getLast()).endsWith("=true -Dtest.whole=true -Da=b c -pl server");
  }

  @Test
  void whatPassedOnlyWhenItWasRunAgainIsToldAtTheEnd() throws Exception {
    installed(25);
    house.maven(
        """
        echo '[WARNING] Flakes: '
        echo '[WARNING] some.Test.waits'
        echo '[ERROR]   Run 1: Test.waits:7 too late'
        echo '[INFO]   Run 2: PASS'
        echo '[INFO] '
        echo '[WARNING] Tests run: 3, Failures: 0, Errors: 0, Skipped: 0, Flakes: 1'
        echo '[INFO] BUILD SUCCESS'
        """);
    Said said = house.run("test", "-pl", "server");

    assertThat(said.code()).as(said.text()).isZero();
    assertThat(said.text())
        .endsWith(
            """

            [WARNING] Tests run: 3, Failures: 0, Errors: 0, Skipped: 0, Flakes: 1
            [WARNING] Flakes:\s
            [WARNING] some.Test.waits
            [ERROR]   Run 1: Test.waits:7 too late
            [INFO]   Run 2: PASS
            [INFO]\s
            """);
  }
}
