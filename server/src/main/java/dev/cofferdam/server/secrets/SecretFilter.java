package dev.cofferdam.server.secrets;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Which secrets of a project are asked for. */
public enum SecretFilter {
  /** Those that nodes can get. */
  LIVE,
  /** Of these the ones whose value is to be replaced by now. */
  DUE,
  DELETED;

  /** As the API writes it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The filter of a label. */
  public static Optional<SecretFilter> of(String label) {
    return Arrays.stream(values()).filter(filter -> filter.label().equals(label)).findFirst();
  }
}
