package dev.cofferdam.review.signoff;

import dev.cofferdam.review.laboratory.Archives;
import dev.cofferdam.review.register.Register;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** Takes the hashes of what is about to be attacked, or of what is there now. */
public final class Subjects {
  private static final String POLICIES = "policies/";

  private Subjects() {}

  /**
   * What the build left, as it would be attacked.
   *
   * @param settings that the server is started with
   */
  public static Subject of(Archives archives, Map<String, String> settings) {
    try {
      return new Subject(
          Subject.Part.of(code(archives.server())),
          Subject.Part.of(settings),
          Subject.Part.of(policies(archives.server())),
          Subject.Part.of(register()),
          Subject.Part.of(hashes(List.of(archives.review(), archives.agent(), archives.node()))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> code(Path server) throws IOException {
    Path libraries = Objects.requireNonNull(server.toAbsolutePath().getParent()).resolve("lib");
    Map<String, String> code = new TreeMap<>();
    code.put(server.getFileName().toString(), hash(server));
    try (Stream<Path> files = Files.list(libraries)) {
      for (Path file : files.toList()) {
        code.put("lib/" + file.getFileName(), hash(file));
      }
    }
    return code;
  }

  private static Map<String, String> policies(Path server) throws IOException {
    Map<String, String> policies = new TreeMap<>();
    try (JarFile archive = new JarFile(server.toFile())) {
      for (JarEntry entry : archive.stream().filter(Subjects::isPolicy).toList()) {
        try (InputStream in = archive.getInputStream(entry)) {
          policies.put(entry.getName(), Subject.sha256(in.readAllBytes()));
        }
      }
    }
    if (policies.isEmpty()) {
      throw new IOException("`" + server + "` holds no policies: it is no server of ours");
    }
    return policies;
  }

  private static boolean isPolicy(JarEntry entry) {
    return entry.getName().startsWith(POLICIES) && !entry.isDirectory();
  }

  private static Map<String, String> register() {
    Map<String, String> register = new TreeMap<>();
    Register.files()
        .forEach(
            (name, text) ->
                register.put(name, Subject.sha256(text.getBytes(StandardCharsets.UTF_8))));
    return register;
  }

  private static Map<String, String> hashes(List<Path> files) throws IOException {
    Map<String, String> hashes = new TreeMap<>();
    for (Path file : files) {
      hashes.put(file.getFileName().toString(), hash(file));
    }
    return hashes;
  }

  private static String hash(Path file) throws IOException {
    return Subject.sha256(Files.readAllBytes(file));
  }
}
