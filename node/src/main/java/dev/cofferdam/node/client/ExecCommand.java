package dev.cofferdam.node.client;

import dev.cofferdam.protocol.crypto.SecretAccess;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** The command {@code exec}. */
@Command(
    name = "exec",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    description =
        "Runs a command that has secrets in its environment, or in files that lie in memory and go with it.%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      NodeCommand.USAGE,
      "125:the command was not run; what to do is printed",
      "any other:that of the command"
    },
    footerHeading = "%nExample:%n",
    footer =
        "  cofferdam-node exec --env PGPASSWORD=019aad2e-0000-7000-8000-000000000004/db-password -- psql orders")
public final class ExecCommand extends NodeCommand {
  private static final SecretAccess ACCESS = SecretAccess.issue();
  private static final Path MEMORY = Path.of("/dev/shm");
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,99}");
  private static final int NOT_RUN = 125;
  private static final int PATIENCE_SECONDS = 10;

  @Option(
      names = "--env",
      paramLabel = "VARIABLE=PROJECT/NAME",
      description = "A secret as the value of a variable; it has to be text.")
  private Map<String, String> variables = new LinkedHashMap<>();

  @Option(
      names = "--file",
      paramLabel = "VARIABLE=PROJECT/NAME",
      description = "A secret in a file in memory, whose path is the value of the variable.")
  private Map<String, String> files = new LinkedHashMap<>();

  @Mixin private SecretOptions options = new SecretOptions();

  @Parameters(arity = "1..*", paramLabel = "COMMAND", description = "What to run.")
  private List<String> line = List.of();

  private int ended;

  @Override
  public Integer call() {
    return super.call() == 0 ? ended : NOT_RUN;
  }

  @Override
  void run(NodeHome node, Patience time) throws IOException {
    Map<String, SecretReference> wanted = references(variables);
    Map<String, SecretReference> filed = references(files);
    Map<String, String> environment = new HashMap<>();
    try (NodeKeys keys = node.keys();
        MemoryFiles folder = new MemoryFiles(MEMORY)) {
      SecretReader reader = options.reader(node, keys, time);
      for (Map.Entry<String, SecretReference> one : wanted.entrySet()) {
        try (GivenSecret given = read(reader, one.getValue())) {
          environment.put(one.getKey(), text(one.getValue(), given));
        }
      }
      for (Map.Entry<String, SecretReference> one : filed.entrySet()) {
        try (GivenSecret given = read(reader, one.getValue())) {
          environment.put(one.getKey(), folder.write(one.getKey(), given).toString());
        }
      }
      ended = run(environment, folder);
    }
  }

  private Map<String, SecretReference> references(Map<String, String> named) {
    Map<String, SecretReference> references = new LinkedHashMap<>();
    named.forEach(
        (name, text) -> {
          if (!VARIABLE.matcher(name).matches()) {
            throw new ParameterException(
                command().commandLine(), "`" + name + "` is no name of a variable");
          }
          references.put(name, SecretCommand.reference(this, text));
        });
    return references;
  }

  private GivenSecret read(SecretReader reader, SecretReference wanted) throws IOException {
    GivenSecret given = reader.read(wanted.project(), wanted.name(), OptionalLong.empty());
    sayOf(given);
    return given;
  }

  private static String text(SecretReference wanted, GivenSecret given) throws IOException {
    try {
      String text =
          given
              .value()
              .lend(
                  ACCESS,
                  bytes ->
                      StandardCharsets.UTF_8
                          .newDecoder()
                          .decode(ByteBuffer.wrap(bytes))
                          .toString());
      if (text.indexOf('\0') < 0) {
        return text;
      }
    } catch (CharacterCodingException none) {
      // Said below.
    }
    throw new UnusableHomeException(
        "The value of %s is no text: have it in a file, with --file.".formatted(wanted));
  }

  private int run(Map<String, String> environment, MemoryFiles folder) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(line).inheritIO();
    builder.environment().putAll(environment);
    Process process = builder.start();
    // Who ends this one means the other, and what lies in memory goes with both.
    Thread end = new Thread(() -> end(process, folder));
    Runtime.getRuntime().addShutdownHook(end);
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      return NOT_RUN;
    } finally {
      forget(end);
    }
  }

  private static void end(Process process, MemoryFiles folder) {
    process.destroy();
    try {
      process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      folder.close();
    } catch (InterruptedException | IOException e) {
      // There is nobody left to tell.
      Thread.currentThread().interrupt();
    }
  }

  private static void forget(Thread end) {
    try {
      Runtime.getRuntime().removeShutdownHook(end);
    } catch (IllegalStateException ending) {
      // It runs already.
    }
  }

  /** Files that never reach a disk, in a folder of this process alone, until it is closed. */
  static final class MemoryFiles implements AutoCloseable {
    private final Path memory;
    private Path folder = Path.of("");
    private final Map<String, Path> written = new LinkedHashMap<>();

    MemoryFiles(Path memory) {
      this.memory = memory;
    }

    Path write(String name, GivenSecret given) throws IOException {
      if (written.isEmpty()) {
        if (!Files.isDirectory(memory)) {
          throw new UnusableHomeException(
              "There is no file system in memory at `%s`: give the secret in a variable, with --env."
                  .formatted(memory));
        }
        folder =
            Files.createTempDirectory(
                memory,
                "cofferdam-",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      Path file =
          Files.createFile(
              folder.resolve(name),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      written.put(name, file);
      given.value().lend(ACCESS, bytes -> Files.write(file, bytes));
      return file;
    }

    @Override
    public void close() throws IOException {
      for (Path file : written.values()) {
        Files.deleteIfExists(file);
      }
      if (!written.isEmpty()) {
        Files.deleteIfExists(folder);
      }
    }
  }
}
