package dev.cofferdam.server.launch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The libraries that this version was built with, each pinned to its bytes
 * (docs/operations/libraries.md). The build fails on any other.
 */
record Libraries(List<Library> all) {
  private static final String LIST = "libraries";
  private static final String OURS = "cofferdam-";

  Libraries {
    all = List.copyOf(all);
  }

  /** The checked list. */
  static Libraries ofServer() {
    try (InputStream in =
        Objects.requireNonNull(Libraries.class.getResourceAsStream(LIST), "no list of libraries")) {
      return new Libraries(
          new String(in.readAllBytes(), StandardCharsets.US_ASCII)
              .lines()
              .map(Library::ofLine)
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the libraries of this server lie, beside its archive; nowhere when it is none. */
  static Optional<Path> folder() {
    try {
      Path here =
          Path.of(Libraries.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      Path folder = here.resolveSibling("lib");
      return here.toString().endsWith(".jar") && Files.isDirectory(folder)
          ? Optional.of(folder)
          : Optional.empty();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("this class came from nowhere", e);
    }
  }

  /** The archives in {@code folder} that are none of the list's, by the names of their files. */
  List<String> foreign(Path folder) throws IOException {
    List<String> foreign = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        String name = String.valueOf(file.getFileName());
        if (!name.startsWith(OURS) && !knows(sha256(file))) {
          foreign.add(name);
        }
      }
    }
    return foreign;
  }

  private boolean knows(String sha256) {
    return all.stream()
        .anyMatch(library -> library.use().equals("run") && library.sha256().equals(sha256));
  }

  static String sha256(Path file) throws IOException {
    try (DigestInputStream in =
        new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
      in.transferTo(java.io.OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(in.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
