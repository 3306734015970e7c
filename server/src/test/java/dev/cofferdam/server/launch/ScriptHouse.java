package dev.cofferdam.server.launch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.springframework.util.FileSystemUtils;

/**
 * A checkout with the real launcher script in it and everything that it calls replaced: JDKs that
 * say how they were called, a Maven that does what the test wants. The only thing changed in the
 * script is where it looks for JDKs outside of the home directory: below {@link #machine()}.
 */
final class ScriptHouse {
  private static final Path SCRIPT = Path.of("..", "cofferdam");
  static final String REGISTER = "review/src/main/resources/dev/cofferdam/review/register";
  private static final String HELP = "server/src/main/resources/dev/cofferdam/server/launch/help";
  private static final List<String> TOOLS =
      List.of(
          "sh",
          "sed",
          "dirname",
          "readlink",
          "cat",
          "find",
          "head",
          "ls",
          "mkdir",
          "ln",
          "rm",
          "grep",
          "sleep",
          "touch",
          "mv",
          "ps",
          "mktemp",
          "env",
          "locale",
          "tail",
          "id");

  private final Path folder;
  private final Map<String, String> variables = new HashMap<>();

  ScriptHouse(Path folder) throws IOException {
    this.folder = folder;
    String script =
        Files.readString(SCRIPT)
            .replaceAll("(?m)^ {4}(/\\S+)", "    '" + machine() + "'$1")
            .replace("/usr/libexec/java_home", "'" + machine() + "'/usr/libexec/java_home");
    program(root().resolve("cofferdam"), script);
    Files.createSymbolicLink(root().resolve("cofferdam-node"), Path.of("cofferdam"));
    Files.createDirectories(root().resolve(HELP));
    try (var texts = Files.list(Path.of("..").resolve(HELP))) {
      for (Path text : (Iterable<Path>) texts::iterator) {
        Files.copy(text, root().resolve(HELP).resolve(text.getFileName()));
      }
    }
    for (String module : List.of("protocol", "server", "node", "review", "bench")) {
      Files.createDirectories(root().resolve(module).resolve("src/main"));
      Files.writeString(root().resolve(module).resolve("pom.xml"), "<project/>");
    }
    Files.createDirectories(root().resolve(REGISTER));
    Files.writeString(root().resolve("pom.xml"), "<project/>");
    Files.createDirectories(root().resolve(".mvn"));
    variables.put("PATH", folder.resolve("path") + ":" + Tools.FOLDER);
    variables.put("HOME", Files.createDirectory(folder.resolve("home")).toString());
  }

  Path root() {
    return folder.resolve("checkout");
  }

  Path home() {
    return folder.resolve("home");
  }

  /** Stands for the root of the machine's file system, where JDKs are looked for. */
  Path machine() {
    return folder.resolve("machine");
  }

  /**
   * A JDK that says where it is and how it was called, runs the command in TELL, and ends with the
   * code in EXIT. With a folder {@code slow} in it, a start that is recorded does not end, and
   * leaves its number and its folder there.
   */
  Path jdk(Path at, int version) throws IOException {
    Path bin = Files.createDirectories(at.resolve("bin"));
    Files.writeString(at.resolve("release"), "JAVA_VERSION=\"" + version + ".0.1\"\n");
    program(
        bin.resolve("java"),
        """
        #!/bin/sh
        case $* in
        *FetchMaven*) exit 0 ;;
        *-XshowSettings*) echo '    java.home = %1$s' ; exit 0 ;;
        *AOTCacheOutput*) [ ! -d '%1$s/slow' ] || { pwd > '%1$s/slow/pwd'; echo $$ > '%1$s/slow/pid'; exec sleep 60; } ;;
        esac
        last=
        for word in "$@"; do
          [ "$last" != -jar ] || [ -f "$word" ] || echo "there is no archive $word"
          last=$word
        done
        ${TELL-}
        echo "java of %1$s: $*"
        exit ${EXIT-0}
        """
            .formatted(at));
    program(bin.resolve("javac"), "#!/bin/sh\n");
    return at;
  }

  /** A Maven that notes each call in {@code calls}, and then runs these lines. */
  void maven(String lines) throws IOException {
    program(root().resolve("mvnw"), "#!/bin/sh\necho \"$*\" >> calls\n" + lines + "\n");
  }

  /** A Maven that leaves the archive that a build leaves. */
  void mavenThatBuilds() throws IOException {
    maven(
        """
        echo '[INFO] Building Cofferdam server 0.1.0-SNAPSHOT [3/3]'
        mkdir -p server/target && touch server/target/cofferdam-server-0.1.0.jar
        """);
  }

  /** How often Maven was called, and with what. */
  List<String> mavenCalls() throws IOException {
    Path calls = root().resolve("calls");
    return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
  }

  /** A folder that is searched for commands. */
  Path onThePath() throws IOException {
    return Files.createDirectories(folder.resolve("path"));
  }

  ScriptHouse with(String variable, String value) {
    variables.put(variable, value);
    return this;
  }

  Process start(String... arguments) throws IOException {
    return start(root().resolve("cofferdam"), arguments);
  }

  private Process start(Path script, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.directory(folder.toFile());
    builder.environment().clear();
    builder.environment().putAll(variables);
    Process process = builder.start();
    process.getOutputStream().close();
    return process;
  }

  Said run(String... arguments) throws Exception {
    return said(start(arguments));
  }

  /** Runs the script by another name for it. */
  Said runAs(Path script, String... arguments) throws Exception {
    return said(start(script, arguments));
  }

  static Said said(Process process) throws Exception {
    String text = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("it did not end: " + text);
    }
    return new Said(process.exitValue(), text);
  }

  /** How a run ended, and what it printed. */
  record Said(int code, String text) {}

  private static void program(Path file, String text) throws IOException {
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /**
   * What the script needs of a system, and no Java; outside of the test's folder, as it is shared.
   */
  private static final class Tools {
    static final Path FOLDER = link();

    private static Path link() {
      try {
        Path folder = Files.createTempDirectory("cofferdam-tools-");
        Runtime.getRuntime()
            .addShutdownHook(new Thread(() -> FileSystemUtils.deleteRecursively(folder.toFile())));
        for (String tool : TOOLS) {
          Path real = Path.of("/usr/bin", tool);
          Files.createSymbolicLink(
              folder.resolve(tool), Files.isExecutable(real) ? real : Path.of("/bin", tool));
        }
        return folder;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
