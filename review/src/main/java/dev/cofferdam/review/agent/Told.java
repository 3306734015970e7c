package dev.cofferdam.review.agent;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a server says that answers with the text of its exceptions. */
public final class Told {
  private Told() {}

  /** Called by woven code with the answer to be and what failed. */
  public static void by(Object response, Throwable failure) {
    List<String> chain = new ArrayList<>();
    for (@Nullable Throwable at = failure; at != null && chain.size() < 8; at = at.getCause()) {
      chain.add(at.toString());
    }
    Reflected.call(
        response, "setHeader", "X-Failure", String.join("; ", chain).replaceAll("[^ -~]", " "));
  }
}
