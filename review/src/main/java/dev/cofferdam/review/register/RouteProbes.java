package dev.cofferdam.review.register;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What requests for routes are made of, as reviewed data: {@code probes.yaml}.
 *
 * @param things kind of thing by the name, or the path, of what it fills
 * @param words what fills the rest
 * @param leftOut parameters that are not sent
 * @param ending actions that take a session or its workspace away
 * @param endingAll actions that take all sessions of a person away
 * @param elsewhere routes that are asked for by attacks of their own, with the reason
 */
public record RouteProbes(
    Map<String, String> things,
    Map<String, String> words,
    List<String> leftOut,
    Set<String> ending,
    Set<String> endingAll,
    Map<String, String> elsewhere) {

  public RouteProbes {
    things = Map.copyOf(things);
    words = Map.copyOf(words);
    leftOut = List.copyOf(leftOut);
    ending = Set.copyOf(ending);
    endingAll = Set.copyOf(endingAll);
    elsewhere = Map.copyOf(elsewhere);
  }

  /** The ones that this artefact carries. */
  public static RouteProbes shipped() {
    return RegisterReader.probesOfResource();
  }
}
