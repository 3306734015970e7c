package dev.cofferdam.server.surface;

import java.util.regex.Pattern;

/**
 * The version of one thing, as its reader gets it and must show again to change it. Strong only
 * (RFC 9110 section 8.8.3).
 *
 * @param value without the quotes
 */
public record ETag(String value) {
  private static final Pattern VALUE = Pattern.compile("[\\x21\\x23-\\x7e]{1,64}");

  public ETag {
    if (!VALUE.matcher(value).matches()) {
      throw new IllegalArgumentException("an entity tag is 1 to 64 visible characters");
    }
  }

  /** Of a version number that is counted for each thing by itself, so that it tells of no other. */
  public static ETag ofVersion(long version) {
    return new ETag(Long.toString(version));
  }

  /** As it stands in the header field. */
  @Override
  public String toString() {
    return '"' + value + '"';
  }
}
