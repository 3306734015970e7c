package dev.cofferdam.server.oauth.device;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.cofferdam.server.identity.RingMac;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a person types: eight of twenty consonants. Without vowels it is no word, without digits
 * nothing in it is taken for another, and of 2.5 × 10¹⁰ nobody guesses one that is waiting within
 * the limits on guessing. It is kept as a MAC alone: a hash of something so short is soon found.
 *
 * <p>No record, and without {@code equals} and {@code hashCode}: it is a secret.
 */
public final class UserCode {
  private static final String LETTERS = "BCDFGHJKLMNPQRSTVWXZ";
  private static final int LENGTH = 8;
  private static final Pattern FORM = Pattern.compile("[" + LETTERS + "]{" + LENGTH + "}");
  private static final int LONGEST_TYPED = 40;
  private static final String LABEL = "cofferdam/1/oauth/user-code/";

  private final String letters;

  private UserCode(String letters) {
    this.letters = letters;
  }

  static UserCode make(SecureRandom random) {
    StringBuilder letters = new StringBuilder();
    for (int n = 0; n < LENGTH; n++) {
      letters.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return new UserCode(letters.toString());
  }

  /**
   * As somebody typed it: in small letters too, with spaces, dashes, or without. Empty when it
   * cannot be one.
   */
  public static Optional<UserCode> of(String typed) {
    if (typed.length() > LONGEST_TYPED) {
      return Optional.empty();
    }
    String letters = typed.toUpperCase(Locale.ROOT).replaceAll("[\\s\\p{Pd}._]", "");
    return FORM.matcher(letters).matches() ? Optional.of(new UserCode(letters)) : Optional.empty();
  }

  /** To be shown, in two halves. */
  public String text() {
    return letters.substring(0, LENGTH / 2) + "-" + letters.substring(LENGTH / 2);
  }

  /**
   * By which it is found, under the key that makes new ones: when that is another by now, the code
   * is none, and its program asks again.
   */
  byte[] mac(RingMac ring) {
    return ring.of((LABEL + letters).getBytes(US_ASCII));
  }

  @Override
  public String toString() {
    return "a user code";
  }
}
