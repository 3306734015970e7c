package dev.cofferdam.review.register;

import java.util.List;

/**
 * Where in the platform a control sits.
 *
 * @param module the module of the house, also when it is not built yet
 * @param classes classes of the server that a rename must not lose; empty while there are none
 */
public record Seam(String module, List<String> classes) {
  public Seam {
    classes = List.copyOf(classes);
  }
}
