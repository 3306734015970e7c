package dev.cofferdam.server.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;

/** The style sheet, under a name that changes with it: so it may be kept for good. */
final class StyleSheet {
  private static final int SHOWN = 8;

  private final byte[] bytes;
  private final String name;

  StyleSheet() {
    try (InputStream in =
        Objects.requireNonNull(StyleSheet.class.getResourceAsStream("console.css"))) {
      bytes = in.readAllBytes();
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      name = "console-" + HexFormat.of().formatHex(digest, 0, SHOWN) + ".css";
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

  byte[] bytes() {
    return bytes.clone();
  }
}
