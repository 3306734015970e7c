package dev.cofferdam.server.operations;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;

/**
 * What this server runs, as it lies there at the moment: code, policies, configuration; and the
 * register of threats that it was built with.
 */
final class Running {
  private static final String POLICIES = "policies/";
  private static final String REGISTER = "register/";
  private static final String OURS = "COFFERDAM_";

  /** Naming a sign-off changes nothing of what was signed off. */
  private static final String OF_SIGN_OFFS = OURS + "SIGNOFF_";

  private final Path archive;
  private final ConfigurableEnvironment environment;
  private final Map<Path, Hashed> hashed = new ConcurrentHashMap<>();

  /**
   * @param archive the server's own, with its libraries in {@code lib} beside it
   */
  Running(Path archive, ConfigurableEnvironment environment) {
    this.archive = archive;
    this.environment = environment;
  }

  /** Where this code came from. */
  static Path here() {
    try {
      return Path.of(Running.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("this class came from nowhere", e);
    }
  }

  /** The archive and every library; nothing where the server does not run from archives. */
  RunningPart code() {
    Map<String, String> code = new TreeMap<>();
    try {
      if (Files.isRegularFile(archive)) {
        code.put(String.valueOf(archive.getFileName()), hash(archive));
        Path libraries = archive.resolveSibling("lib");
        if (Files.isDirectory(libraries)) {
          try (Stream<Path> files = Files.list(libraries)) {
            for (Path file : files.toList()) {
              code.put("lib/" + file.getFileName(), hash(file));
            }
          }
        }
      }
      return RunningPart.of(code);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The policies as they lie in the archive. */
  RunningPart policies() {
    return RunningPart.of(packed(POLICIES));
  }

  /** The threats that whoever built this server knew of, by the files of the register. */
  RunningPart register() {
    Map<String, String> files = new TreeMap<>();
    packed(REGISTER).forEach((name, hash) -> files.put(name.substring(REGISTER.length()), hash));
    return RunningPart.of(files);
  }

  /** Every file of a folder of the archive. */
  private Map<String, String> packed(String folder) {
    Map<String, String> packed = new TreeMap<>();
    if (Files.isRegularFile(archive)) {
      try (JarFile jar = new JarFile(archive.toFile())) {
        for (JarEntry entry : jar.stream().filter(one -> isFileIn(folder, one)).toList()) {
          try (InputStream in = jar.getInputStream(entry)) {
            packed.put(entry.getName(), RunningPart.sha256(in.readAllBytes()));
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return packed;
  }

  private static boolean isFileIn(String folder, JarEntry entry) {
    return entry.getName().startsWith(folder) && !entry.isDirectory();
  }

  /**
   * Not read again while nobody has touched it: of the times of a file this one is nobody's to set.
   */
  private String hash(Path file) throws IOException {
    if (!file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      return RunningPart.sha256(Files.readAllBytes(file));
    }
    Map<String, Object> now = Files.readAttributes(file, "unix:ctime,size,ino");
    Hashed known = hashed.get(file);
    if (known == null || !known.touched().equals(now)) {
      known = new Hashed(now, RunningPart.sha256(Files.readAllBytes(file)));
      hashed.put(file, known);
    }
    return known.hash();
  }

  /**
   * A file that was read.
   *
   * @param touched what the file system said of it before
   */
  private record Hashed(Map<String, Object> touched, String hash) {}

  /**
   * Every setting that somebody has set, wherever: by the name of its variable; no value is told.
   */
  RunningPart configuration() {
    Map<String, String> settings = new TreeMap<>();
    for (PropertySource<?> source : environment.getPropertySources()) {
      if (source instanceof EnumerablePropertySource<?> some) {
        for (String name : some.getPropertyNames()) {
          String variable = variable(name);
          if (variable.startsWith(OURS) && !variable.startsWith(OF_SIGN_OFFS)) {
            // Of two sources the first goes before.
            settings.computeIfAbsent(
                variable,
                _ ->
                    RunningPart.sha256(
                        String.valueOf(some.getProperty(name)).getBytes(StandardCharsets.UTF_8)));
          }
        }
      }
    }
    return RunningPart.of(settings);
  }

  private static String variable(String name) {
    return name.replace("-", "")
        .replace("]", "")
        .replace('[', '_')
        .replace('.', '_')
        .toUpperCase(Locale.ROOT);
  }
}
