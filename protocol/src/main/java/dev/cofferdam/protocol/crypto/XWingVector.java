package dev.cofferdam.protocol.crypto;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Properties;

/** The published answer of X-Wing, which is too long to stand in a source. */
enum XWingVector {
  PRIVATE_KEY("sk"),
  PUBLIC_KEY("pk"),
  ENCAPSULATED("ct"),
  SHARED_SECRET("ss");

  private static final String FILE = "x-wing-vector.properties";

  private final String name;

  XWingVector(String name) {
    this.name = name;
  }

  /** Read anew each time. */
  byte[] bytes() {
    Properties vector = new Properties();
    try (InputStream in = XWingVector.class.getResourceAsStream(FILE)) {
      vector.load(Objects.requireNonNull(in, FILE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return HexFormat.of().parseHex(Objects.requireNonNull(vector.getProperty(name), name));
  }
}
