package dev.cofferdam.planted.timing;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Objects;

/** Comparisons of what is secret: those that tell by their time how much is right, and others. */
public final class Compares {
  private final String csrfToken;
  private final byte[] mac;

  Compares(String csrfToken, byte[] mac) {
    this.csrfToken = csrfToken;
    this.mac = mac;
  }

  boolean byText(String given) {
    return csrfToken.equals(given);
  }

  boolean byTextTheOtherWayRound(String given) {
    return given.contentEquals(this.csrfToken);
  }

  boolean byAnAccessor(Compares other, String given) {
    return given.equals(other.secretText());
  }

  boolean byOrder(String password, String given) {
    return password.compareTo(given) == 0;
  }

  boolean byHelp(String given, String clientSecret) {
    return Objects.equals(given, clientSecret);
  }

  boolean byBeginning(String given) {
    return csrfToken.startsWith(given);
  }

  boolean byBytes(byte[] given) {
    return Arrays.equals(mac, given);
  }

  int byDifference(byte[] left, byte[] right) {
    return Arrays.mismatch(left, right);
  }

  boolean byReference(java.util.stream.Stream<String> tokens) {
    return tokens.anyMatch(csrfToken::equals);
  }

  boolean inConstantTime(byte[] given) {
    return MessageDigest.isEqual(mac, given);
  }

  boolean nothingSecret(String name, String other) {
    return name.equals(other) && csrfToken.length() == other.length();
  }

  String secretText() {
    return csrfToken;
  }
}
