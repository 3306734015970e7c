package dev.cofferdam.server.tenancy;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name by which people address a tenant. Taken as it was written or refused, never made out of
 * something else: two slugs are the same tenant's exactly when they are equal.
 *
 * @param text 3 to 40 lower-case letters and digits in words parted by single hyphens, beginning
 *     with a letter
 */
public record Slug(String text) {
  private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
  private static final int SHORTEST = 3;
  private static final int LONGEST = 40;

  /** Why a text cannot be a slug. */
  public enum Refusal {
    /** Fewer than three characters. */
    TOO_SHORT,
    /** More than forty characters. */
    TOO_LONG,
    /** Something else than lower-case letters, digits and single hyphens between them. */
    FORM,
    /** A name of the platform's, or one that looks like it. */
    RESERVED
  }

  public Slug {
    String asked = text;
    refusal(text)
        .ifPresent(
            why -> {
              throw new IllegalArgumentException(
                  "`" + asked + "` cannot be the slug of a tenant: " + why);
            });
  }

  /** Why {@code text} cannot be a slug, or empty when it can. */
  public static Optional<Refusal> refusal(String text) {
    if (text.length() < SHORTEST) {
      return Optional.of(Refusal.TOO_SHORT);
    }
    if (text.length() > LONGEST) {
      return Optional.of(Refusal.TOO_LONG);
    }
    if (!FORM.matcher(text).matches()) {
      return Optional.of(Refusal.FORM);
    }
    return ReservedSlugs.looksReserved(text) ? Optional.of(Refusal.RESERVED) : Optional.empty();
  }

  /** What the slug looks like: two that a person could confuse have the same. */
  String skeleton() {
    return Skeleton.of(text);
  }

  @Override
  public String toString() {
    return text;
  }
}
