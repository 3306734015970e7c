package dev.cofferdam.server.launch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/** Has whoever sits there repeat the name of what is about to be done. */
final class Confirmation {
  private Confirmation() {}

  /**
   * Whether they did.
   *
   * @param given what the command line said already, or null to ask
   */
  static boolean given(String name, @Nullable String given) throws IOException {
    String said = given;
    if (said == null) {
      System.err.printf("Type `%s` to go on: ", name);
      said =
          new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())).readLine();
    }
    if (name.equals(said)) {
      return true;
    }
    System.err.println("cofferdam: not confirmed; nothing was done.");
    return false;
  }
}
