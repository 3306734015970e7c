import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Properties;
import java.util.zip.ZipInputStream;

/**
 * Puts the Maven named in maven-wrapper.properties where {@code mvnw} looks for it.
 *
 * <p>{@code mvnw} can do this itself, but only where wget or curl and unzip are installed: without unzip it takes
 * another archive and then refuses it for its checksum. A fresh Debian has none of the three; a JDK is there always.
 * Run by {@code ./cofferdam} as a single source file; prints one line when it had to download.
 */
final class FetchMaven {
  public static void main(String[] args) throws IOException {
    try {
      fetch(Path.of(args[0]));
    } catch (Refused e) {
      System.err.println("cofferdam: " + e.getMessage());
      System.exit(1);
    }
  }

  private static void fetch(Path settings) throws IOException, Refused {
    var properties = new Properties();
    try (var in = Files.newInputStream(settings)) {
      properties.load(in);
    }
    String url = properties.getProperty("distributionUrl");
    String mirror = System.getenv("MVNW_REPOURL");
    if (mirror != null && !mirror.isEmpty()) {
      url = mirror + url.substring(url.indexOf("/org/apache/maven/"));
    }
    String file = url.substring(url.lastIndexOf('/') + 1);
    String name = file.substring(0, file.length() - "-bin.zip".length());
    String userHome = System.getenv("MAVEN_USER_HOME");
    Path home = userHome == null ? Path.of(System.getProperty("user.home"), ".m2") : Path.of(userHome);
    // The folder that mvnw computes: the hash of the address, in hex.
    Path wanted = home.resolve("wrapper/dists").resolve(name).resolve(Integer.toHexString(url.hashCode()));
    if (Files.isDirectory(wanted)) {
      return;
    }
    System.out.println("  fetching " + name);
    Files.createDirectories(wanted.getParent());
    Path work = Files.createTempDirectory(wanted.getParent(), "fetch");
    try {
      Path archive = work.resolve(file);
      try (InputStream in = URI.create(url).toURL().openStream()) {
        Files.copy(in, archive);
      } catch (IOException e) {
        throw new Refused("cannot fetch `" + url + "` (" + e + "): the first build needs Maven Central or MVNW_REPOURL");
      }
      String expected = properties.getProperty("distributionSha256Sum");
      String found = sha256(archive);
      if (!found.equals(expected)) {
        throw new Refused("`" + url + "` has SHA-256 " + found + ", not " + expected + ": not unpacked");
      }
      unpack(archive, work);
      try {
        Files.move(work.resolve(name), wanted, StandardCopyOption.ATOMIC_MOVE);
      } catch (FileAlreadyExistsException e) {
        // Another build was faster.
      } catch (IOException e) {
        if (!Files.isDirectory(wanted)) {
          throw e;
        }
      }
    } finally {
      remove(work);
    }
  }

  private static void unpack(Path archive, Path to) throws IOException {
    try (var zip = new ZipInputStream(Files.newInputStream(archive))) {
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path target = to.resolve(entry.getName()).normalize();
        if (!target.startsWith(to)) {
          throw new IOException("an entry leaves the archive: `" + entry.getName() + "`");
        }
        if (entry.isDirectory()) {
          Files.createDirectories(target);
          continue;
        }
        Files.createDirectories(target.getParent());
        Files.copy(zip, target);
        // The stream does not tell permissions; what stands in bin/ is meant to be run.
        if (target.getParent().endsWith("bin")) {
          Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
      }
    }
  }

  private static String sha256(Path file) throws IOException {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void remove(Path folder) throws IOException {
    try (var all = Files.walk(folder)) {
      all.sorted(Comparator.reverseOrder())
          .forEach(
              path -> {
                try {
                  Files.delete(path);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }

  private static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(String why) {
      super(why);
    }
  }
}
