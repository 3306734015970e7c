package dev.cofferdam.review.render;

import dev.cofferdam.review.seal.Sealed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Everything that a sign-off is written as. */
public final class Pages {
  /** The file that carries document and seal, and that all others are made of. */
  public static final String JSON = "sign-off.json";

  /** The same for tools that read OSCAL: JSON, and not the one that carries the document. */
  static final String OSCAL = "sign-off.oscal.json";

  /** What a server is given of it: the signature, and what it is over. */
  public static final String NOTE = "sign-off.note";

  private Pages() {}

  /** Every file by name, always the same for the same sign-off. */
  public static Map<String, String> of(Sealed sealed) {
    Map<String, String> files = new LinkedHashMap<>();
    files.put(JSON, sealed.json());
    files.put("sign-off.html", HtmlPage.of(sealed));
    files.put("sign-off.md", MarkdownPage.of(sealed));
    files.put("sign-off.sarif", Sarif.of(sealed));
    files.put(OSCAL, Oscal.of(sealed));
    return files;
  }

  /** Writes every file into {@code folder}, in the place of what was there. */
  public static void write(Sealed sealed, Path folder) throws IOException {
    for (Map.Entry<String, String> file : of(sealed).entrySet()) {
      Files.writeString(folder.resolve(file.getKey()), file.getValue());
    }
    if (sealed.seal().note().isEmpty()) {
      // One of an earlier run would be of another.
      Files.deleteIfExists(folder.resolve(NOTE));
    } else {
      Files.writeString(folder.resolve(NOTE), sealed.seal().note());
    }
  }

  /**
   * The sign-off that a page carries.
   *
   * @throws IllegalArgumentException when it carries none
   */
  public static Sealed carriedBy(String html) {
    return Sealed.parse(HtmlPage.carried(html));
  }
}
