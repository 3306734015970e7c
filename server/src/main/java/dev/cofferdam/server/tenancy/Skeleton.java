package dev.cofferdam.server.tenancy;

import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.text.SpoofChecker;
import java.util.regex.Pattern;

/**
 * What a name looks like, for comparing only: never shown and never an identifier.
 *
 * <p>The skeleton of UTS 39 (Unicode's confusables), and beyond it, because it speaks of glyphs and
 * people read addresses in any case and font: case and separators do not count, nor do the
 * exchanges of {@code 1 i l}, {@code 0 o}, {@code 5 s} and {@code vv w}.
 */
final class Skeleton {
  private static final SpoofChecker CONFUSABLES = new SpoofChecker.Builder().build();
  private static final Normalizer2 CASE_FOLD = Normalizer2.getNFKCCasefoldInstance();
  private static final Pattern NOT_LETTER_OR_DIGIT = Pattern.compile("[^\\p{L}\\p{N}]+");

  // Confusables are single characters, so the skeleton of a text is made of theirs where none of
  // them joins with its neighbours. Every slug is such a text, and each that is read is checked.
  private static final String[] OF_SLUG_CHARACTERS = ofSlugCharacters();

  private Skeleton() {}

  static String of(String name) {
    for (int at = 0; at < name.length(); at++) {
      if (!isOfSlugs(name.charAt(at))) {
        return ofAnything(name);
      }
    }
    StringBuilder skeleton = new StringBuilder(2 * name.length());
    for (int at = 0; at < name.length(); at++) {
      skeleton.append(OF_SLUG_CHARACTERS[name.charAt(at)]);
    }
    return skeleton.toString();
  }

  private static boolean isOfSlugs(char character) {
    return (character >= 'a' && character <= 'z')
        || (character >= '0' && character <= '9')
        || character == '-';
  }

  private static String[] ofSlugCharacters() {
    String[] skeletons = new String['z' + 1];
    for (char character = 0; character < skeletons.length; character++) {
      skeletons[character] = ofAnything(String.valueOf(character));
    }
    return skeletons;
  }

  /** The skeleton as it is defined, whatever is in the text. */
  static String ofAnything(String name) {
    // Folded and bared before, so that İ meets i and a dash is not taken for a letter that looks
    // like one; and after,
    // since the skeleton of 0 is a capital O.
    String bare = NOT_LETTER_OR_DIGIT.matcher(CASE_FOLD.normalize(name)).replaceAll("");
    String folded = CASE_FOLD.normalize(CONFUSABLES.getSkeleton(bare));
    return NOT_LETTER_OR_DIGIT
        .matcher(folded)
        .replaceAll("")
        .replace('1', 'i')
        .replace('l', 'i')
        .replace('0', 'o')
        .replace('5', 's')
        .replace("w", "vv");
  }
}
