package dev.cofferdam.server.operations;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * Something of what runs, told from anything else: in the form that sign-offs have it in, so that
 * the two can be compared.
 *
 * @param digest SHA-256 in hex over the items, a line each
 * @param items SHA-256 in hex by name
 */
public record RunningPart(String digest, Map<String, String> items) {
  public RunningPart {
    items = Collections.unmodifiableMap(new TreeMap<>(items));
  }

  static RunningPart of(Map<String, String> items) {
    StringBuilder lines = new StringBuilder();
    new TreeMap<>(items)
        .forEach((name, value) -> lines.append(name).append(' ').append(value).append('\n'));
    return new RunningPart(sha256(lines.toString().getBytes(StandardCharsets.UTF_8)), items);
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
