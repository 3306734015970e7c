package dev.cofferdam.server.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import org.springframework.http.MediaType;

/** What pages are drawn with, under a name that changes with it: so it may be kept for good. */
final class Asset {
  private static final int SHOWN = 8;

  private final MediaType type;
  private final byte[] bytes;
  private final String name;

  /**
   * @param file beside this class, with an ending
   */
  Asset(String file, MediaType type) {
    this.type = type;
    try (InputStream in = Objects.requireNonNull(Asset.class.getResourceAsStream(file))) {
      bytes = in.readAllBytes();
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      int end = file.lastIndexOf('.');
      name =
          file.substring(0, end)
              + "-"
              + HexFormat.of().formatHex(digest, 0, SHOWN)
              + file.substring(end);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  String path() {
    return "/assets/" + name;
  }

  boolean isNamed(String asked) {
    return name.equals(asked);
  }

  MediaType type() {
    return type;
  }

  byte[] bytes() {
    return bytes.clone();
  }
}
