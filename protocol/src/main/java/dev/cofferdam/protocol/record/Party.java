package dev.cofferdam.protocol.record;

import java.util.regex.Pattern;

/**
 * Who did something, or what it was done to.
 *
 * @param kind of thing, in the vocabulary of the product: lower-case letters and underscores, 1 to
 *     40
 * @param id within its kind: never an e-mail address or a name, 1 to 200 characters
 */
public record Party(String kind, String id) {
  static final Pattern WORD = Pattern.compile("[a-z][a-z_]{0,39}");

  public Party {
    if (!WORD.matcher(kind).matches()) {
      throw new IllegalArgumentException("no kind of thing is called `" + kind + "`");
    }
    if (id.isEmpty() || id.length() > 200) {
      throw new IllegalArgumentException("an id has 1 to 200 characters, not " + id.length());
    }
  }
}
