package dev.cofferdam.review.render;

import dev.cofferdam.review.seal.Sealed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A file that somebody was handed.
 *
 * @param sealed the sign-off that it is, or was made of
 * @param asWritten whether it is, to the letter, what this version writes of that
 */
public record SignOffFile(Sealed sealed, boolean asWritten) {

  /**
   * Opens JSON or a page, which carry the sign-off; and anything else that it is written as, when
   * the JSON lies beside it.
   *
   * @throws IOException when there is no sign-off in it; says why
   */
  public static SignOffFile open(Path file) throws IOException {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    String content = Files.readString(file);
    try {
      if (name.endsWith(".json") && !name.endsWith(".oscal.json")) {
        // However it is printed: what is signed is its canonical form.
        return new SignOffFile(Sealed.parse(content), true);
      }
      if (name.endsWith(".html")) {
        return checked(Pages.carriedBy(content), "sign-off.html", content);
      }
      Path beside = file.resolveSibling(Pages.JSON);
      if (!Files.exists(beside)) {
        throw new IOException(
            "`%s` can only be checked beside the `%s` that it was made of."
                .formatted(file, Pages.JSON));
      }
      String page =
          name.endsWith(".json")
              ? Pages.OSCAL
              : "sign-off." + name.substring(name.lastIndexOf('.') + 1);
      return checked(Sealed.parse(Files.readString(beside)), page, content);
    } catch (IllegalArgumentException broken) {
      throw new IOException(
          "`" + file + "` is no sign-off that this version can read: " + broken.getMessage(),
          broken);
    }
  }

  private static SignOffFile checked(Sealed sealed, String page, String content) {
    return new SignOffFile(sealed, content.equals(Pages.of(sealed).get(page)));
  }
}
