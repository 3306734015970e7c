package dev.cofferdam.review.demo;

import dev.cofferdam.review.wire.Site;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A machine with the packaged {@code cofferdam-node}, and a folder for what that keeps. */
final class DemoNode {
  private static final int PATIENCE_SECONDS = 60;

  private final Path program;
  private final Path home;

  /**
   * @param program it, as one file
   * @param home where its keys are, or are going to be
   */
  DemoNode(Path program, Path home) {
    this.program = program;
    this.home = home;
  }

  /** Whether it became a node before. */
  boolean isRegistered() {
    return Files.exists(home);
  }

  /** Becomes one, with a bootstrap token that is used up by it. */
  void register(Site server, String token) throws IOException, InterruptedException {
    Path file =
        Files.createFile(
            home.resolveSibling(home.getFileName() + ".token"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      Files.writeString(file, token);
      run(List.of("register", "--server", server.origin(), "--token-file", file.toString()));
    } finally {
      Files.delete(file);
    }
  }

  /**
   * Reads a secret, opens it, and holds its receipt against the key of the tenant's log.
   *
   * @return the value
   */
  String secret(String project, String name, String logKey)
      throws IOException, InterruptedException {
    return run(List.of("secret", "--log-key", logKey, project + "/" + name));
  }

  private String run(List<String> words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-jar", program.toAbsolutePath().toString()));
    command.addAll(words);
    command.addAll(List.of("--home", home.toAbsolutePath().toString()));
    Path said = Files.createTempFile("cofferdam-node-", ".err");
    try {
      Process process = new ProcessBuilder(command).redirectError(said.toFile()).start();
      process.getOutputStream().close();
      String given = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IOException(
            "`cofferdam-node %s` failed: %s".formatted(words.getFirst(), Files.readString(said)));
      }
      return given;
    } finally {
      Files.delete(said);
    }
  }
}
